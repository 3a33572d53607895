import { type Ctx, sql } from '@linli/base/server'
import type { Resident } from '@linli/registry/server'
import { groupsOf, kindsOf } from '../define/condition.ts'
import { judgeUse, judgeWatch, type WatchFacts } from '../define/watch.ts'
import type { SignalsDeps } from './deps.ts'
import { presenceOf } from './device-rows.ts'
import { hourlyUse } from './hourly-use.ts'
import type { WatchRule } from './rule-book.ts'

/** A device that a rule listens to, and what the registry of sessions knows of it. */
export interface Sensor {
  deviceId: string
  code: string
  name: string
  areaPath: string
  isOnline: boolean
  onlineSince: Date | null
}

interface SensorRow extends Omit<Sensor, 'isOnline'> {
  presence: string
}

/** What devices may be bound to when they are about this person. */
export const boundsOf = ({ personId, addressId }: Resident) => ({
  kinds: ['person', ...(addressId ? ['dwelling'] : [])],
  ids: [personId, ...(addressId ? [addressId] : [])],
})

type Bounds = ReturnType<typeof boundsOf>

/** Devices of a subject that a rule listens to and that were ever heard; one that is being mended or tested cannot be missed. */
export async function sensorsOf(
  system: Ctx,
  nodes: readonly string[],
  listened: readonly string[],
  { kinds, ids }: Bounds,
): Promise<Sensor[]> {
  const rows = await system.rows(sql<SensorRow>`
    SELECT d.device_id AS "deviceId", d.code, d.name, d.area_path AS "areaPath", ${presenceOf(system.now, nodes)} AS presence, s.online_since AS "onlineSince"
    FROM signals.device d JOIN signals.device_state s USING (device_id)
      JOIN unnest(${kinds}::text[], ${ids}::uuid[]) AS b(kind, id) ON b.kind = d.subject_kind AND b.id = d.subject_id
    WHERE d.kind = ANY (${listened}::text[]) AND s.last_seen_at IS NOT NULL
      AND (d.state = 'active' OR (d.state = 'suspended' AND d.suspended_until <= ${system.now})) ORDER BY d.code`)
  return rows.map(({ presence, ...row }) => ({ ...row, isOnline: presence === 'online' }))
}

/** The newest sign of what these devices are bound to; undefined when there was none yet. */
export async function newestSignOf(system: Ctx, rule: WatchRule, { kinds, ids }: Bounds): Promise<Date | undefined> {
  const row = await system.find(sql<{ newest: Date | null }>`
    SELECT max(t.counts_from) AS newest FROM signals.timer t JOIN unnest(${kinds}::text[], ${ids}::uuid[]) AS b(kind, id) ON b.kind = t.subject_kind AND b.id = t.subject_id
    WHERE t.rule_key = ${rule.key}`)
  return row?.newest ?? undefined
}

/** What a person chose, as it stands. */
export interface Choices {
  pause: { for: 'hospital' | 'away'; until: Date } | undefined
  byRule: ReadonlyMap<string, { mutedAt: Date | null; unmutedAt: Date | null; own: string | null }>
}

export async function choicesOf(system: Ctx, personId: string): Promise<Choices> {
  const pause = await system.find(sql<{ for: 'hospital' | 'away'; until: Date }>`
    SELECT paused_for AS for, until FROM signals.watch_pause WHERE person_id = ${personId} ORDER BY since DESC LIMIT 1`)
  const rows = await system.rows(sql<{ rule_key: string; mutedAt: Date | null; unmutedAt: Date | null; own: string | null }>`
    SELECT rule_key, muted_at AS "mutedAt", unmuted_at AS "unmutedAt", own_time AS own FROM signals.watch_choice WHERE person_id = ${personId}`)
  return { pause, byRule: new Map(rows.map(({ rule_key, ...choice }) => [rule_key, choice])) }
}

/** What a rule says of a person now, and what it was judged by. As system. */
export async function judge(
  system: Ctx,
  deps: Pick<SignalsDeps, 'rules'>,
  nodes: readonly string[],
  rule: WatchRule,
  resident: Resident,
): Promise<{ watching: ReturnType<typeof judgeUse>; facts: WatchFacts; sensors: Sensor[] }> {
  const { facts, sensors } = await watchFacts(system, deps, nodes, rule, resident)
  const { timed } = rule
  const now = system.now.getTime()
  if (timed.op === 'absence') return { watching: judgeWatch(timed, facts, now), facts, sensors }
  const meters = sensors.map(({ deviceId }) => deviceId)
  return { watching: judgeUse(timed, facts, await hourlyUse(system, timed, meters), now), facts, sensors }
}

/** Everything that decides whether a rule raises for a person. */
async function watchFacts(
  system: Ctx,
  { rules }: Pick<SignalsDeps, 'rules'>,
  nodes: readonly string[],
  rule: WatchRule,
  resident: Resident,
): Promise<{ facts: WatchFacts; sensors: Sensor[] }> {
  const bounds = boundsOf(resident)
  const sensors = await sensorsOf(system, nodes, kindsOf(rule.timed), bounds)
  const choices = await choicesOf(system, resident.personId)
  const chosen = choices.byRule.get(rule.key)
  const facts: WatchFacts = {
    isOn: sensors.every(({ areaPath }) => rules.isOn(rule.key, areaPath)),
    isInGroup: groupsOf(rule.when).every((group) => resident.careGroups.includes(group)),
    agreedAt: resident.consents.get(rule.consent ?? '')?.getTime(),
    mutedAt: chosen?.mutedAt?.getTime(),
    unmutedAt: chosen?.unmutedAt?.getTime(),
    pausedUntil: choices.pause?.until.getTime(),
    own: chosen?.own ?? undefined,
    sensors: sensors.map(({ isOnline, onlineSince }) => ({ isOnline, onlineSince: onlineSince?.getTime() })),
    newest: (await newestSignOf(system, rule, bounds))?.getTime(),
  }
  return { facts, sensors }
}
