import { type Ctx, sql, systemActor } from '@linli/base/server'
import type { Change } from '../contract/change.ts'
import type { PersonState } from '../define/person-state.ts'
import { getAddress } from './addresses.ts'
import type { RegistryDeps } from './deps.ts'
import { invalidChange, RegistryError } from './errors.ts'
import { append, openPerson } from './person-store.ts'
import { tellChange } from './tell-change.ts'
import { entryOf } from './write-change.ts'

interface Wanted {
  personId: string
  expectedSeq: number
  source: 'visit' | 'counter'
  change: Change
}

/** Writes one change of a file. Whoever comes second gets 409 with how far the file is, and decides anew. */
export async function changePerson(ctx: Ctx, deps: RegistryDeps, wanted: Wanted): Promise<{ personId: string; seq: number }> {
  const { personId, expectedSeq, change, source } = wanted
  await checkSeesPerson(ctx, personId)
  if (change.change === 'movedIn') await getAddress(ctx, change.addressId)
  if (change.change === 'related') await checkSeesPerson(ctx, change.otherId, () => invalidChange('otherId', '没有这个人，或不归本岗位管'))
  const { entries, state } = await ctx.as(systemActor, async (system) => {
    const person = await openPerson(system, deps.vault, personId)
    if (person.state.seq !== expectedSeq || !person.key || person.state.merged) throw personChanged(person.state)
    const entries = [await entryOf(system, deps, { ...person, key: person.key }, change, ctx.actor)].flat()
    return { entries, state: await append(system, deps.vault, person, entries, { source, actor: ctx.actor }) }
  })
  ctx.audit({ action: `registry.${change.change}`, subjectKind: 'person', subjectId: personId, detail: detailOf(change) })
  for (const entry of entries) tellChange(ctx, personId, entry, state)
  return { personId, seq: state.seq }
}

/** The acting post's scope decides; a file out of it is not there. */
export async function checkSeesPerson(
  ctx: Ctx,
  personId: string,
  refusal: () => Error = () => RegistryError('person_unknown'),
): Promise<void> {
  const seen = await ctx.find(sql`SELECT 1 FROM registry.person WHERE person_id = ${personId}`)
  if (seen) return
  ctx.onRefusal(ctx.actor, async (refused) => {
    refused.audit({ action: 'registry.read_refused', subjectKind: 'person', subjectId: personId })
  })
  throw refusal()
}

export const personChanged = ({ seq }: PersonState) =>
  RegistryError('person_changed', { detail: '这份档案刚被别人改过，请看过新的再改', current: { seq } })

/** Names of fields, never what a person said; of a care group nothing, for the trail is read by others than the label. */
function detailOf(change: Change): Record<string, unknown> {
  if (change.change === 'corrected') return { fields: [...Object.keys(change.values), ...change.clear] }
  if (change.change === 'viewersSet') return { viewers: change.viewers }
  if (change.change === 'consented') return { purpose: change.purpose }
  if (change.change === 'proxyNamed') return { scope: change.scope }
  if (change.change === 'proxyEnded') return { by: change.by }
  if (change.change === 'related') return { kind: change.kind }
  return {}
}
