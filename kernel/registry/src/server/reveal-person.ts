import { limitReveals } from '@linli/access/server'
import { type Ctx, sql, systemActor } from '@linli/base/server'
import type { PersonField } from '../define/person-fields.ts'
import { checkSeesPerson } from './change-person.ts'
import type { RegistryDeps } from './deps.ts'
import { RegistryError } from './errors.ts'
import { noteView } from './get-person.ts'
import { openPerson } from './person-store.ts'
import { openText } from './seal-person.ts'

/** Values in clear for a stated reason: written where the person reads it, audited, and limited per account and hour. */
export async function revealPerson(
  ctx: Ctx,
  deps: RegistryDeps,
  personId: string,
  reason: string,
  fields: readonly PersonField[],
): Promise<Partial<Record<PersonField, string | null>>> {
  await checkSeesPerson(ctx, personId)
  await limitReveals(ctx, {
    engine: 'registry',
    views: sql`SELECT viewed_at FROM registry.person_view WHERE account_id = ${ctx.actor.accountId} AND kind = 'reveal'`,
    line: { action: 'registry.reveal_refused', subjectKind: 'person', subjectId: personId, detail: { code: 'reveal_exhausted' } },
    refuse: (more) => RegistryError('reveal_exhausted', more),
  })
  return ctx.as(systemActor, async (system) => {
    await noteView(system, ctx, personId, { kind: 'reveal', reason, fields })
    ctx.audit({ action: 'registry.reveal', subjectKind: 'person', subjectId: personId, purpose: reason, detail: { fields } })
    const { key, state } = await openPerson(system, deps.vault, personId)
    return Object.fromEntries(
      fields.map((field) => {
        const held = state.values[field]
        return [field, key && held ? openText(deps.vault, key, held.sealed) : null]
      }),
    )
  })
}
