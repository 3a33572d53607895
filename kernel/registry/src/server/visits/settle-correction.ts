import { type Ctx, sql, systemActor } from '@linli/base/server'
import type { PersonField } from '../../define/person-fields.ts'
import { checkSeesPerson } from '../change-person.ts'
import type { RegistryDeps } from '../deps.ts'
import { RegistryError } from '../errors.ts'
import type { OpenPerson } from '../open-person.ts'
import { findByIdentity, personExists } from '../person-identity.ts'
import { append, openPerson } from '../person-store.ts'
import { openText } from '../seal-person.ts'

interface CorrectionRow {
  field: PersonField
  why: 'owned' | 'changed' | 'taken'
  sealed: string
  settled_at: Date | null
  asked_by: string | null
}

type Outcome = 'applied' | 'kept' | 'sent'

/** Somebody has looked at what a visit found or a colleague asked for: the file takes it, keeps what it says, or the owner of the value was told. Of two who look one decides. */
export async function settleCorrection(
  ctx: Ctx,
  deps: RegistryDeps,
  personId: string,
  correctionId: string,
  outcome: Outcome,
): Promise<{ personId: string; seq: number }> {
  await checkSeesPerson(ctx, personId)
  const seq = await ctx.as(systemActor, async (system) => {
    const person = await openPerson(system, deps.vault, personId)
    const row = await system.find(sql<CorrectionRow>`
      SELECT field, why, sealed, settled_at, asked_by FROM registry.correction WHERE correction_id = ${correctionId} AND person_id = ${personId}`)
    if (!row) throw RegistryError('correction_unknown')
    if (row.settled_at) throw RegistryError('correction_settled')
    if (row.asked_by !== null && row.asked_by === ctx.actor.accountId) throw RegistryError('correction_own')
    checkOutcome(row, outcome)
    await system.run(sql`
      UPDATE registry.correction SET settled_at = ${system.now}, settled_by = ${ctx.actor.accountId}, outcome = ${outcome} WHERE correction_id = ${correctionId}`)
    return outcome === 'applied' ? apply(system, ctx, deps, person, row) : person.state.seq
  })
  ctx.audit({ action: 'registry.correction_settled', subjectKind: 'person', subjectId: personId, detail: { correctionId, outcome } })
  if (outcome === 'applied') ctx.emit('person.changed', { personId, change: 'corrected' })
  return { personId, seq }
}

function checkOutcome({ why }: CorrectionRow, outcome: Outcome): void {
  const refuse = (message: string) => RegistryError('data_invalid', { detail: message, fields: [{ path: 'outcome', message }] })
  if (why === 'owned' && outcome === 'applied') throw refuse('这一栏以公安数据为准，只能转去核对或保留原来的')
  if (why !== 'owned' && outcome === 'sent') throw refuse('这一栏由社区核对：采用，或保留原来的')
}

async function apply(system: Ctx, ctx: Ctx, { vault }: RegistryDeps, person: OpenPerson, row: CorrectionRow): Promise<number> {
  if (!person.key) throw RegistryError('person_unknown')
  if (row.field === 'idNumber') {
    const holder = await findByIdentity(system, vault, openText(vault, person.key, row.sealed))
    if (holder && holder.person_id !== person.personId) throw personExists()
  }
  const { seq } = await append(system, vault, person, [{ change: 'corrected', data: { values: { [row.field]: row.sealed } } }], {
    source: 'visit',
    actor: ctx.actor,
  })
  return seq
}
