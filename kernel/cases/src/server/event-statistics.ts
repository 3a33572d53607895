import { type Ctx, type Statement, sql, systemActor } from '@linli/base/server'
import type { z } from 'zod'
import type { FirstTimes, getEventStatistics, Rate } from '../contract/statistics.ts'
import type { CaseType, Milestone } from '../define/case-type.ts'
import type { CaseCatalogue } from './catalogue.ts'
import { filesInScope } from './scope-of-files.ts'
import { marking, rate } from './statistics.ts'

export type EventStatistics = z.input<typeof getEventStatistics.result>

interface Counts {
  events: number
  registered: number
  dismissed: number
  unlooked: number
  taken_back: number
  due: number
  kept: number
  pending: number
  passed_on: number
  on_the_spot: number
  checks: number
  failed: number
  dispatches: number
  rejections: number
  checks_due: number
  checks_kept: number
  checks_pending: number
  exclusions: { case_type: string; stage: string; count: number }[] | null
  first_times: FirstTimeRow[] | null
}

interface FirstTimeRow {
  area_id: string
  area_name: string
  week: string
  events: number
  known: number | null
  known_count: number
  seen: number | null
  seen_count: number
  handled: number | null
  handled_count: number
}

const mostFirstTimes = 3000

/**
 * The figures of grid events (GB/T 30428.4 [M], standards 2.6) for those reported in the last days within the acting post's scope: registered,
 * handled in time, done again, given back, checked in time, and the three first times of each cell and week. For a line post, what its
 * organization was charged with. Kinds are never added up.
 */
export async function eventStatistics(ctx: Ctx, catalogue: CaseCatalogue, days: number): Promise<EventStatistics> {
  const since = new Date(ctx.now.getTime() - days * 86_400_000)
  const types = catalogue.all().filter((type) => type.kind === 'event')
  // As in the statistics of appeals: the scope is settled once, with the files.
  const counts = await ctx.as(systemActor, (system) => system.get(countsOf(ctx, types, since)))
  const firstTimes = counts.first_times ?? []
  return {
    asOf: ctx.now.toISOString(),
    since: since.toISOString(),
    events: counts.events,
    rates: ratesOf(counts),
    firstTimes: {
      definition: '中位数：发生→上报（了解）、上报→核实立案（感知）、立案→最后一次报处置结果（处置）；按网格和上报的那一周',
      items: firstTimes.slice(0, mostFirstTimes).map(firstTimesOf),
      isWhole: firstTimes.length <= mostFirstTimes,
    },
    exclusions: (counts.exclusions ?? []).map(({ case_type, stage, count }) => ({
      stage,
      name: catalogue.get(case_type).stages[stage]?.name ?? stage,
      count,
    })),
  }
}

function ratesOf(counts: Counts): Rate[] {
  const { registered, kept, due, failed, checks, rejections, dispatches, checks_kept, checks_due } = counts
  return [
    rate('registered', '立案率', '核实立案的 ÷ 立案的和核实后没有立案的', registered, registered + counts.dismissed, [
      ['还没有核实', counts.unlooked],
      ['报事人自己撤回', counts.taken_back],
    ]),
    rate('handledOnTime', '按期处置率', '时限内报处置结果的派遣 ÷ 已处置或已超期的派遣；返工的按最后一次', kept, due, [
      ['还没到期', counts.pending],
      ['退单、改派或移交，没有处置', counts.passed_on],
      ['网格自处置，没有派遣', counts.on_the_spot],
    ]),
    rate('rework', '返工率', '核查没有通过的 ÷ 全部核查；一件事核查几次算几次', failed, checks, []),
    rate('rejected', '退单率', '退单 ÷ 全部派遣；一件事派遣几次算几次', rejections, dispatches, []),
    rate('checkedOnTime', '按期核查率', '时限内核查的 ÷ 已核查或核查已超期的', checks_kept, checks_due, [
      ['还没到期', counts.checks_pending],
    ]),
  ]
}

function firstTimesOf(row: FirstTimeRow): FirstTimes {
  const median = (minutes: number | null, count: number) => ({ minutes: minutes === null ? null : Math.round(minutes * 10) / 10, count })
  return {
    areaId: row.area_id,
    areaName: row.area_name,
    week: row.week,
    events: row.events,
    known: median(row.known, row.known_count),
    seen: median(row.seen, row.seen_count),
    handled: median(row.handled, row.handled_count),
  }
}

