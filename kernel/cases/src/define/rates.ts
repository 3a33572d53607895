import type { CaseKind } from './case-type.ts'

/**
 * What can have happened to a case, as often as it did, in letters that indexes can carry a million of. A clock that runs is `running` as
 * long as it does: whether it is late depends on when one looks.
 */
export const marks = {
  received: 'v',
  'response.kept': 'rk',
  'response.late': 'rl',
  'response.running': 'rr',
  'response.letGo': 'rg',
  takenOn: 'ta',
  'callBack.resolved': 'cr',
  'callBack.unresolved': 'cu',
  'opinion.satisfied': 'os',
  'opinion.dissatisfied': 'od',
  'opinion.silent': 'on',
  'promise.kept': 'pk',
  'promise.late': 'pl',
  'promise.running': 'pr',
  'look.registered': 'lr',
  'look.dismissed': 'ld',
  'look.waiting': 'lw',
  'look.takenBack': 'lt',
  'disposal.kept': 'dk',
  'disposal.late': 'dl',
  'disposal.running': 'dr',
  'disposal.passedOn': 'dp',
  'disposal.onTheSpot': 'ds',
  'check.passed': 'kp',
  'check.failed': 'kf',
  'checking.kept': 'hk',
  'checking.late': 'hl',
  'checking.running': 'hr',
  dispatched: 's',
  rejected: 'j',
  'part.kept': 'tk',
  'part.late': 'tl',
  'part.running': 'tr',
  'part.givenBack': 'tg',
} as const
export type Mark = keyof typeof marks
export type Measure = Mark extends infer M ? (M extends `${infer Name}.running` ? Name : never) : never

/** As it stands when somebody looks: a running clock is in time still, or past its deadline. */
export type Seen = Exclude<Mark, `${string}.running`> | `${Measure}.pending` | `${Measure}.overdue`

export const rateKeys = [
  'response',
  'takenOn',
  'resolution',
  'satisfaction',
  'onTime',
  'registered',
  'handledOnTime',
  'rework',
  'rejected',
  'checkedOnTime',
  'partsOnTime',
] as const
export type RateKey = (typeof rateKeys)[number]

/** What is divided by what, and what is in neither of the two. */
export interface RateRule {
  readonly key: RateKey
  readonly name: string
  readonly definition: string
  readonly numerator: readonly Seen[]
  readonly denominator: readonly Seen[]
  readonly leftOut: readonly { readonly key: string; readonly reason: string; readonly marks: readonly Seen[] }[]
}

/** In time of those that were done, or ought to have been by now. */
const inTime = (measure: Measure): Pick<RateRule, 'numerator' | 'denominator'> => ({
  numerator: [`${measure}.kept`],
  denominator: [`${measure}.kept`, `${measure}.late`, `${measure}.overdue`],
})
const pending = (measure: Measure, reason = '还没到期') => ({ key: 'pending', reason, marks: [`${measure}.pending`] as const })

const response: RateRule = {
  key: 'response',
  name: '响应率',
  definition: '时限内联系到居民（或直接答复）的派遣 ÷ 全部派遣；改派的以改派后为准',
  ...inTime('response'),
  leftOut: [pending('response', '还没到联系时限')],
}
const resolution: RateRule = {
  key: 'resolution',
  name: '解决率',
  definition: '回访确认已解决的回访 ÷ 有效回访；一件事回访几次算几次',
  numerator: ['callBack.resolved'],
  denominator: ['callBack.resolved', 'callBack.unresolved'],
  leftOut: [],
}
const satisfaction: RateRule = {
  key: 'satisfaction',
  name: '满意率',
  definition: '回访表示满意的 ÷ 回访中表了态的',
  numerator: ['opinion.satisfied'],
  denominator: ['opinion.satisfied', 'opinion.dissatisfied'],
  leftOut: [{ key: 'silent', reason: '回访时没有表态', marks: ['opinion.silent'] }],
}
const onTime: RateRule = {
  key: 'onTime',
  name: '按时率',
  definition: '在对居民承诺的期限内办结的 ÷ 已办结或已超期的承诺；继续办的另算一次',
  ...inTime('promise'),
  leftOut: [pending('promise')],
}
const registered: RateRule = {
  key: 'registered',
  name: '立案率',
  definition: '核实立案的 ÷ 立案的和核实后没有立案的',
  numerator: ['look.registered'],
  denominator: ['look.registered', 'look.dismissed'],
  leftOut: [
    { key: 'waiting', reason: '还没有核实', marks: ['look.waiting'] },
    { key: 'takenBack', reason: '报事人自己撤回', marks: ['look.takenBack'] },
  ],
}
const handledOnTime: RateRule = {
  key: 'handledOnTime',
  name: '按期处置率',
  definition: '时限内报处置结果的派遣 ÷ 已处置或已超期的派遣；返工的按最后一次',
  ...inTime('disposal'),
  leftOut: [
    pending('disposal'),
    { key: 'passedOn', reason: '退单、改派或移交，没有处置', marks: ['disposal.passedOn'] },
    { key: 'onTheSpot', reason: '网格自处置，没有派遣', marks: ['disposal.onTheSpot'] },
  ],
}
const rework: RateRule = {
  key: 'rework',
  name: '返工率',
  definition: '核查没有通过的 ÷ 全部核查；一件事核查几次算几次',
  numerator: ['check.failed'],
  denominator: ['check.passed', 'check.failed'],
  leftOut: [],
}
const rejected: RateRule = {
  key: 'rejected',
  name: '退单率',
  definition: '退单 ÷ 全部派遣；一件事派遣几次算几次',
  numerator: ['rejected'],
  denominator: ['dispatched'],
  leftOut: [],
}
const checkedOnTime: RateRule = {
  key: 'checkedOnTime',
  name: '按期核查率',
  definition: '时限内核查的 ÷ 已核查或核查已超期的',
  ...inTime('checking'),
  leftOut: [pending('checking')],
}
const partsOnTime: RateRule = {
  key: 'partsOnTime',
  name: '协办按时率',
  definition: '时限内办完的协办 ÷ 已办完或已超期的协办',
  ...inTime('part'),
  leftOut: [pending('part'), { key: 'givenBack', reason: '退回、收回或随主办结束', marks: ['part.givenBack'] }],
}

