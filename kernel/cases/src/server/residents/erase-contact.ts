import { type Ctx, sql } from '@linli/base/server'
import { lockFile } from '../case-rows.ts'
import type { CasesDeps } from '../deps.ts'
import { CaseError } from '../errors.ts'

/**
 * Erases the reporter's contact by erasing its key: what the log, the audit and every backup made later still hold is noise from now on.
 * Only of an ended case, for an open one still has to be answered. Runs as the system, after number and tail were shown.
 */
export async function eraseContact(system: Ctx, deps: CasesDeps, caseId: string): Promise<void> {
  const file = await lockFile(system, caseId)
  if (file.status === 'open') throw CaseError('move_forbidden', { detail: '办结以后可以抹去联系方式；现在抹去，就没人能回您了' })
  if (!file.contact_key_id || file.contact_erased_at) return
  await deps.erasePerson(system, file.contact_key_id)
  await system.run(sql`UPDATE cases.case_file SET contact_erased_at = ${system.now} WHERE case_id = ${caseId}`)
  system.audit({ action: 'cases.erase-contact', subjectKind: 'case', subjectId: caseId, areaPath: file.area_path })
}