/** One statement, so that all figures are of one instant. Names of moves and clocks come from the definitions, by what they mark. */
function countsOf(ctx: Ctx, types: readonly CaseType[], since: Date): Statement<Counts> {
  const { actor, now } = ctx
  // A line post answers for what it is charged with now, and for every dispatch to it, given back or not.
  const isLine = actor.reach === 'line'
  const own = isLine ? sql`f.main_org_id = ${actor.orgId}` : sql`true`
  const ownClock = isLine ? sql`c.org_id = ${actor.orgId}` : sql`true`
  const ownDispatch = isLine ? sql`s.data->>s.field = ${actor.orgId}` : sql`true`
  const ownRejection = isLine ? sql`s.org_id = ${actor.orgId}` : sql`true`
  return sql<Counts>`
    WITH cohort AS MATERIALIZED (
      SELECT f.case_id, f.case_type, f.stage, f.status, f.opened_at, coalesce(f.cell_id, f.community_id, f.area_id) AS area_id, ${own} AS is_own
      FROM ${filesInScope(actor)} AND f.kind = 'event' AND f.opened_at > ${since}
    ), step AS (
      SELECT d.means, d.field, e.data, e.org_id, cohort.is_own FROM cohort JOIN cases.case_entry e ON e.case_id = cohort.case_id
      JOIN jsonb_to_recordset(${JSON.stringify(stepsOf(types))}::jsonb) AS d(type text, move text, means text, field text) ON d.type = cohort.case_type AND d.move = e.move
    ), event AS MATERIALIZED (
      SELECT cohort.*, happened.*, EXISTS (SELECT FROM cases.case_clock c WHERE c.case_id = cohort.case_id AND c.clock_key = ANY (d.clocks) AND ${ownClock}) AS is_sent
      FROM cohort JOIN jsonb_to_recordset(${JSON.stringify(marksOf(types))}::jsonb) AS d(type text, accepted text[], replied text[], clocks text[]) ON d.type = cohort.case_type,
        LATERAL (SELECT min(e.made_at) FILTER (WHERE e.move = ANY (d.accepted)) AS seen_at, max(e.made_at) FILTER (WHERE e.move = ANY (d.replied)) AS handled_at
          FROM cases.case_entry e WHERE e.case_id = cohort.case_id) happened
      WHERE is_own
    ), clock AS (
      -- Each by the key of its own case: joins of what has no statistics would be tried row by row.
      SELECT d.means, c.org_id, c.due_at, c.stopped_at, cohort.is_own, c.stopped_at IS NOT NULL AND EXISTS (SELECT FROM cases.case_entry e
          WHERE e.case_id = c.case_id AND e.made_at = c.stopped_at AND e.move = ANY (d.moves)) AS is_done
      FROM cohort
      JOIN jsonb_to_recordset(${JSON.stringify(clocksOf(types))}::jsonb) AS d(type text, clock text, means text, moves text[]) ON d.type = cohort.case_type
      JOIN cases.case_clock c ON c.case_id = cohort.case_id AND c.clock_key = d.clock
    ), disposal AS (
      SELECT *, stopped_at IS NULL AND due_at >= ${now} AS is_pending, stopped_at IS NOT NULL AND NOT is_done AS is_passed_on
      FROM clock c WHERE means = 'replied' AND ${ownClock}
    ), checking AS (
      SELECT *, stopped_at IS NULL AND due_at >= ${now} AS is_pending FROM clock WHERE means = 'checked' AND is_own AND (is_done OR stopped_at IS NULL)
    ), excluded AS (
      SELECT case_type, stage, count(*) AS count FROM event WHERE status <> 'open' AND handled_at IS NULL GROUP BY case_type, stage
    ), first_time AS (
      SELECT e.area_id, a.name AS area_name, a.code, (date_trunc('week', e.opened_at AT TIME ZONE 'Asia/Shanghai'))::date::text AS week, count(*) AS events,
        ${medianOf(sql`e.opened_at - (o.data->>'occurredAt')::timestamptz`)} AS known, count(o.data->>'occurredAt') AS known_count,
        ${medianOf(sql`e.seen_at - e.opened_at`)} AS seen, count(e.seen_at) AS seen_count,
        ${medianOf(sql`e.handled_at - e.seen_at`)} AS handled, count(e.handled_at) AS handled_count
      FROM event e JOIN access.area a ON a.area_id = e.area_id JOIN cases.case_entry o ON o.case_id = e.case_id AND o.seq = 1
      GROUP BY e.area_id, a.name, a.code, week ORDER BY a.code, week LIMIT ${mostFirstTimes + 1}
    )
    SELECT e.*, d.*, s.*, k.*, (SELECT jsonb_agg(to_jsonb(excluded) ORDER BY count DESC, stage) FROM excluded) AS exclusions,
      (SELECT jsonb_agg(to_jsonb(first_time) ORDER BY code, week) FROM first_time) AS first_times
    FROM (SELECT count(*) AS events, count(seen_at) AS registered, count(*) FILTER (WHERE seen_at IS NULL AND status = 'closed') AS dismissed,
        count(*) FILTER (WHERE seen_at IS NULL AND status = 'open') AS unlooked, count(*) FILTER (WHERE status = 'withdrawn') AS taken_back,
        count(*) FILTER (WHERE handled_at IS NOT NULL AND NOT is_sent) AS on_the_spot FROM event) e,
      (SELECT count(*) FILTER (WHERE NOT is_pending AND NOT is_passed_on) AS due, count(*) FILTER (WHERE is_done AND stopped_at <= due_at) AS kept,
        count(*) FILTER (WHERE is_pending) AS pending, count(*) FILTER (WHERE is_passed_on) AS passed_on FROM disposal) d,
      (SELECT count(*) FILTER (WHERE means = 'checked' AND is_own) AS checks, count(*) FILTER (WHERE means = 'checked' AND is_own AND data->'passed' = 'false') AS failed,
        count(*) FILTER (WHERE means = 'dispatched' AND ${ownDispatch}) AS dispatches, count(*) FILTER (WHERE means = 'rejected' AND ${ownRejection}) AS rejections FROM step s) s,
      (SELECT count(*) FILTER (WHERE NOT is_pending) AS checks_due, count(*) FILTER (WHERE is_done AND stopped_at <= due_at) AS checks_kept,
        count(*) FILTER (WHERE is_pending) AS checks_pending FROM checking) k`
}

