import { type Ctx, sql } from '@linli/base/server'
import type { CaseType, Move } from '../../define/case-type.ts'
import type { MergeTarget } from '../../define/fold.ts'
import type { FileRow } from '../case-rows.ts'
import { wrongData } from '../errors.ts'
import { normalizeNumber } from '../residents/look-up.ts'

const fieldOf = (move: Move): string | undefined => move.effects?.flatMap((effect) => (effect.does === 'merge' ? [effect.into] : []))[0]
const unknown = '本辖区没有这个编号的同类事项'

/** Who merges must see both matters: replies to the one are read with the other. Under the acting post's own scope, before the platform takes over. */
export async function checkSeesTarget(ctx: Ctx, move: Move, data: unknown): Promise<void> {
  const field = fieldOf(move)
  const asked = field && (data as Record<string, unknown> | undefined)?.[field]
  if (typeof asked !== 'string') return
  const seen = await ctx.find(sql`SELECT 1 AS here FROM cases.case_file WHERE number = ${normalizeNumber(asked)}`)
  if (!seen) throw wrongData({ path: `data.${field}`, message: unknown })
}

/**
 * The matter that a report is to be merged into: accepted and open, of the same type and township, no merged one itself, and neither a tip-off. Merges
 * of a township wait for each other, so that no two end in each other.
 */
export async function findMergeTarget(
  system: Ctx,
  type: CaseType,
  file: FileRow,
  move: Move,
  data: Record<string, unknown>,
): Promise<{ target: MergeTarget } | undefined> {
  const field = fieldOf(move)
  if (!field) return undefined
  const wrong = (message: string) => wrongData({ path: `data.${field}`, message })
  await system.run(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`cases.merge ${file.township_id}`}, 0))`)
  const number = normalizeNumber(String(data[field]))
  const target = await system.find(sql<FileRow>`SELECT * FROM cases.case_file WHERE number = ${number}`)
  if (!target || target.township_id !== file.township_id || target.case_type !== file.case_type) throw wrong(unknown)
  if (target.case_id === file.case_id) throw wrong('不能并到自己')
  if (target.reporter_sealed || file.reporter_sealed) throw wrong('举报件不合并')
  // Its reporter may still take it back, and would take this one along.
  if (target.stage === type.opens) throw wrong('那一件还没有受理，请先受理它')
  if (target.merged_into) throw wrong('那一件已经并到别的件了，请并到它并去的那一件')
  if (target.status !== 'open') throw wrong('那一件已经办结，请单独办')
  const isTarget = await system.find(sql`SELECT 1 AS here FROM cases.case_file WHERE merged_into = ${file.case_id} LIMIT 1`)
  if (isTarget) throw wrong('已有别的件并进这一件，请反过来并')
  return { target: { caseId: target.case_id, number: target.number } }
}
