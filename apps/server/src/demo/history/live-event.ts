import type { WorkingCalendar } from '@linli/base/define'
import type { CaseState } from '@linli/cases/define'
import type { Member } from '../seed-town.ts'
import { dutyDocument } from '../town-duties.ts'
import { type EventMatter, eventPhrases } from './event-matters.ts'
import { phrases } from './invent-text.ts'
import type { Hands, Step } from './live.ts'
import { Pace } from './pace.ts'
import type { Random } from './random.ts'
import type { WorkTime } from './work-time.ts'

/** What is going to happen; what is undefined is left to chance. */
export interface EventFate {
  /** After this move nothing more happens; `open`: nothing at all. */
  until?: string
  selfHandles?: boolean
  /** Reports the result after this share of the unit's time. */
  pace?: number
  bounces?: boolean
  /** The right unit rejects it too, and so many working hours pass before the superior rules. */
  disputed?: number
}

export interface EventLife {
  random: Random
  work: WorkTime
  calendar: WorkingCalendar
  hands: Hands
  /** Who found it. */
  reporter: Member
  /** Of the county: watches what it wants to see the end of. */
  overseer: Member
  fate: EventFate
  matter: EventMatter
  outcome: string
  /** A resident told the reporter and follows it. */
  isForResident: boolean
  openedAt: Date
  /** The state after the steps that were taken. */
  state: () => CaseState
  /** A picture of the result, where the type needs one. */
  photo: (at: Date) => string[]
}

/** Lives one event, step by step, at the pace of ordinary rounds. The caller applies each step before asking for the next. */
export function* liveEvent(life: EventLife): Generator<Step> {
  const at = new Pace({ ...life, clock: 'disposal', isUrgent: () => ['urgent', 'critical'].includes(life.state().level ?? '') })
  yield* look(life, at)
  for (let round = 1; round <= 2 && life.state().status === 'open'; round++) {
    if (life.state().stage === 'listed') yield* sendOut(life, at, round)
    if (life.state().stage === 'dispatched') yield* dispose(life, at)
    if (life.state().stage === 'checked') yield { move: 'conclude', at: at.work(2), data: {}, by: life.hands.dispatcher }
    const isOver = life.state().stage !== 'concluded' || round === 2 || !life.isForResident || isStaged(life)
    if (isOver || !life.random.chance(0.08)) return
    yield { move: 'reopen', at: at.inDays(1, 12), data: { reason: life.random.pick(eventPhrases.reopened) }, by: null }
  }
}

const isStaged = ({ fate }: EventLife): boolean => Object.keys(fate).length > 0

/** Somebody looks, and settles it on the spot, lists it, or finds nothing. */
function* look(life: EventLife, at: Pace): Generator<Step> {
  const { random, hands, matter, reporter, fate } = life
  if (!isStaged(life) && life.isForResident && random.chance(0.03)) {
    yield { move: 'withdraw', at: at.inMinutes(1, 4), data: {}, by: null }
    return
  }
  if (!isStaged(life) && random.chance(0.04)) {
    yield { move: 'dismiss', at: at.work(0.7), data: random.pick(eventPhrases.unclear), by: hands.acceptor }
    return
  }
  if (!isStaged(life) && matter.category === 'ev-pubsec' && random.chance(0.3)) {
    yield {
      move: 'handOver',
      at: at.inMinutes(5, 40),
      data: { receiver: 'emergency', reason: '已拨打 110，由公安机关处置' },
      by: hands.acceptor,
    }
    return
  }
  const canSelf = matter.onTheSpot && reporter.role !== 'dispatcher'
  if (canSelf && (fate.selfHandles ?? (!isStaged(life) && random.chance(0.55)))) {
    yield* selfHandle(life, at)
    return
  }
  const { level, category } = life.state()
  const looker = reporter.role !== 'dispatcher' && random.chance(0.6) ? reporter : hands.acceptor
  yield { move: 'register', at: looker === reporter ? at.inMinutes(2, 25) : at.work(0.5), data: { level, category }, by: looker }
}

function* selfHandle(life: EventLife, at: Pace): Generator<Step> {
  const { random, hands, reporter, outcome, photo } = life
  const when = at.inMinutes(8, 150)
  yield { move: 'selfHandle', at: when, data: { outcome, ...shown(photo(when)) }, by: reporter }
  if (life.state().stage !== 'selfHandled') return
  const passed = random.chance(0.9)
  const finding = random.pick(passed ? eventPhrases.passed : eventPhrases.failed)
  yield { move: 'checkSelfHandled', at: at.work(4), data: { passed, ...(finding && { finding }) }, by: hands.dispatcher }
}

