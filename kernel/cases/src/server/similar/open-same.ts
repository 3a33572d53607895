import type { Ctx } from '@linli/base/server'
import { findMerge } from '../../define/case-type.ts'
import { getFile } from '../case-rows.ts'
import type { CasesDeps } from '../deps.ts'
import { CaseError } from '../errors.ts'
import { moveCase } from '../move-case.ts'
import { type Opened, type Opening, openCase } from '../open-case.ts'

/**
 * 也是反映这件事: one more reporter of a matter that is known, with a number and a code of their own. Two steps in one transaction, so that
 * nothing is opened where it cannot be merged. Throws what either step throws.
 */
export async function openSame(ctx: Ctx, deps: CasesDeps, opening: Opening, targetId: string): Promise<Opened> {
  const { number } = await getFile(ctx, targetId)
  const merge = findMerge(opening.type, 'desk')
  if (!merge) throw CaseError('move_forbidden', { detail: '这类事项不并件' })
  const opened = await openCase(ctx, deps, opening)
  await moveCase(ctx, deps, { caseId: opened.caseId, key: merge.move.key, expectedSeq: 1, data: { [merge.into]: number } })
  return opened
}
