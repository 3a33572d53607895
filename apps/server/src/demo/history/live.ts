import type { WorkingCalendar } from '@linli/base/define'
import type { CaseState, CaseType, Superior } from '@linli/cases/define'
import type { Member } from '../seed-town.ts'
import { dutyDocument } from '../town-duties.ts'
import { phrases } from './invent-text.ts'
import { Pace } from './pace.ts'
import type { Random } from './random.ts'
import type { WorkTime } from './work-time.ts'

/** A move and who made it when; without `by` it is the resident's or the platform's own. */
export interface Step {
  move: string
  at: Date
  data: Record<string, unknown>
  by: Member | null
}

/** Those through whose hands a case goes. */
export interface Hands {
  /** Takes in at the community, or the township where the community has nobody. */
  acceptor: Member
  dispatcher: Member
  approver: Member
  /** Works for the unit that the case belongs to. */
  handler: Member
  /** A colleague who hands work out there. */
  lead: Member | undefined
  /** Of the unit that it was sent to by mistake. */
  mistaken: Member
  /** Who rules when both reject it, and for which area. */
  judge: Member
  superior: Superior
  /** Calls back: never of the handling unit. */
  caller: Member
}

/** What is going to happen; what is undefined is left to chance. */
export interface Fate {
  /** After this move nothing more happens. */
  until?: string
  /** Reply after this share of the department's time. */
  pace?: number
  asksExtension?: boolean
  pauses?: boolean
  bounces?: boolean
  /** Another unit is asked to do a part of it. */
  shares?: boolean
  /** A superior watches it. */
  watched?: boolean
  /** The right unit rejects it too, and so many working hours pass before the superior rules. */
  disputed?: number
  score?: number
  reopens?: boolean
}

export interface Life {
  type: CaseType
  random: Random
  work: WorkTime
  calendar: WorkingCalendar
  hands: Hands
  fate: Fate
  matter: { category: string; types: readonly string[]; clause: string; pauses?: string | undefined; reply: string }
  filedByResident: boolean
  openedAt: Date
  /** The state after the steps that were taken. */
  state: () => CaseState
}

const minute = 60_000
const hour = 60 * minute

/** Lives one case, step by step, in the order and at the pace of ordinary work. The caller applies each step before asking for the next. */
export function* live(life: Life): Generator<Step> {
  const at = new Pace({ ...life, clock: 'department', isUrgent: () => life.state().appealType === 'urgent' })
  yield* takeIn(life, at)
  if (life.state().status !== 'open') return
  for (let round = 1; round <= 2; round++) {
    yield* sendOut(life, at, round)
    yield* handle(life, at)
    yield* callBack(life, at)
    yield* rate(life, at)
    if (life.state().stage !== 'closed' || round === 2 || !(life.fate.reopens ?? life.random.chance(0.025))) return
    yield { move: 'reopen', at: at.inDays(1, 18), data: { reason: life.random.pick(phrases.reopenings) }, by: null }
  }
}

function* takeIn(life: Life, at: Pace): Generator<Step> {
  const { random, hands, matter } = life
  const isLived = Object.keys(life.fate).length > 0
  if (!isLived && life.filedByResident && random.chance(0.012)) {
    yield { move: 'withdraw', at: at.inMinutes(1, 4), data: {}, by: null }
    return
  }
  if (!isLived && random.chance(0.018)) {
    const ground = random.pick(['court', 'petition', 'empty'])
    yield { move: 'refuse', at: at.work(0.8), data: { ground, reply: phrases.refusals[ground] }, by: hands.acceptor }
    return
  }
  const filed = life.state().appealType
  const appealType = filed ?? random.weigh(matter.types, (type) => (type === matter.types[0] ? 3 : 1))
  yield {
    move: 'accept',
    at: appealType === 'urgent' ? at.inMinutes(4, 35) : at.work(0.45),
    data: { appealType, category: matter.category },
    by: hands.acceptor,
  }
  if (!isLived && matter.category === 'discipline-inspection' && random.chance(0.6)) {
    yield { move: 'handOver', at: at.work(0.6), data: { receiver: 'discipline', reason: '属于纪检监察机关管辖' }, by: hands.dispatcher }
  }
}

