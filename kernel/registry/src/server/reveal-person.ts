import { limitReveals } from '@linli/access/server'
import { type Ctx, sql, systemActor } from '@linli/base/server'
import type { Sealed } from '../define/person-change.ts'
import type { PersonField } from '../define/person-fields.ts'
import { checkSeesPerson } from './change-person.ts'
import type { RegistryDeps } from './deps.ts'
import { RegistryError } from './errors.ts'
import { noteView } from './get-person.ts'
import { openPerson } from './person-store.ts'
import { openText } from './seal-person.ts'

interface Wanted {
  reason: string
  fields: readonly PersonField[]
  contacts: readonly string[]
}

interface Revealed {
  values: Partial<Record<PersonField, string | null>>
  contacts: { contactId: string; name: string; phone: string }[]
}

/** Values in clear for a stated reason: written where the person reads it, audited, and limited per account and hour. */
export async function revealPerson(
  ctx: Ctx,
  deps: RegistryDeps,
  personId: string,
  { reason, fields, contacts }: Wanted,
): Promise<Revealed> {
  await checkSeesPerson(ctx, personId)
  if (fields.length + contacts.length === 0) {
    throw RegistryError('data_invalid', { fields: [{ path: 'fields', message: '请选要看的栏目' }] })
  }
  await limitReveals(ctx, {
    engine: 'registry',
    views: sql`SELECT viewed_at FROM registry.person_view WHERE account_id = ${ctx.actor.accountId} AND kind = 'reveal'`,
    line: { action: 'registry.reveal_refused', subjectKind: 'person', subjectId: personId, detail: { code: 'reveal_exhausted' } },
    refuse: (more) => RegistryError('reveal_exhausted', more),
  })
  const shown = [...fields, ...(contacts.length > 0 ? ['contact'] : [])]
  return ctx.as(systemActor, async (system) => {
    await noteView(system, ctx, personId, { kind: 'reveal', reason, fields: shown })
    ctx.audit({ action: 'registry.reveal', subjectKind: 'person', subjectId: personId, purpose: reason, detail: { fields: shown } })
    const { key, state } = await openPerson(system, deps.vault, personId)
    const open = (sealed: Sealed | undefined): string | null => (key && sealed ? openText(deps.vault, key, sealed) : null)
    return {
      values: Object.fromEntries(fields.map((field) => [field, open(state.values[field]?.sealed)])),
      contacts: state.contacts.flatMap(({ contactId, name, phone }) =>
        key && contacts.includes(contactId) ? [{ contactId, name: open(name) ?? '', phone: open(phone) ?? '' }] : [],
      ),
    }
  })
}
