import type { Matter } from './matter.ts'
import type { Random } from './random.ts'

const slots = {
  t: ['早上', '中午', '傍晚', '下班时间', '放学时间'],
  night: ['夜里十一点', '半夜', '凌晨一点多', '夜里'],
  d: ['三天', '一个星期', '好几天', '半个月', '一个多月', '十来天'],
  who: ['家里老人', '孩子', '我妈', '我爱人', '住一楼的老人'],
  old: ['家里老人', '我妈', '我父亲', '住一楼的老人', '隔壁老人'],
} as const

const openers = [...Array<string>(14).fill(''), '您好，', '你们好，']
const closers = ['请尽快处理。', '希望早点解决。', '谢谢。', '等回复。', '拜托了。', '麻烦了。']

export interface InventedText {
  detail: string
  reply: string
}

/** What a resident wrote and what the unit answered, about the same thing at the same place. */
export function inventText(random: Random, matter: Matter, place: string): InventedText {
  const number = String(random.integer(2, 6))
  const values: Record<string, string> = { b: place, n: number }
  const fill = (text: string): string =>
    text.replace(/\{(\w+)\}/g, (_, slot: string) => {
      values[slot] ??= random.pick(slots[slot as keyof typeof slots])
      return values[slot]
    })
  const subject = random.integer(0, matter.first.length - 1)
  const sentences = [`${random.pick(openers)}${matter.first[subject]}`]
  const more = [...matter.more]
  for (let i = random.weigh([0, 1, 2], (n) => [3, 5, 2][n]!); i > 0; i--)
    sentences.push(more.splice(random.integer(0, more.length - 1), 1)[0]!)
  const closer = random.chance(0.55) ? random.pick(closers) : ''
  return { detail: `${fill(sentences.join('。'))}。${closer}`, reply: fill(matter.reply[subject]!) }
}

const talked = [
  '电话联系本人，核实了地点和情况',
  '到现场见到本人，约定了处理时间',
  '电话里说明了办理步骤',
  '本人不在家，已和家人说明',
  '加了联系方式，随时通报进展',
]
const happy = ['说修得快', '表示感谢', '已经恢复正常', '没有意见', '希望以后也这样', '说态度好']
const unhappy = ['说只修了一半', '说又坏了', '说没有人再来过', '对时间不满意']
const goodWords = ['很快，谢谢', '说到做到', '比想的快', '师傅态度好', '打电话说得很清楚', '']
const badWords = ['拖了太久', '没修好就说办结', '没人给我打电话', '态度不好', '第二天又坏了']
const rectified = [
  '已再次到现场返工，向本人说明原因并致歉，更换的部件质保一年。',
  '原答复不准确，已重新核实并当面解释，补办的手续已完成。',
  '已调整承办人员，问题当天解决，本人在场确认。',
]
const addresses = ['补充一下，今天更严重了。', '刚才又发生一次。', '补一句：白天家里有人，可以直接来。', '邻居家也是一样的情况。']
const reopenings = [
  '过了几天又坏了，没有真正解决。',
  '答复说办好了，现场根本没有变。',
  '只解决了一半，剩下的没人管。',
  '换了地方又出现了。',
]
const extensions = ['配件要从外地调，最快下周到货', '涉及几家单位会商，时间不够', '需要公示七天才能动工', '连续下雨无法施工']
const bounces = [
  { code: 'duty', basis: '经查不在我单位职责清单内，三定方案没有这一项' },
  { code: 'owner', basis: '该处由另一家单位管养，附移交清单' },
  { code: 'overlap', basis: '几家都管一段，牵头单位是上级指定的另一家' },
]
const urgings = ['请三天内报进展', '居民又来电催问，请先联系本人', '涉及安全，请当天到现场', '请说明为什么还没有办']
const parts = ['请查一下这一段的管线归属', '请派人到现场一起认定', '请把你单位管的那一段先处理', '请提供审批和备案材料']
const partsDone = ['现场看过，归属图已发主办单位', '我单位管的部分已经处理好', '材料齐全，已提供给主办单位', '已派人到场，配合认定完毕']
const rulings = [
  '职责清单和三定方案写明由该单位负责，另一家配合',
  '现场属该单位管养范围，移交清单有签收，由其办理',
  '牵头单位已有文件明确，由其办理并答复居民',
]
const notes = [
  '已约周四上门',
  '配件已下单',
  '和社区一起看过现场',
  '同一地点上月报过一次',
  '等对方单位盖章',
  '注意：本人要求不要在晚上打电话',
]
const refusals: Record<string, string> = {
  court: '您说的事法院已经受理，请按法院的通知办；需要法律援助可以来司法所。',
  petition: '您说的事信访已经受理，会在那里给您答复，这里不再重复办理。',
  empty: '没有看到具体的事情和地点，请补充以后再报一次，或拨打社区电话。',
}

export const phrases = {
  talked,
  happy,
  unhappy,
  goodWords,
  badWords,
  rectified,
  addresses,
  reopenings,
  extensions,
  bounces,
  rulings,
  urgings,
  parts,
  partsDone,
  notes,
  refusals,
} as const
