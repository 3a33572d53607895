import { type Ctx, type Statement, sql, systemActor } from '@linli/base/server'
import type { z } from 'zod'
import type { getAppealStatistics, Rate } from '../contract/statistics.ts'
import { type CaseType, findMerge, type Milestone } from '../define/case-type.ts'
import type { CaseCatalogue } from './catalogue.ts'
import { filesInScope } from './scope-of-files.ts'

export type AppealStatistics = z.input<typeof getAppealStatistics.result>

interface Counts {
  appeals: number
  dispatches: number
  responded: number
  response_pending: number
  call_backs: number
  resolved: number
  opinions: number
  satisfied: number
  promises: number
  kept: number
  promise_pending: number
  exclusions: { case_type: string; stage: string; count: number }[] | null
}

/**
 * The three rates of 接诉即办 (standards 4.1) beside the number of appeals, and the share of promises kept, for the appeals opened in the
 * last days within the acting post's scope; for a line post, those its organization was charged with. Kinds are never added up.
 */
export async function appealStatistics(ctx: Ctx, catalogue: CaseCatalogue, days: number): Promise<AppealStatistics> {
  const since = new Date(ctx.now.getTime() - days * 86_400_000)
  const types = catalogue.all().filter((type) => type.kind === 'appeal')
  // The policies would be asked anew for each of a million entries and clocks. The scope is settled once, with the files; what hangs on
  // them follows.
  const counts = await ctx.as(systemActor, (system) => system.get(countsOf(ctx, types, since)))
  const rates: Rate[] = [
    rate('response', '响应率', '时限内联系到居民（或直接答复）的派遣 ÷ 全部派遣；改派的以改派后为准', counts.responded, counts.dispatches, [
      ['还没到联系时限', counts.response_pending],
    ]),
    rate('resolution', '解决率', '回访确认已解决的回访 ÷ 有效回访；一件事回访几次算几次', counts.resolved, counts.call_backs, []),
    rate('satisfaction', '满意率', '回访表示满意的 ÷ 回访中表了态的', counts.satisfied, counts.opinions, [
      ['回访时没有表态', counts.call_backs - counts.opinions],
    ]),
    rate('onTime', '按时率', '在对居民承诺的期限内办结的 ÷ 已办结或已超期的承诺；继续办的另算一次', counts.kept, counts.promises, [
      ['还没到期', counts.promise_pending],
    ]),
  ]
  return {
    asOf: ctx.now.toISOString(),
    since: since.toISOString(),
    appeals: counts.appeals,
    rates,
    exclusions: (counts.exclusions ?? []).map(({ case_type, stage, count }) => ({
      stage,
      name: catalogue.get(case_type).stages[stage]?.name ?? stage,
      count,
    })),
  }
}

export function rate(
  key: Rate['key'],
  name: string,
  definition: string,
  numerator: number,
  denominator: number,
  leftOut: [string, number][],
): Rate {
  return {
    key,
    name,
    definition,
    numerator,
    denominator,
    value: denominator === 0 ? null : numerator / denominator,
    leftOut: leftOut.filter(([, count]) => count > 0).map(([reason, count]) => ({ reason, count })),
  }
}

