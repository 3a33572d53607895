import { type Ctx, sql, sqlAnd } from '@linli/base/server'
import {
  type Condition,
  type HeardFrom,
  heardBy,
  isReplayed,
  judgeBaseLoad,
  type NearBase,
  type Rule,
  replay,
  replayBaseLoad,
  timedOf,
  type WouldRaise,
} from '../define/index.ts'
import type { SignalsDeps } from './deps.ts'
import { ownLevel } from './device-rows.ts'
import { SignalError, wrongField } from './errors.ts'
import { hourlyUse } from './hourly-use.ts'
import { episodeConditions } from './list-episodes.ts'
import { isAbout } from './rule-book.ts'

/** One trial reads so many devices and signals; a larger area is tried in parts. */
const mostDevices = 500
const mostSignals = 50_000
/** Homes are judged hour by hour, each by weeks of its own nights. */
const mostHomes = 100
const mostShown = 100

interface TrialDevice {
  device_id: string
  kind: string
  place: string
  subject: string
}

/**
 * What a rule would have raised from the signals that are kept, in the acting post's area: the judgement of the platform over a history, as if
 * sensors had been online all the time and everybody had agreed. Raises nothing. Traces of persons are read, so the trail has a line.
 */
export async function tryRule(
  ctx: Ctx,
  { rules }: SignalsDeps,
  key: string,
  { days, for: waits }: { days: number; for?: string | undefined },
) {
  const declared = rules.rule(key)
  if (!declared) throw SignalError('rule_unknown')
  if (!isReplayed(declared.when)) throw wrongField('key', '这条规则还不能试算')
  const rule = waits ? withWaiting(declared, waits) : declared
  const [until, since] = [ctx.now, new Date(ctx.now.getTime() - days * 86_400_000)]
  const devices = await findDevices(ctx, rule)
  const signals = await readSignals(ctx, rule, devices.slice(0, mostDevices), since)
  const bySubject = [...Map.groupBy(signals.slice(0, mostSignals), ({ device }) => device.subject).values()]
  const timed = timedOf(rule.when)
  const { found, learning } =
    timed?.op === 'nearBase'
      ? await replayUse(ctx, { rule, timed, days }, bySubject.slice(0, mostHomes))
      : {
          found: bySubject.flatMap((history) => replay(rule, history, until.getTime()).map((one) => ({ ...one, place: placeOf(history) }))),
          learning: 0,
        }
  ctx.audit({ action: 'signals.rule_tried', areaPath: ctx.actor.areaPath, detail: { rule: key, days, ...(waits && { for: waits }) } })
  return {
    since: since.toISOString(),
    until: until.toISOString(),
    for: timed && 'for' in timed ? timed.for : null,
    signals: Math.min(signals.length, mostSignals),
    subjects: bySubject.length,
    learning,
    isCut: devices.length > mostDevices || signals.length > mostSignals || (timed?.op === 'nearBase' && bySubject.length > mostHomes),
    alarms: found.length,
    raised: await countRaised(ctx, key, since),
    items: found
      .sort((a, b) => b.at - a.at)
      .slice(0, mostShown)
      .map(itemOf),
  }
}

type Found = WouldRaise & { place: string }
type History = readonly (HeardFrom & { device: TrialDevice })[]
const placeOf = (history: History): string => history[0]!.device.place

/** Of a base load the signals of the days asked for are not enough: each home is judged by the nights before, home after home, so that others get their turn. */
async function replayUse(
  ctx: Ctx,
  { rule, timed, days }: { rule: Rule; timed: NearBase; days: number },
  homes: readonly History[],
): Promise<{ found: Found[]; learning: number }> {
  const now = ctx.now.getTime()
  const found: Found[] = []
  let learning = 0
  for (const history of homes) {
    const meters = [...new Set(history.map(({ deviceId }) => deviceId))]
    const use = await hourlyUse(ctx, timed, meters, days)
    if (judgeBaseLoad(timed, use, now).state === 'learning') learning++
    for (const { at, from } of replayBaseLoad(timed, use, now, now - days * 86_400_000))
      found.push({ at, from, level: rule.level, place: placeOf(history) })
  }
  return { found, learning }
}

const itemOf = ({ at, from, level, place }: Found) => ({
  at: new Date(at).toISOString(),
  since: from === at ? null : new Date(from).toISOString(),
  level,
  place,
})

function withWaiting(rule: Rule, waits: string): Rule {
  if (!timedOf(rule.when)) throw wrongField('for', '这条规则收到信号就报警，没有等待时间')
  return { ...rule, when: waiting(rule.when, waits) }
}

const waiting = (condition: Condition, waits: string): Condition => {
  if (condition.op === 'all') return { ...condition, of: condition.of.map((part) => waiting(part, waits)) }
  return condition.op === 'absence' || condition.op === 'nearBase' ? { ...condition, for: waits } : condition
}

async function findDevices(ctx: Ctx, rule: Rule): Promise<TrialDevice[]> {
  const rows = await ctx.rows(sql<TrialDevice & { subject_kind: string; subject_id: string }>`
    SELECT d.device_id, d.kind, d.place, d.subject_kind, d.subject_id FROM signals.device d
    WHERE ${ownLevel(ctx)} AND d.kind = ANY (${[...new Set(heardBy(rule).map((path) => path.split('.')[0]))]}) ORDER BY d.code LIMIT ${mostDevices + 1}`)
  return rows.map(({ subject_kind, subject_id, ...device }) => ({
    ...device,
    subject: isAbout(rule, subject_kind) ? subject_id : device.device_id,
  }))
}

async function readSignals(
  ctx: Ctx,
  rule: Rule,
  devices: readonly TrialDevice[],
  since: Date,
): Promise<(HeardFrom & { device: TrialDevice })[]> {
  const byId = new Map(devices.map((device) => [device.device_id, device]))
  const values = [...new Set(heardBy(rule).map((path) => path.split('.')[1]!))]
  const rows = await ctx.rows(sql<{ device_id: string; at: Date; values: Record<string, number> }>`
    SELECT t.device_id, t.at, t.values FROM signals.telemetry t
    WHERE t.device_id = ANY (${[...byId.keys()]}::uuid[]) AND t.at >= ${since} AND t.values ?| ${values}::text[]
    ORDER BY t.at DESC LIMIT ${mostSignals + 1}`)
  return rows.map((row) => {
    const device = byId.get(row.device_id)!
    return { at: row.at.getTime(), kind: device.kind, values: row.values, deviceId: row.device_id, device }
  })
}

async function countRaised(ctx: Ctx, rule: string, since: Date): Promise<number> {
  const { raised } = await ctx.get(sql<{ raised: number }>`
    SELECT count(*)::int AS raised FROM signals.episode e WHERE ${sqlAnd(episodeConditions(ctx, { state: 'all', rule }))} AND e.raised_at >= ${since}`)
  return raised
}
