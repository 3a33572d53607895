import { type Ctx, sql } from '@linli/base/server'
import { findMove } from '../../define/case-type.ts'
import { isOpenTo } from '../../define/fold.ts'
import type { NamedFileRow } from '../case-rows.ts'
import type { CasesDeps } from '../deps.ts'
import { CaseError } from '../errors.ts'
import { lockCase } from '../lock-case.ts'
import { moveUnattended } from '../move-case.ts'

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
  const locked = await lockCase(system, deps, row.case_id)
  const { type, state } = locked
  const move = type.rating && findMove(type, type.rating.move)
  if (state.rating) throw CaseError('rating_given', { detail: '这件事已经评价过了，谢谢您' })
  if (!type.rating || !move || !isOpenTo(type, state, move, system.now)) {
    throw CaseError('rating_early', { detail: state.status === 'open' ? '办结以后就可以评价' : '没有承办过的事不用评价' })
  }
  const rated = await moveUnattended(system, deps, locked, type.rating.move, { score, text })
  const isBad = score <= type.rating.badAtMost && state.mainOrgId !== null
  if (isBad) await moveUnattended(system, deps, { ...locked, state: rated }, type.rating.rectifyBy, {})
  return { number: row.number, score, rectification: isBad }
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
    SELECT o.name AS org_name, array_agg(r.score::integer) AS scores, count(r.rectified_at) AS rectified
    FROM cases.case_rating r JOIN access.organization o USING (org_id)
    WHERE r.rated_at >= ${since} GROUP BY o.org_id, o.name HAVING count(*) >= 5 ORDER BY o.name`)
  return rows.map((row) => ({
    orgName: row.org_name,
    rated: row.scores.length,
    scores: [1, 2, 3, 4, 5].map((grade) => row.scores.filter((score) => score === grade).length),
    rectified: row.rectified,
  }))
}
