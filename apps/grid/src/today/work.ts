import { type Building, metersBetween, type Position } from '@linli/ui/map'
import { civil } from '@linli/ui/text'
import { type CaseRow, type EpisodeRow, type MatterKind, matterKinds } from '../api/queries.ts'

export type WorkKind = MatterKind | 'alarm'
export const workKinds: readonly WorkKind[] = [...matterKinds, 'alarm']

/** One line of the day: a matter to do, or an alarm that somebody has answered and nobody has settled. */
export type Work =
  | { key: string; kind: MatterKind; place: string; matter: CaseRow }
  | { key: string; kind: 'alarm'; place: string; alarm: EpisodeRow }

/** Alarms first, then by deadline; what has none comes last. A matter that stands in two queues is one line. */
export function listWork(cases: readonly CaseRow[], alarms: readonly EpisodeRow[]): Work[] {
  const matters = mostPressing(cases)
  return [
    ...alarms.map((alarm): Work => ({ key: alarm.episodeId, kind: 'alarm', place: alarm.place, alarm })),
    ...matters.map(
      (matter): Work => ({
        key: matter.caseId,
        kind: matterKinds.find((kind) => kind === matter.kind) ?? 'appeal',
        place: matter.place ?? '',
        matter,
      }),
    ),
  ]
}

/** Of two that are due at about the same time the nearer one comes first: late already, within two hours, today, and then day by day. */
export function byDueAndDistance(work: readonly Work[], meters: ReadonlyMap<string, number>, now: number): Work[] {
  const far = Number.POSITIVE_INFINITY
  const distance = ({ key }: Work): number => meters.get(key) ?? far
  return work
    .map((line) => ({ line, when: stretchOf(line, now), away: distance(line) }))
    .sort((a, b) => a.when - b.when || (a.away === b.away ? 0 : a.away - b.away))
    .map(({ line }) => line)
}

const soonMs = 2 * 3_600_000

/** Which stretch of time a line is due in; alarms before everything. */
function stretchOf(line: Work, now: number): number {
  if (line.kind === 'alarm') return -1
  const due = dueOf(line.matter)
  if (due === never) return Number.MAX_SAFE_INTEGER
  const at = Date.parse(due)
  if (at <= now) return 0
  if (at - now <= soonMs) return 1
  return 2 + civil(at).dayNumber - civil(now).dayNumber
}

/** Each matter once, what is due first first. */
export const mostPressing = (cases: readonly CaseRow[]): CaseRow[] =>
  [...new Map(cases.map((matter) => [matter.caseId, matter])).values()].sort((a, b) => dueOf(a).localeCompare(dueOf(b)))

const never = '9'
/** Instants of the server sort as text. */
const dueOf = ({ clock, dueAt }: CaseRow): string => clock?.dueAt ?? dueAt ?? never

export function countWork(work: readonly Work[]): Record<WorkKind, number> {
  const counts: Record<WorkKind, number> = { event: 0, appeal: 0, callOut: 0, assistance: 0, alarm: 0 }
  for (const { kind } of work) counts[kind] += 1
  return counts
}

/** Meters from here to the building that a place begins with or names; undefined where no building of the cell is in it. */
export function metersTo(place: string, buildings: readonly Building[], from: Position): number | undefined {
  const text = plain(place)
  const named = buildings.filter(({ name }) => text.includes(plain(name))).sort((a, b) => b.name.length - a.name.length)
  return named[0] && metersBetween(from, named[0])
}

const plain = (text: string): string => text.replace(/\s/g, '')

/** As people say it: ten meters are near enough, and above a kilometer a tenth of one. */
export function roundMeters(meters: number): { unit: 'm' | 'km'; value: number } {
  return meters < 1000
    ? { unit: 'm', value: Math.max(10, Math.round(meters / 10) * 10) }
    : { unit: 'km', value: Math.round(meters / 100) / 10 }
}
