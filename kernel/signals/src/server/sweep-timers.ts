import { type Ctx, sql } from '@linli/base/server'
import { findResidents, type Resident } from '@linli/registry/server'
import { waitMs } from '../define/ladder.ts'
import { levelAt, nextReading, type Watching } from '../define/watch.ts'
import { findFacts } from './device-book.ts'
import { liveNodes } from './device-rows.ts'
import { type Answered, annotate } from './keep-timers.ts'
import { open, type RaiseDeps } from './raise-episodes.ts'
import type { WatchRule } from './rule-book.ts'
import { boundsOf, judge, sensorsOf } from './watch-facts.ts'

interface Timer extends Answered {
  code: string
}

const batch = 100
const hourMs = 3_600_000
/** One that is offline may be back any moment; a consent or the end of a stop counts from its own instant and is early enough in an hour. */
const againMs = (state: Watching['state']): number => (state === 'offline' ? 5 * 60_000 : hourMs)

/** Looks at the absences whose deadline has passed and raises those that mean something. Any number of workers may sweep; call until it answers 0. */
export async function sweepTimers(system: Ctx, deps: RaiseDeps): Promise<number> {
  const due = await system.rows(sql<Timer>`
    SELECT t.rule_key, t.subject_kind, t.subject_id, t.device_id, t.counts_from, t.raised, d.code FROM signals.timer t JOIN signals.device d USING (device_id)
    WHERE t.due_at <= ${system.now} ORDER BY t.due_at LIMIT ${batch} FOR UPDATE OF t SKIP LOCKED`)
  if (due.length === 0) return 0
  const nodes = await liveNodes(system)
  for (const timer of due) {
    const { next, raised } = await look(system, deps, nodes, timer)
    await system.run(sql`
      UPDATE signals.timer SET due_at = ${next}::timestamptz, raised = raised || ${raised}::uuid[]
      WHERE rule_key = ${timer.rule_key} AND subject_kind = ${timer.subject_kind} AND subject_id = ${timer.subject_id}`)
  }
  return due.length
}

interface Looked {
  /** When to look again; null when only a sign begins it anew. */
  next: Date | null
  raised: string[]
}

async function look(system: Ctx, deps: RaiseDeps, nodes: readonly string[], timer: Timer): Promise<Looked> {
  const rule = deps.rules.watching.find(({ key }) => key === timer.rule_key)
  // Its scene is not part of this deployment any more.
  if (!rule) return { next: null, raised: [] }
  const { subject_kind: kind, subject_id: id } = timer
  const residents = await findResidents(system, kind === 'person' ? { personId: id } : { addressId: id })
  const raised: string[] = []
  const again: number[] = []
  const now = system.now.getTime()
  for (const resident of residents) {
    const { state, from, dueAt, isUsual } = (await judge(system, deps, nodes, rule, resident)).watching
    if (rule.timed.op === 'nearBase') again.push(nextReading(now))
    if (isUsual && timer.raised.length > 0) await annotate(system, timer)
    if (dueAt === undefined || from === undefined) again.push(now + againMs(state))
    else if (dueAt > now) again.push(dueAt)
    // A home that is still near its base load has been told of.
    else if (timer.raised.length === 0)
      raised.push(...(await raise(system, deps, { nodes, rule, resident, code: timer.code, from, dueAt })))
  }
  // Nobody is registered there, or they moved away: somebody may be, tomorrow.
  if (residents.length === 0) again.push(now + hourMs)
  return { next: again.length > 0 ? new Date(Math.min(...again)) : null, raised }
}

interface Missed {
  nodes: readonly string[]
  rule: WatchRule
  resident: Resident
  /** Of the device that was heard last. */
  code: string
  from: number
  dueAt: number
}

/** The alarm of a person, by the device that was heard last. One that is open already stays the only one, and hears of the next sign too. */
async function raise(system: Ctx, deps: RaiseDeps, missed: Missed): Promise<string[]> {
  const { rule, resident, from, dueAt } = missed
  const device = await findFacts(system, missed.code)
  if (!device) return []
  const level = levelAt(rule, dueAt, await lastSeen(system, missed))
  const about = { ...device, subjectKind: 'person', subjectId: resident.personId }
  const opened = await open(system, deps, { ...rule, level }, { device: about, message: { at: dueAt }, since: new Date(from) })
  if (opened) {
    deps.meters.alarmed(rule.key)
    return [opened.episode_id]
  }
  const held = await system.rows(sql<{ episode_id: string }>`
    SELECT episode_id FROM signals.episode WHERE rule_key = ${rule.key} AND subject_kind = 'person' AND subject_id = ${resident.personId} AND settled_at IS NULL`)
  return held.map((row) => row.episode_id)
}

/** The newest of the signs that make it calmer, before it was due. */
async function lastSeen(system: Ctx, { nodes, rule, resident, dueAt }: Missed): Promise<number | undefined> {
  if (!rule.calmer) return undefined
  const { seen, within } = rule.calmer
  const devices = await sensorsOf(system, nodes, [...new Set(seen.map(({ kind }) => kind))], boundsOf(resident))
  const row = await system.find(sql<{ at: Date | null }>`
    SELECT max(t.at) AS at FROM signals.telemetry t
      JOIN unnest(${seen.map(({ value }) => value)}::text[], ${seen.map(({ than }) => than)}::float8[]) AS a(value, than)
        ON (t.values ->> a.value)::float8 >= a.than
    WHERE t.device_id = ANY (${devices.map(({ deviceId }) => deviceId)}::uuid[]) AND t.at >= ${new Date(dueAt - waitMs(within))} AND t.at <= ${new Date(dueAt)}`)
  return row?.at?.getTime()
}
