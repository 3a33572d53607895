import type { Ctx } from '@linli/base/server'
import type { CaseType } from '../define/case-type.ts'
import { type CaseState, foldCase } from '../define/fold.ts'
import { type FileRow, loadEntries, lockFile } from './case-rows.ts'
import type { CasesDeps } from './deps.ts'

/** A case that nobody else can change until this transaction ends. */
export interface LockedCase {
  type: CaseType
  file: FileRow
  state: CaseState
}

export async function lockCase(system: Ctx, deps: Pick<CasesDeps, 'catalogue'>, caseId: string): Promise<LockedCase> {
  const file = await lockFile(system, caseId)
  const type = deps.catalogue.get(file.case_type)
  return { type, file, state: foldCase(type, await loadEntries(system, caseId)) }
}
