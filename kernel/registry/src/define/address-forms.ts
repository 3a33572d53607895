import { type AddressPart, narrow, readAddress } from './read-address.ts'

/** How the registry may call a building and an entrance; people say one and mean the other. */
const houseNames = ['号楼', '栋', '幢', '座', '号'] as const
const cellNames = ['单元', '门'] as const
/** 3-2-501, without a word: three numbers are a home, two may be anything. */
const bareHome = /^\d{1,3}[-—]\d{1,2}[-—]\d{3,4}$/

/**
 * The ways in which the registry may write an address that somebody typed: 幸福小区三栋2单元５０１ also as 幸福小区3号楼2单元501. The words
 * themselves come first; text that names no building, entrance or room has no other form. Where the entrance was left out (3栋501), % stands
 * for what the registry may have between building and room.
 */
export function addressForms(words: string): string[] {
  const plain = narrow(words).replaceAll('%', '').trim()
  const spans = readAddress(plain)
  const at = (type: AddressPart) => spans.find((span) => span.type === type)
  const numberOf = (type: AddressPart): string | undefined => {
    const span = at(type)
    return span && levelNumber(plain.slice(span.start, span.end))
  }
  const [house, cell, room] = [numberOf('houseno'), numberOf('cellno'), numberOf('roomno')]
  const first = Math.min(...(['houseno', 'cellno', 'roomno'] as const).map((type) => at(type)?.start ?? Number.POSITIVE_INFINITY))
  if (first === Number.POSITIVE_INFINITY) return [plain]
  const estate = plain
    .slice(0, first)
    .replace(/^.*(?:省|市|县|镇|乡|街道|路|街|巷|弄|号|[^小园]区)/, '')
    .replace(/[\s,，-]+$/, '')
  const houses = house === undefined ? [''] : houseNames.map((name) => `${house}${name}`)
  const cells = cell === undefined ? [''] : cellNames.map((name) => `${cell}${name}`)
  const leavesOut = house !== undefined && cell === undefined && room !== undefined && /^[0-9A-Za-z]{2,}$/.test(room)
  const forms = houses.flatMap((one) => cells.map((two) => `${estate}${one}${two}${leavesOut ? '%' : ''}${room ?? ''}`))
  return [...new Set([plain, ...forms])].filter((form) => form.length >= 2)
}

/** Whether words name a place to live rather than a person. */
export function isPlace(words: string): boolean {
  const plain = narrow(words).trim()
  if (bareHome.test(plain) || /\d.*[号栋幢楼单元室户]|[号栋幢楼单元室户].*\d/.test(plain)) return true
  return readAddress(plain).some(({ type, start, end }) => type !== 'roomno' && /[号栋幢座楼元]$/.test(plain.slice(start, end)))
}

const chineseDigits = '〇一二三四五六七八九'

/** Of a level as it is written its number in Arabic digits, letters and all: 十二栋 → 12, 五〇一室 → 501, B3幢 → B3. */
export function levelNumber(level: string): string {
  const number = level.replace(/(?:号楼|号院|[栋幢橦座]楼?|单元|[楼层室房户弄号街]|#楼?)$/, '')
  if (!/^[〇零一二三四五六七八九十百两]+$/.test(number)) return number
  const said = number.replace(/零/g, '〇').replace(/两/g, '二')
  if (!/[十百]/.test(said)) return [...said].map((one) => chineseDigits.indexOf(one)).join('')
  const { hundreds, tens, ones } = /^(?:(?<hundreds>.)百)?〇?(?:(?<tens>.?)十)?(?<ones>.?)$/.exec(said)?.groups ?? {}
  const digit = (one: string | undefined, otherwise: number): number => (one ? chineseDigits.indexOf(one) : otherwise)
  return String(digit(hundreds, 0) * 100 + (tens === undefined ? 0 : digit(tens, 1) * 10) + digit(ones, 0))
}