/** In minutes; null where it is known of none. */
const medianOf = (span: Statement): Statement => sql`percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM ${span}) / 60)`

interface Step {
  type: string
  move: string
  means: Milestone | 'rejected'
  /** Where the organization stands that a dispatch names. */
  field: string | null
}

function stepsOf(types: readonly CaseType[]): Step[] {
  const marked = marking(types, 'checked').map((step): Step => ({ ...step, means: 'checked', field: null }))
  const others = types.flatMap(({ key, moves }) =>
    moves.flatMap((move): Step[] => {
      const effects = [...(move.effects ?? []), ...(move.toWhen ?? []).flatMap((branch) => branch.effects ?? [])]
      const main = effects.find((effect) => effect.does === 'setMain')
      const isRejection = effects.some((effect) => effect.does === 'reject')
      return [
        ...(main ? [{ type: key, move: move.key, means: 'dispatched' as const, field: main.from }] : []),
        ...(isRejection ? [{ type: key, move: move.key, means: 'rejected' as const, field: null }] : []),
      ]
    }),
  )
  return [...marked, ...others]
}

/** Of each type the moves that mark, and the clocks of those whom it was sent to. */
function marksOf(types: readonly CaseType[]): { type: string; accepted: string[]; replied: string[]; clocks: string[] }[] {
  const moves = (type: CaseType, means: Milestone) => marking([type], means).map(({ move }) => move)
  return types.map((type) => ({
    type: type.key,
    accepted: moves(type, 'accepted'),
    replied: moves(type, 'replied'),
    clocks: clocksOf([type]).flatMap(({ clock, means }) => (means === 'replied' ? [clock] : [])),
  }))
}

/** The clocks that a result stops for the main organization, and those that a check stops. */
function clocksOf(types: readonly CaseType[]): { type: string; clock: string; means: Milestone; moves: string[] }[] {
  const pairs = (['replied', 'checked'] as const).flatMap((means) =>
    types.flatMap(({ key, moves, clocks }) => {
      const ending = moves.filter((move) => marking(types, means).some((step) => step.type === key && step.move === move.key))
      const stopped = ending.flatMap((move) => move.effects?.flatMap((effect) => (effect.does === 'stopClock' ? [effect.clock] : [])) ?? [])
      return [...new Set(stopped)]
        .filter((clock) => means === 'checked' || clocks[clock]?.owner === 'main')
        .map((clock) => ({ type: key, clock, means, moves: ending.map((move) => move.key) }))
    }),
  )
  return pairs
}