/** One statement, so that all figures are of one instant. Names of moves and clocks come from the definitions, by what they mark. */
function countsOf(ctx: Ctx, types: readonly CaseType[], since: Date): Statement<Counts> {
  const { actor, now } = ctx
  // A line post answers for what its organization was charged with last.
  const ownFiles = actor.reach === 'line' ? sql`f.main_org_id = ${actor.orgId}` : sql`true`
  const ownClocks = actor.reach === 'line' ? sql`c.org_id = ${actor.orgId}` : sql`true`
  return sql<Counts>`
    WITH cohort AS MATERIALIZED (
      SELECT f.case_id, f.case_type, coalesce(CASE WHEN f.merged_into IS NOT NULL THEN ${JSON.stringify(mergedStages(types))}::jsonb->>f.case_type END, f.stage) AS stage,
        f.status, f.main_org_id, f.merged_into IS NOT NULL AS is_merged
      FROM ${filesInScope(actor)} AND ${ownFiles} AND f.kind = 'appeal' AND f.opened_at > ${since}
    ), response AS (
      SELECT c.due_at, c.stopped_at, c.stopped_at IS NULL AND c.due_at >= ${now} AS is_pending FROM cohort
      JOIN jsonb_to_recordset(${JSON.stringify(responseClocks(types))}::jsonb) AS d(type text, clock text) ON d.type = cohort.case_type
      JOIN cases.case_clock c ON c.case_id = cohort.case_id AND c.clock_key = d.clock AND ${ownClocks}
      WHERE NOT EXISTS (SELECT FROM cases.case_clock later WHERE later.case_id = c.case_id AND later.clock_key = c.clock_key
        AND later.round = c.round + 1 AND later.started_at = c.stopped_at)
    ), call_back AS (
      SELECT e.data->'resolved' = 'true' AS is_resolved, e.data->'satisfied' AS opinion FROM cohort
      JOIN jsonb_to_recordset(${JSON.stringify(marking(types, 'followedUp'))}::jsonb) AS d(type text, move text) ON d.type = cohort.case_type
      JOIN cases.case_entry e ON e.case_id = cohort.case_id AND e.move = d.move
    ), promise AS (
      SELECT c.due_at, c.stopped_at, c.stopped_at IS NULL AND c.due_at >= ${now} AS is_pending FROM cohort
      JOIN jsonb_to_recordset(${JSON.stringify(promiseClocks(types))}::jsonb) AS d(type text, clock text) ON d.type = cohort.case_type
      JOIN cases.case_clock c ON c.case_id = cohort.case_id AND c.clock_key = d.clock
      WHERE NOT cohort.is_merged AND (cohort.main_org_id IS NOT NULL OR cohort.status = 'open')
    ), excluded AS (
      SELECT case_type, stage, count(*) AS count FROM cohort WHERE is_merged OR status <> 'open' AND main_org_id IS NULL GROUP BY case_type, stage
    )
    SELECT (SELECT count(*) FROM cohort) AS appeals, r.*, b.*, p.*,
      (SELECT jsonb_agg(to_jsonb(excluded) ORDER BY count DESC, stage) FROM excluded) AS exclusions
    FROM (SELECT count(*) FILTER (WHERE NOT is_pending) AS dispatches, count(*) FILTER (WHERE stopped_at <= due_at) AS responded,
        count(*) FILTER (WHERE is_pending) AS response_pending FROM response) r,
      (SELECT count(*) AS call_backs, count(*) FILTER (WHERE is_resolved) AS resolved, count(*) FILTER (WHERE opinion IN ('true', 'false')) AS opinions,
        count(*) FILTER (WHERE opinion = 'true') AS satisfied FROM call_back) b,
      (SELECT count(*) FILTER (WHERE NOT is_pending) AS promises, count(*) FILTER (WHERE stopped_at <= due_at) AS kept,
        count(*) FILTER (WHERE is_pending) AS promise_pending FROM promise) p`
}

export function marking(types: readonly CaseType[], milestone: Milestone): { type: string; move: string }[] {
  return types.flatMap(({ key, moves }) =>
    moves
      .filter((move) => move.effects?.some((effect) => effect.does === 'mark' && effect.milestone === milestone))
      .map((move) => ({ type: key, move: move.key })),
  )
}

/** The clock that a first contact stops. */
function responseClocks(types: readonly CaseType[]): { type: string; clock: string }[] {
  return types.flatMap(({ key, moves }) => {
    const contacts = moves.filter((move) => move.effects?.some((effect) => effect.does === 'mark' && effect.milestone === 'contacted'))
    const clocks = contacts.flatMap((move) => move.effects?.flatMap((effect) => (effect.does === 'stopClock' ? [effect.clock] : [])) ?? [])
    return [...new Set(clocks)].map((clock) => ({ type: key, clock }))
  })
}

/** Where a report goes that is one of several of a matter: the matter is counted, not each report of it. */
function mergedStages(types: readonly CaseType[]): Record<string, string> {
  return Object.fromEntries(types.flatMap((type) => [[type.key, findMerge(type, 'desk')?.move.to ?? type.opens]]))
}

function promiseClocks(types: readonly CaseType[]): { type: string; clock: string }[] {
  return types.flatMap(({ key, clocks }) =>
    Object.entries(clocks).flatMap(([clock, rule]) => (rule.owner === 'resident' ? [{ type: key, clock }] : [])),
  )
}
