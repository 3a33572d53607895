import { type Ctx, sql, systemActor } from '@linli/base/server'
import type { z } from 'zod'
import type { getAssistanceStatistics } from '../../contract/assistance.ts'
import type { CaseType, Effect, Milestone } from '../../define/case-type.ts'
import type { CaseCatalogue } from '../catalogue.ts'
import { filesInScope } from '../scope-of-files.ts'

export type AssistanceStatistics = z.input<typeof getAssistanceStatistics.result>

interface Counts {
  requests: number
  admitted: number
  accepted: number
  confirmed: number
  refusals: { key: string; count: number }[] | null
  support: { key: string; count: number }[] | null
  stages: { case_type: string; stage: string; count: number }[] | null
}

/**
 * The figures of requests for assistance made in the last days within the acting post's scope; for a line post, what its organization
 * asked for or was asked. By place and reason, never by person, and never added to other kinds of work.
 */
export async function assistanceStatistics(ctx: Ctx, catalogue: CaseCatalogue, days: number): Promise<AssistanceStatistics> {
  const since = new Date(ctx.now.getTime() - days * 86_400_000)
  const types = catalogue.all().filter((type) => type.kind === 'assistance')
  const { blocked } = await ctx.get(sql<{ blocked: number }>`
    SELECT count(*)::int AS blocked FROM cases.opening_refusal WHERE kind = 'assistance' AND refused_at > ${since}`)
  // As in the statistics of appeals: the scope is settled once, with the files.
  const counts = await ctx.as(systemActor, (system) => system.get(countsOf(ctx, types, since)))
  return {
    asOf: ctx.now.toISOString(),
    since: since.toISOString(),
    blocked,
    requests: counts.requests,
    admitted: counts.admitted,
    accepted: counts.accepted,
    confirmed: counts.confirmed,
    refusals: counts.refusals ?? [],
    support: counts.support ?? [],
    stages: (counts.stages ?? []).map(({ case_type, stage, count }) => ({
      stage,
      name: catalogue.get(case_type).stages[stage]?.name ?? stage,
      count,
    })),
  }
}

/** One statement, so that all figures are of one instant. Names of moves and fields come from the definitions, by what they do. */
function countsOf(ctx: Ctx, types: readonly CaseType[], since: Date) {
  return sql<Counts>`
    WITH request AS MATERIALIZED (
      SELECT f.case_id, f.case_type, f.stage FROM ${filesInScope(ctx.actor)} AND f.kind = 'assistance' AND f.opened_at > ${since}
    ), step AS (
      SELECT request.case_id, e.seq, d.means, e.data ->> d.field AS answer FROM request JOIN cases.case_entry e USING (case_id)
      JOIN jsonb_to_recordset(${JSON.stringify(stepsOf(types))}::jsonb) AS d(type text, move text, means text, field text) ON d.type = request.case_type AND d.move = e.move
    ), taken AS (
      SELECT DISTINCT case_id FROM step WHERE means = 'takenOn'
    ), offer AS (
      -- What came with it when it was taken on: the latest that was offered.
      SELECT DISTINCT ON (e.case_id) e.case_id, e.data ->> 'support' AS support FROM taken JOIN cases.case_entry e USING (case_id)
      WHERE e.data ? 'support' ORDER BY e.case_id, e.seq DESC
    )
    SELECT (SELECT count(*) FROM request) AS requests, (SELECT count(DISTINCT case_id) FROM step WHERE means = 'accepted') AS admitted,
      (SELECT count(*) FROM taken) AS accepted, (SELECT count(DISTINCT case_id) FROM step WHERE means = 'checked' AND answer = 'true') AS confirmed,
      (SELECT jsonb_agg(to_jsonb(r) ORDER BY r.count DESC, r.key) FROM (SELECT answer AS key, count(*) AS count FROM step WHERE means = 'declined' GROUP BY answer) r) AS refusals,
      (SELECT jsonb_agg(to_jsonb(s) ORDER BY s.count DESC, s.key) FROM (SELECT support AS key, count(*) AS count FROM offer GROUP BY support) s) AS support,
      (SELECT jsonb_agg(to_jsonb(s) ORDER BY s.count DESC, s.stage) FROM (SELECT case_type, stage, count(*) AS count FROM request GROUP BY case_type, stage) s) AS stages`
}

interface Step {
  type: string
  move: string
  means: 'accepted' | 'takenOn' | 'checked' | 'declined'
  /** Where the answer stands: the reason code of a refusal, whether it was done. */
  field: string
}

function stepsOf(types: readonly CaseType[]): Step[] {
  const marked = (['accepted', 'takenOn', 'checked'] as const).flatMap((means) =>
    marking(types, means).map((step): Step => ({ ...step, means, field: 'passed' })),
  )
  const declined = types.flatMap(({ key, moves }) =>
    moves.flatMap((move) =>
      (move.effects ?? [])
        .filter((effect): effect is Effect & { does: 'decline' } => effect.does === 'decline')
        .map(({ reason }): Step => ({ type: key, move: move.key, means: 'declined', field: reason })),
    ),
  )
  return [...marked, ...declined]
}

/** The moves that reach a milestone. */
function marking(types: readonly CaseType[], milestone: Milestone): { type: string; move: string }[] {
  return types.flatMap(({ key, moves }) =>
    moves
      .filter((move) => move.effects?.some((effect) => effect.does === 'mark' && effect.milestone === milestone))
      .map((move) => ({ type: key, move: move.key })),
  )
}