const callOutRates: readonly RateRule[] = [
  {
    ...registered,
    name: '核准率',
    definition: '核准并吹哨的 ÷ 核准的和没有核准的',
    leftOut: [
      { key: 'waiting', reason: '还没有核准', marks: ['look.waiting'] },
      { key: 'takenBack', reason: '自己撤回', marks: ['look.takenBack'] },
    ],
  },
  {
    ...response,
    name: '牵头按时报到率',
    definition: '时限内到场报到的牵头部门 ÷ 已报到或已超期的',
    leftOut: [pending('response'), { key: 'letGo', reason: '没有报到就办结了', marks: ['response.letGo'] }],
  },
  { ...partsOnTime, name: '协同按时报到率', definition: '时限内到场报到的协同部门 ÷ 已报到或已超期的' },
  {
    ...handledOnTime,
    name: '按期办结率',
    definition: '时限内联合处置完的 ÷ 已办结或已超期的',
    leftOut: [pending('disposal'), { key: 'passedOn', reason: '没有处置就结束了', marks: ['disposal.passedOn'] }],
  },
]

const assistanceRates: readonly RateRule[] = [
  {
    ...registered,
    name: '准入率',
    definition: '街道同意准入的 ÷ 同意的和不予准入的',
    leftOut: [
      { key: 'waiting', reason: '还没有审核', marks: ['look.waiting'] },
      { key: 'takenBack', reason: '没有审核就作罢', marks: ['look.takenBack'] },
    ],
  },
  {
    ...response,
    name: '按时答复率',
    definition: '社区在时限内答复（接受、不接或另提时间）的 ÷ 已答复或已超期的；再请一次另算一次',
    leftOut: [pending('response'), { key: 'letGo', reason: '没等到答复就作罢', marks: ['response.letGo'] }],
  },
  {
    key: 'takenOn',
    name: '接受率',
    definition: '社区接受的（含另提时间以后谈妥的） ÷ 接受的和不接的；答复几次算几次',
    numerator: ['takenOn'],
    denominator: ['takenOn', 'rejected'],
    leftOut: [],
  },
  {
    ...handledOnTime,
    name: '按期完成率',
    definition: '在商定的日子以前报告完成的 ÷ 已完成或已超期的；没有办好再办的按最后一次',
    leftOut: [pending('disposal'), { key: 'passedOn', reason: '没有完成就结束了', marks: ['disposal.passedOn'] }],
  },
  { ...rework, name: '没办好的比率', definition: '确认时说没有办好的 ÷ 全部确认；一件事确认几次算几次' },
  { ...checkedOnTime, name: '按期确认率', definition: '请协助的单位在时限内确认的 ÷ 已确认或确认已超期的' },
]

/** The rates of a kind, in the order of its page. Each kind by itself: they are never added up. */
export function ratesOf(kind: CaseKind): readonly RateRule[] {
  if (kind === 'appeal') return [response, resolution, satisfaction, onTime, rejected]
  if (kind === 'callOut') return callOutRates
  if (kind === 'assistance') return assistanceRates
  return [registered, handledOnTime, rework, rejected, checkedOnTime]
}