function* sendOut(life: Life, at: Pace, round: number): Generator<Step> {
  const { random, hands, matter, fate } = life
  const clause = `《${dutyDocument}》${matter.clause}`
  const bounces = round === 1 && hands.mistaken.orgId !== hands.handler.orgId && (fate.bounces ?? random.chance(0.06))
  if (bounces) {
    yield { move: 'dispatch', at: at.work(0.5), data: { orgId: hands.mistaken.orgId }, by: hands.dispatcher }
    if (fate.bounces === undefined && random.chance(0.3)) {
      // The desk sees its own mistake first.
      yield { move: 'redispatch', at: at.work(1.2), data: { orgId: hands.handler.orgId, clause }, by: hands.dispatcher }
      return
    }
    yield { move: 'rejectDispatch', at: at.work(2.5), data: random.pick(phrases.bounces), by: hands.mistaken }
    if (fate.bounces === undefined && random.chance(0.12)) {
      const data = { reason: '退回的理由不成立，和该单位没有谈拢', superior: hands.superior }
      yield { move: 'askRuling', at: at.work(0.6), data, by: hands.dispatcher }
      yield ruled(life, at)
      return
    }
  }
  yield { move: 'dispatch', at: at.work(0.55), data: { orgId: hands.handler.orgId, clause }, by: hands.dispatcher }
  if (bounces && (fate.disputed !== undefined || random.chance(0.15))) yield* dispute(life, at)
}

function* dispute(life: Life, at: Pace): Generator<Step> {
  const { superior, handler } = life.hands
  const before = life.state().rejections.at(-1)?.reason
  const ground = life.random.pick(phrases.bounces.filter(({ code }) => code !== before))
  yield { move: 'rejectDispatch', at: at.work(3), data: { ...ground, superior }, by: handler }
  yield ruled(life, at)
}

function ruled({ random, hands, fate, matter }: Life, at: Pace): Step {
  const basis = `《${dutyDocument}》${matter.clause}：${random.pick(phrases.rulings)}`
  return { move: 'arbitrate', at: at.work(fate.disputed ?? 3), data: { orgId: hands.handler.orgId, basis }, by: hands.judge }
}

function* handle(life: Life, at: Pace): Generator<Step> {
  const { random, hands, matter, fate } = life
  if (hands.lead && random.chance(0.6)) {
    yield { move: 'assign', at: at.work(0.8), data: { colleagueId: hands.handler.accountId, remark: '请跟进' }, by: hands.lead }
  }
  yield { move: 'claim', at: at.work(1.1), data: {}, by: hands.handler }
  if (random.chance(0.93)) {
    const when = at.work(1.6)
    yield {
      move: 'contact',
      at: when,
      data: { contactedAt: iso(when, -random.integer(3, 25)), remark: random.pick(phrases.talked) },
      by: hands.handler,
    }
  }
  if (random.chance(0.05)) yield { move: 'add', at: at.inMinutes(30, 600), data: { detail: random.pick(phrases.addresses) }, by: null }
  if (random.chance(0.12)) yield { move: 'note', at: at.work(2), data: { note: random.pick(phrases.notes) }, by: hands.handler }
  if (matter.pauses && (fate.pauses ?? random.chance(0.16))) yield* pause(life, at, matter.pauses)
  if (fate.shares ?? (hands.mistaken.orgId !== hands.handler.orgId && random.chance(0.1))) yield* share(life, at)
  if (random.chance(0.03)) yield { move: 'remind', at: at.work(3), data: { words: random.pick(phrases.urgings) }, by: hands.dispatcher }
  if (fate.watched ?? random.chance(0.025))
    yield { move: 'supervise', at: at.work(4), data: { words: random.pick(phrases.urgings) }, by: hands.approver }
  const isExtensible = life.state().appealType !== 'urgent' && life.state().extension === 'none'
  if (isExtensible && (fate.asksExtension ?? random.chance(0.05))) yield* extend(life, at)
  yield { move: 'reply', at: at.share(fate.pace ?? usualPace(random)), data: { reply: matter.reply }, by: hands.handler }
}

