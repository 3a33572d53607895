import { type Ctx, type Subscriber, sql } from '@linli/base/server'
import type { CasesDeps } from '../deps.ts'
import { openContact, type SealedContact } from './contact.ts'

/** How a telephone leads to the one person file that bears it. As system. */
type FindPerson = (system: Ctx, phone: string) => Promise<string | undefined>
type Deps = Pick<CasesDeps, 'vault' | 'loadPersonKey'>

interface OpenedRow {
  contact: SealedContact | null
  reporter_sealed: boolean
}

/**
 * Puts a matter to the file of the person who reported it, where the telephone is of one file alone. A tip is put to nobody, and who came in
 * place of somebody (代办) left a number that may be either's. As system; the same matter again changes nothing.
 */
export async function linkReporter(system: Ctx, deps: Deps, findPerson: FindPerson, caseId: string): Promise<void> {
  const row = await system.find(sql<OpenedRow>`
    SELECT nullif(e.data->'contact', 'null') AS contact, f.reporter_sealed
    FROM cases.case_file f JOIN cases.case_entry e ON e.case_id = f.case_id AND e.seq = 1 WHERE f.case_id = ${caseId}::uuid`)
  if (!row?.contact || row.reporter_sealed) return
  const contact = await openContact(system, deps, row.contact)
  if (!contact?.phone || contact.agent) return
  const personId = await findPerson(system, contact.phone)
  if (!personId) return
  await system.run(sql`
    INSERT INTO cases.case_person (case_id, person_id, linked_at) VALUES (${caseId}::uuid, ${personId}::uuid, ${system.now}) ON CONFLICT DO NOTHING`)
}

/** Does so after every opening and not in it, for nobody at a counter waits for it. */
export function personSubscriber(deps: Deps, findPerson: FindPerson): Subscriber {
  return {
    name: 'cases.persons',
    events: ['case.opened'],
    apply: (system, { payload }) => linkReporter(system, deps, findPerson, String(payload.caseId)),
  }
}
