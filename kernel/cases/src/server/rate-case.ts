import { type Ctx, sql } from '@linli/base/server'
import { foldCase } from '../define/fold.ts'
import { loadEntries, type NamedFileRow } from './case-rows.ts'
import type { CasesDeps } from './deps.ts'
import { CaseError } from './errors.ts'
import { moveUnattended } from './move-case.ts'

export interface Rated {
  number: string
  score: number
  rectification: boolean
}

/**
 * One rating per round of a finished matter, voluntary, five grades (standards 4.2). A bad one opens a rectification by the handling unit
 * in the same transaction. Runs as the system, after code or number and tail were shown.
 */
export async function rateCase(system: Ctx, deps: CasesDeps, row: NamedFileRow, score: number, text: string | undefined): Promise<Rated> {
  const type = deps.catalogue.get(row.case_type)
  await system.run(sql`SELECT 1 FROM cases.case_file WHERE case_id = ${row.case_id} FOR UPDATE`)
  const state = foldCase(type, await loadEntries(system, row.case_id))
  if (state.rating) throw CaseError('rating_given', { detail: '这件事已经评价过了，谢谢您' })
  if (!type.rating || state.status !== 'closed') throw CaseError('rating_early', { detail: '办结以后就可以评价' })
  await moveUnattended(system, deps, row.case_id, type.rating.move, { score, text })
  const bad = score <= type.rating.badAtMost && state.mainOrgId !== null
  if (bad) await moveUnattended(system, deps, row.case_id, type.rating.rectifyBy, {})
  return { number: row.number, score, rectification: bad }
}

interface RatingRow {
  org_name: string
  scores: number[]
  rectified: number
}

/** Published results per unit over the last days: volume and distribution. Units with fewer than five ratings are left out (k ≥ 5). */
export async function listRatings(
  system: Ctx,
  days: number,
): Promise<{ orgName: string; rated: number; scores: number[]; rectified: number }[]> {
  const since = new Date(system.now.getTime() - days * 86_400_000)
  const rows = await system.rows(sql<RatingRow>`
    SELECT o.name AS org_name, array_agg((e.data->>'score')::int) AS scores,
      count(*) FILTER (WHERE EXISTS (SELECT 1 FROM cases.case_entry r WHERE r.case_id = e.case_id AND r.seq > e.seq AND r.move = 'verifyRectification')) AS rectified
    FROM cases.case_entry e JOIN cases.case_file f USING (case_id) JOIN access.organization o ON o.org_id = f.main_org_id
    WHERE e.move = 'rate' AND e.made_at >= ${since} GROUP BY o.org_id, o.name HAVING count(*) >= 5 ORDER BY o.name`)
  return rows.map((row) => ({
    orgName: row.org_name,
    rated: row.scores.length,
    scores: [1, 2, 3, 4, 5].map((grade) => row.scores.filter((score) => score === grade).length),
    rectified: row.rectified,
  }))
}