function* sendOut(life: EventLife, at: Pace, round: number): Generator<Step> {
  const { random, hands, matter, fate } = life
  const clause = `《${dutyDocument}》${matter.clause}`
  const isNew = life.state().rejections.length === 0 && round === 1
  const bounces = isNew && hands.mistaken.orgId !== hands.handler.orgId && (fate.bounces ?? (!isStaged(life) && random.chance(0.07)))
  if (bounces) {
    yield { move: 'dispatch', at: at.work(0.5), data: { orgId: hands.mistaken.orgId }, by: hands.dispatcher }
    if (fate.bounces === undefined && random.chance(0.25)) {
      // The desk sees its own mistake first.
      yield { move: 'redispatch', at: at.work(0.8), data: { orgId: hands.handler.orgId, clause }, by: hands.dispatcher }
      return
    }
    yield { move: 'rejectDispatch', at: at.work(2), data: random.pick(phrases.bounces), by: hands.mistaken }
    if (fate.bounces === undefined && random.chance(0.15)) {
      const data = { reason: '退回的理由不成立，和该单位没有谈拢', superior: hands.superior }
      yield { move: 'askRuling', at: at.work(0.6), data, by: hands.dispatcher }
      yield ruled(life, at)
      return
    }
  }
  yield { move: 'dispatch', at: at.work(0.5), data: { orgId: hands.handler.orgId, clause }, by: hands.dispatcher }
  if (bounces && (fate.disputed !== undefined || random.chance(0.15))) {
    yield { move: 'rejectDispatch', at: at.work(3), data: { ...random.pick(phrases.bounces), superior: hands.superior }, by: hands.handler }
    yield ruled(life, at)
  }
}

function ruled({ random, hands, fate, matter }: EventLife, at: Pace): Step {
  const basis = `《${dutyDocument}》${matter.clause}：${random.pick(phrases.rulings)}`
  return { move: 'arbitrate', at: at.work(fate.disputed ?? 3), data: { orgId: hands.handler.orgId, basis }, by: hands.judge }
}

function* dispose(life: EventLife, at: Pace): Generator<Step> {
  const { random, hands, fate, outcome, photo } = life
  if (hands.lead && random.chance(0.4))
    yield { move: 'assign', at: at.work(0.5), data: { colleagueId: hands.handler.accountId, remark: '请到现场' }, by: hands.lead }
  yield { move: 'claim', at: at.work(0.8), data: {}, by: hands.handler }
  yield* along(life, at)
  for (const passed of !isStaged(life) && random.chance(0.08) ? [false, true] : [true]) {
    const when = at.share(fate.pace ?? usualPace(random))
    yield { move: 'finish', at: when, data: { outcome, ...shown(photo(when)) }, by: hands.handler }
    const finding = random.pick(passed ? eventPhrases.passed : eventPhrases.failed)
    yield { move: 'check', at: at.work(passed ? 3 : 1), data: { passed, ...(finding && { finding }) }, by: checkerOf(life) }
  }
}

/** What happens while it is in hand. */
function* along(life: EventLife, at: Pace): Generator<Step> {
  const { random, hands, fate } = life
  if (life.isForResident && random.chance(0.08))
    yield { move: 'add', at: at.inMinutes(20, 400), data: { detail: random.pick(phrases.addresses) }, by: null }
  if (random.chance(0.08)) yield { move: 'note', at: at.work(1), data: { note: random.pick(phrases.notes) }, by: hands.handler }
  if (fate.pace !== undefined) return
  if (random.chance(0.03)) yield { move: 'remind', at: at.work(2), data: { words: '居民又问了一次，请尽快' }, by: hands.dispatcher }
  if (random.chance(0.02)) yield { move: 'supervise', at: at.work(1), data: { words: '办结后报一份情况' }, by: life.overseer }
  const isOrdinary = ['ordinary', 'pressing'].includes(life.state().level ?? '')
  if (isOrdinary && random.chance(0.04)) {
    const when = at.work(1)
    const until = new Date(life.work.after(new Date(when.getTime() + random.integer(2, 5) * 86_400_000), 0).getTime() + 3_600_000)
    yield { move: 'pause', at: when, data: { reason: '等待配件或施工条件', until: until.toISOString() }, by: hands.handler }
    const early = life.work.after(new Date((when.getTime() + until.getTime()) / 2), 0.5)
    if (random.chance(0.5) && early < until) yield { move: 'resume', at: at.exactly(early), data: {}, by: hands.handler }
    else at.exactly(until)
  }
  if (isOrdinary && random.chance(0.04)) {
    yield { move: 'askExtension', at: at.share(0.7), data: { reason: random.pick(phrases.extensions) }, by: hands.handler }
    const granted = random.chance(0.8)
    const reason = granted ? '情况属实，同意' : '理由不足，请抓紧办理'
    yield { move: granted ? 'grantExtension' : 'refuseExtension', at: at.work(1), data: { reason }, by: hands.approver }
  }
}

/** Whoever reported it, when he is not of the unit that handled it. */
function checkerOf({ random, hands, reporter }: EventLife): Member {
  return reporter.orgId !== hands.handler.orgId && random.chance(0.8) ? reporter : hands.caller
}

/** Most results come well within the time, one in ten too late. */
const usualPace = (random: Random): number => (random.chance(0.9) ? random.between(0.1, 0.8) : random.between(1.05, 2))

const shown = (attachments: readonly string[]) => (attachments.length > 0 ? { attachments } : {})