/** The unit that was asked first by mistake often has a part in it after all. */
function* share({ random, hands, fate }: Life, at: Pace): Generator<Step> {
  const orgId = hands.mistaken.orgId
  yield { move: 'addTask', at: at.work(1.5), data: { orgId, part: random.pick(phrases.parts) }, by: hands.handler }
  const chance = fate.shares ? 1 : random.between(0, 1)
  if (chance < 0.12) yield { move: 'rejectTask', at: at.work(2), data: random.pick(phrases.bounces), by: hands.mistaken }
  else if (chance < 0.24) yield { move: 'recallTask', at: at.work(2), data: { orgId }, by: hands.handler }
  else yield { move: 'finishTask', at: at.work(4), data: { result: random.pick(phrases.partsDone) }, by: hands.mistaken }
}

/** Most answers come well within the time, one in ten too late. */
const usualPace = (random: Random): number => (random.chance(0.9) ? random.between(0.05, 0.62) : random.between(1.02, 1.7))

function* pause(life: Life, at: Pace, reason: string): Generator<Step> {
  const { random, hands, fate } = life
  const when = at.work(3)
  const until = new Date(life.work.after(new Date(when.getTime() + random.integer(2, 8) * 24 * hour), 0).getTime() + hour)
  yield { move: 'pause', at: when, data: { reason, until: until.toISOString(), remark: '条件具备后马上接着办' }, by: hands.handler }
  const early = life.work.after(new Date((when.getTime() + until.getTime()) / 2), 1)
  if (fate.until !== 'pause' && random.chance(0.5) && early < until)
    yield { move: 'resume', at: at.exactly(early), data: {}, by: hands.handler }
  else at.exactly(until)
}

function* extend(life: Life, at: Pace): Generator<Step> {
  const { random, hands } = life
  yield {
    move: 'askExtension',
    at: at.share(random.between(0.6, 0.9)),
    data: { reason: random.pick(phrases.extensions) },
    by: hands.handler,
  }
  const granted = random.chance(0.85)
  yield {
    move: granted ? 'grantExtension' : 'refuseExtension',
    at: at.work(3),
    data: { reason: granted ? '情况属实，同意' : '理由不足，请抓紧办理' },
    by: hands.approver,
  }
}

function* callBack(life: Life, at: Pace): Generator<Step> {
  const { random, hands, matter } = life
  const call = (resolved: boolean): Step => {
    const when = at.work(3)
    const satisfied = resolved ? (random.chance(0.12) ? undefined : random.chance(0.93)) : false
    const remark = random.pick(resolved ? phrases.happy : phrases.unhappy)
    return {
      move: 'followUp',
      at: when,
      data: { contactedAt: iso(when, -random.integer(2, 12)), resolved, satisfied, remark },
      by: hands.caller,
    }
  }
  const first = call(random.chance(0.94))
  yield first
  if (first.data.resolved) return
  yield { move: 'reply', at: at.work(9), data: { reply: `再次处理：${matter.reply}` }, by: hands.handler }
  yield call(true)
}

function* rate(life: Life, at: Pace): Generator<Step> {
  const { random, hands, fate } = life
  if (fate.score === undefined && !random.chance(0.4)) return
  const score = fate.score ?? random.weigh([5, 4, 3, 2, 1], (grade) => [0, 3, 4, 12, 24, 57][grade]!)
  const text = random.chance(0.5) ? random.pick(score <= 2 ? phrases.badWords : phrases.goodWords) : ''
  yield { move: 'rate', at: at.inDays(0.05, 4), data: text ? { score, text } : { score }, by: null }
  if (score > (life.type.rating?.badAtMost ?? 0)) return
  yield { move: 'openRectification', at: at.seconds(1), data: {}, by: null }
  for (const resolved of random.chance(0.12) ? [false, true] : [true]) {
    yield { move: 'submitRectification', at: at.work(30), data: { reply: random.pick(phrases.rectified) }, by: hands.handler }
    const when = at.work(8)
    const remark = resolved ? '到现场看过，本人认可' : '本人说还差一处'
    yield {
      move: 'verifyRectification',
      at: when,
      data: { contactedAt: iso(when, -random.integer(2, 12)), resolved, remark },
      by: hands.caller,
    }
  }
}

const iso = (at: Date, minutes: number): string => new Date(at.getTime() + minutes * minute).toISOString()
