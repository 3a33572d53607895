/** The numbered levels of an address as people write it, from the road down. */
export type AddressPart = 'roadno' | 'houseno' | 'cellno' | 'floorno' | 'roomno'

/** Where a level stands in the text: half open, in UTF-16 units. */
export interface AddressSpan {
  type: AddressPart
  start: number
  end: number
}

/** A number that may be a level of an address. */
export interface Level {
  start: number
  end: number
  /** What the number is called: 栋, 单元, 室; empty where it stands alone. */
  suffix: string
  /** As it is written, in half width. */
  number: string
}

/** Half width, letter for letter, so that places in the text stay where they are. */
export const narrow = (text: string): string =>
  text.replace(/[\uff01-\uff5e]/g, (one) => String.fromCharCode(one.charCodeAt(0) - 0xfee0)).replace(/\u3000/g, ' ')

const suffixes = '街(?!道)|号楼|号院|[栋幢橦座]楼?|单元|[楼层]|[室房户]|弄|号|#楼?'
const chineseNumber = '[〇零一二三四五六七八九十百两]+'
/** What makes a number part of a name: 3组, 四区, 2号门. */
const nameAfter = '号?[组社巷区期路米村队里环园排线年月站门港桥馆店仓梯道]|号(?:[大电]|厂|丰|柜|地|柱)|[国省县乡大]道'
const unitPattern = new RegExp(
  `(?<number>(?:[甲乙丙丁附]?[A-Za-z]{0,2}(?<!\\d)\\d{1,5}[A-Za-z]?(?![A-Za-z\\d])(?!${nameAfter})))(?<suffix>${suffixes})?|(?<said>${chineseNumber}|[A-Za-z]|[东西南北中甲乙丙丁](?=单元|座|栋|幢))(?<called>${suffixes})`,
  'g',
)
const suffixType: readonly (readonly [RegExp, AddressPart])[] = [
  [/^(?:号楼|#楼|[栋幢橦座]楼?)$/, 'houseno'],
  [/^单元$/, 'cellno'],
  [/^[楼层]$/, 'floorno'],
  [/^[室房户]$/, 'roomno'],
  [/^(?:弄|号院)$/, 'roadno'],
]
/** Between two levels that belong together nothing is said. */
const isJoint = (between: string): boolean => /^[-\s_—–~、,，.。/之*]*$/.test(between)
const endsInRoad = (text: string): boolean => /(?:[路街道巷弄线]|胡同|公路)[东南西北中侧段]?$/.test(text)
const endsInEstate = (text: string): boolean => /(?:[区园苑庭府邸]|公寓|宿舍)$/.test(text)
const endsInName = (text: string): boolean => endsInEstate(text) || endsInHall(text) || /[村路街]$/.test(text)
const endsInDivision = (text: string): boolean => /[省市县镇乡村]$|街道$/.test(text)
const endsInHall = (text: string): boolean => /(?:市场|大厦|城|广场|中心)(?:[A-Za-z一二三四东西南北]?区)?$/.test(text)

/**
 * Finds road number, building, entrance, floor and room in an address as people type it: full width or not, 栋 or 号楼 or 幢, 3-2-501,
 * Chinese numerals, levels left out. What a bare number is follows from what stands around it; 3组 and 四区 are names.
 */
export function readAddress(text: string): AddressSpan[] {
  const plain = narrow(text)
  const units = withRanges(plain, levelsIn(plain))
  const spans: AddressSpan[] = []
  for (const [at, unit] of units.entries()) {
    const last = spans.at(-1)
    const between = plain.slice(last?.end ?? 0, unit.start)
    const next = units[at + 1]
    const around: Around = {
      above: last && isJoint(between) ? last.type : undefined,
      isAboveBare: last !== undefined && /\d$/.test(plain.slice(0, last.end)),
      isAboveLane: last !== undefined && plain[last.end - 1] === '弄',
      isInVillage: /村[^区园苑楼厦城]{0,4}$/.test(plain.slice(0, last?.start ?? 0)),
      between,
      goesOn: next !== undefined && isJoint(plain.slice(unit.end, next.start)),
      hasRoadNumber: spans.some(({ type }) => type === 'roadno'),
    }
    const type = namedType(unit) ?? typeOf(unit, around)
    if (type) spans.push({ type, start: unit.start, end: unit.end })
  }
  return spans
}

/** 123-125号 is one number, and so is 1220-1221室: up to the second, and no building with a home. */
function withRanges(plain: string, units: readonly Level[]): Level[] {
  const whole: Level[] = []
  for (const unit of units) {
    const first = whole.at(-1)
    if (first && isRange(plain, first, unit)) whole.splice(-1, 1, { ...unit, start: first.start, number: `${first.number}-${unit.number}` })
    else whole.push(unit)
  }
  return whole
}

function isRange(plain: string, first: Level, second: Level): boolean {
  if (first.suffix !== '' || !/^[-—–~]+$/.test(plain.slice(first.end, second.start))) return false
  const [from, to] = [Number(first.number), Number(second.number)]
  if (!(to > from)) return false
  const before = plain.slice(0, first.start)
  if (endsInRoad(before)) return second.suffix === '号' || (second.suffix === '' && to - from < 40)
  return from >= 100 && to - from < 20 && /[栋幢座楼层元]$/.test(before)
}

interface Around {
  /** The level right before it, with nothing said between. */
  above: AddressPart | undefined
  /** That one is a number alone. */
  isAboveBare: boolean
  /** That one is a lane, whose numbers are no buildings. */
  isAboveLane: boolean
  /** That one follows the name of a village: 12-52号 is a doorplate there. */
  isInVillage: boolean
  between: string
  /** Another level follows right after it. */
  goesOn: boolean
  hasRoadNumber: boolean
}

/** Every number of a text in half width that may be a level; names like 3组 are none. */
export const levelsIn = (plain: string): Level[] =>
  [...plain.matchAll(unitPattern)].map(({ 0: whole, index, groups }) => ({
    start: index,
    end: index + whole.length,
    suffix: groups?.suffix ?? groups?.called ?? '',
    number: groups?.number ?? groups?.said ?? '',
  }))

const namedType = ({ suffix }: Level): AddressPart | undefined => suffixType.find(([pattern]) => pattern.test(suffix))?.[1]

/** Of a number alone, or one that is called 号, which may be any level. */
function typeOf(
  { suffix, number }: Level,
  { above, isAboveBare, isAboveLane, isInVillage, between, goesOn, hasRoadNumber }: Around,
): AddressPart | undefined {
  if (suffix === '街') return above && above !== 'roadno' ? 'cellno' : undefined
  const isLong = number.replace(/\D/g, '').length >= 3
  if (above === 'roomno') return undefined
  if (above === 'floorno' || above === 'cellno') return 'roomno'
  if (above === 'houseno' && suffix === '号' && !goesOn && between !== '') return isInVillage ? undefined : 'roomno'
  if (above === 'houseno') return goesOn || (!isLong && (suffix !== '' || isAboveBare)) ? 'cellno' : 'roomno'
  if (above === 'roadno' && suffix === '号' && isLong && isAboveLane) return undefined
  if (above === 'roadno') return suffix === '' && isLong && !goesOn ? 'roomno' : 'houseno'
  if (endsInRoad(between)) return 'roadno'
  if (suffix === '' && !goesOn && endsInDivision(between)) return undefined
  if (suffix === '') return isLong && !goesOn ? 'roomno' : goesOn || endsInName(between) ? 'houseno' : undefined
  if (isLong && !goesOn && endsInHall(between)) return 'roomno'
  return goesOn || hasRoadNumber || endsInEstate(between) ? 'houseno' : 'roadno'
}
