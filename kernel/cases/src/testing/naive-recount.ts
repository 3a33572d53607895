import { type Ctx, type Statement, sql, systemActor } from '@linli/base/server'
import { type CaseType, findMerge, type Milestone } from '../define/case-type.ts'
import { filesInScope } from '../server/scope-of-files.ts'

/** `cases`, `ended.STAGE` and, of each rate, its numerator, its denominator and what it left out; what is nought is absent. */
export type Recount = Readonly<Record<string, number>>

type Sums = Record<string, number> & { exclusions: unknown }

/**
 * The figures of a kind as one would count them: from every entry and clock of every case, with nothing kept. Slow, and written apart from
 * what the platform does; the two must agree.
 */
export async function naiveRecount(ctx: Ctx, types: readonly CaseType[], kind: 'appeal' | 'event', days: number): Promise<Recount> {
  const since = new Date(ctx.now.getTime() - days * 86_400_000)
  const ofKind = types.filter((type) => type.kind === kind)
  const counts = kind === 'appeal' ? appealCounts(ctx, ofKind, since) : eventCounts(ctx, ofKind, since)
  const sums = await ctx.as(systemActor, (system) => system.get(counts))
  const ended = (sums.exclusions ?? []) as { stage: string; count: number }[]
  const named = kind === 'appeal' ? appealNames(sums) : eventNames(sums)
  const all = [...Object.entries(named), ...ended.map(({ stage, count }) => [`ended.${stage}`, count] as const)]
  return Object.fromEntries(all.filter(([, count]) => count > 0))
}

const appealNames = (s: Record<string, number>): Record<string, number> => ({
  cases: s.appeals!,
  'response.numerator': s.responded!,
  'response.denominator': s.dispatches!,
  'response.pending': s.response_pending!,
  'resolution.numerator': s.resolved!,
  'resolution.denominator': s.call_backs!,
  'satisfaction.numerator': s.satisfied!,
  'satisfaction.denominator': s.opinions!,
  'satisfaction.silent': s.call_backs! - s.opinions!,
  'onTime.numerator': s.kept!,
  'onTime.denominator': s.promises!,
  'onTime.pending': s.promise_pending!,
  'rejected.numerator': s.rejections!,
  'rejected.denominator': s.sent!,
})

const eventNames = (s: Record<string, number>): Record<string, number> => ({
  cases: s.events!,
  'registered.numerator': s.registered!,
  'registered.denominator': s.registered! + s.dismissed!,
  'registered.waiting': s.unlooked!,
  'registered.takenBack': s.taken_back!,
  'handledOnTime.numerator': s.kept!,
  'handledOnTime.denominator': s.due!,
  'handledOnTime.pending': s.pending!,
  'handledOnTime.passedOn': s.passed_on!,
  'handledOnTime.onTheSpot': s.on_the_spot!,
  'rework.numerator': s.failed!,
  'rework.denominator': s.checks!,
  'rejected.numerator': s.rejections!,
  'rejected.denominator': s.dispatches!,
  'checkedOnTime.numerator': s.checks_kept!,
  'checkedOnTime.denominator': s.checks_due!,
  'checkedOnTime.pending': s.checks_pending!,
})

function appealCounts(ctx: Ctx, types: readonly CaseType[], since: Date): Statement<Sums> {
  const { actor, now } = ctx
  // A line post answers for what its organization was charged with last.
  const ownFiles = actor.reach === 'line' ? sql`f.main_org_id = ${actor.orgId}` : sql`true`
  const ownClocks = actor.reach === 'line' ? sql`c.org_id = ${actor.orgId}` : sql`true`
  const ownDispatch = actor.reach === 'line' ? sql`s.data->>s.field = ${actor.orgId}` : sql`s.data->>s.field IS NOT NULL`
  const ownRejection = actor.reach === 'line' ? sql`s.org_id = ${actor.orgId}` : sql`s.org_id IS NOT NULL`
  return sql<Sums>`
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
    ), step AS (
      SELECT d.means, d.field, e.data, e.org_id FROM cases.case_file f JOIN cases.case_entry e USING (case_id)
      JOIN jsonb_to_recordset(${JSON.stringify(stepsOf(types))}::jsonb) AS d(type text, move text, means text, field text) ON d.type = f.case_type AND d.move = e.move
      WHERE f.case_id IN (SELECT s.case_id FROM (SELECT f.case_id, f.kind, f.opened_at FROM ${filesInScope(actor)}) s WHERE s.kind = 'appeal' AND s.opened_at > ${since})
    ), excluded AS (
      SELECT case_type, stage, count(*) AS count FROM cohort WHERE is_merged OR status <> 'open' AND main_org_id IS NULL GROUP BY case_type, stage
    )
    SELECT (SELECT count(*) FROM cohort) AS appeals, r.*, b.*, p.*, s.*,
      (SELECT jsonb_agg(to_jsonb(excluded) ORDER BY count DESC, stage) FROM excluded) AS exclusions
    FROM (SELECT count(*) FILTER (WHERE NOT is_pending) AS dispatches, count(*) FILTER (WHERE stopped_at <= due_at) AS responded,
        count(*) FILTER (WHERE is_pending) AS response_pending FROM response) r,
      (SELECT count(*) AS call_backs, count(*) FILTER (WHERE is_resolved) AS resolved, count(*) FILTER (WHERE opinion IN ('true', 'false')) AS opinions,
        count(*) FILTER (WHERE opinion = 'true') AS satisfied FROM call_back) b,
      (SELECT count(*) FILTER (WHERE NOT is_pending) AS promises, count(*) FILTER (WHERE stopped_at <= due_at) AS kept,
        count(*) FILTER (WHERE is_pending) AS promise_pending FROM promise) p,
      (SELECT count(*) FILTER (WHERE means = 'dispatched' AND ${ownDispatch}) AS sent, count(*) FILTER (WHERE means = 'rejected' AND ${ownRejection}) AS rejections FROM step s) s`
}

function eventCounts(ctx: Ctx, types: readonly CaseType[], since: Date): Statement<Sums> {
  const { actor, now } = ctx
  // A line post answers for what it is charged with now, and for every dispatch to it, given back or not.
  const isLine = actor.reach === 'line'
  const own = isLine ? sql`f.main_org_id = ${actor.orgId}` : sql`true`
  const ownClock = isLine ? sql`c.org_id = ${actor.orgId}` : sql`true`
  const ownDispatch = isLine ? sql`s.data->>s.field = ${actor.orgId}` : sql`s.data->>s.field IS NOT NULL`
  const ownRejection = isLine ? sql`s.org_id = ${actor.orgId}` : sql`s.org_id IS NOT NULL`
  return sql<Sums>`
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
    )
    SELECT e.*, d.*, s.*, k.*, (SELECT jsonb_agg(to_jsonb(excluded) ORDER BY count DESC, stage) FROM excluded) AS exclusions
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

function marking(types: readonly CaseType[], milestone: Milestone): { type: string; move: string }[] {
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
