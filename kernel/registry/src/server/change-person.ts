import { newId } from '@linli/base/define'
import { type Ctx, sql, systemActor } from '@linli/base/server'
import type { Change } from '../contract/person.ts'
import { findCareGroup } from '../define/care-groups.ts'
import type { PersonChange, PersonState } from '../define/fold-person.ts'
import { type PersonField, personFields } from '../define/person-fields.ts'
import { getAddress } from './addresses.ts'
import type { RegistryDeps } from './deps.ts'
import { RegistryError } from './errors.ts'
import { findByIdentity, personExists } from './person-identity.ts'
import { append, type OpenPerson, openPerson } from './person-store.ts'
import { readValues } from './read-values.ts'
import { sealText, sealValues } from './seal-person.ts'

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
  const { seq } = await ctx.as(systemActor, async (system) => {
    const person = await openPerson(system, deps.vault, personId)
    if (person.state.seq !== expectedSeq || !person.key) throw changed(person.state)
    return append(system, deps.vault, person, [await entryOf(system, deps, { ...person, key: person.key }, change)], {
      source,
      actor: ctx.actor,
    })
  })
  ctx.audit({ action: `registry.${change.change}`, subjectKind: 'person', subjectId: personId, detail: detailOf(change) })
  ctx.emit('person.changed', { personId, change: change.change })
  return { personId, seq }
}

/** The acting post's scope decides; a file out of it is not there. */
export async function checkSeesPerson(ctx: Ctx, personId: string): Promise<void> {
  const seen = await ctx.find(sql`SELECT 1 FROM registry.person WHERE person_id = ${personId}`)
  if (seen) return
  ctx.onRefusal(ctx.actor, async (refused) => {
    refused.audit({ action: 'registry.read_refused', subjectKind: 'person', subjectId: personId })
  })
  throw RegistryError('person_unknown')
}

const changed = ({ seq }: PersonState) =>
  RegistryError('person_changed', { detail: '这份档案刚被别人改过，请看过新的再改', current: { seq } })

const invalid = (path: string, message: string) =>
  RegistryError('data_invalid', { detail: message, fields: [{ path: `change.${path}`, message }] })

/** What is written: sealed, and checked against what the file says. */
async function entryOf(system: Ctx, deps: RegistryDeps, person: OpenPerson & { key: Buffer }, change: Change): Promise<PersonChange> {
  const { state, key } = person
  const { vault } = deps
  switch (change.change) {
    case 'corrected':
      return correction(system, deps, person, change)
    case 'movedIn': {
      if (state.status === 'died') throw invalid('change', '已登记去世，不能再迁入')
      const { change: _, ...data } = change
      return { change: 'movedIn', data }
    }
    case 'movedOut': {
      if (state.status !== 'here') throw invalid('change', '现在不在这里居住')
      const { community_id } = await system.get(
        sql<{ community_id: string }>`SELECT community_id FROM registry.person WHERE person_id = ${person.personId}`,
      )
      return { change: 'movedOut', data: { on: change.on, communityId: community_id } }
    }
    case 'died':
      if (state.status === 'died') throw invalid('change', '已登记去世')
      return { change: 'died', data: { on: change.on } }
    case 'tagged': {
      if (!findCareGroup(change.careGroup)) throw invalid('careGroup', '没有这个关爱类别')
      if (state.tags.some(({ careGroup, to }) => careGroup === change.careGroup && to === null))
        throw invalid('careGroup', '已经在这个类别里')
      const { change: _, ...data } = change
      return { change: 'tagged', data: { tagId: newId(), ...data } }
    }
    case 'untagged': {
      const tag = state.tags.find(({ tagId, to }) => tagId === change.tagId && to === null)
      if (!tag) throw invalid('tagId', '这个类别已经结束')
      if (change.on < tag.from) throw invalid('on', '不能早于开始的那天')
      return { change: 'untagged', data: { tagId: change.tagId, on: change.on, reason: change.reason } }
    }
    case 'contactAdded': {
      const { change: _, name, phone, ...data } = change
      return {
        change: 'contactAdded',
        data: { ...data, contactId: newId(), name: sealText(vault, key, name), phone: sealText(vault, key, phone) },
      }
    }
    case 'contactEnded': {
      const contact = state.contacts.find(({ contactId, to }) => contactId === change.contactId && to === null)
      if (!contact) throw invalid('contactId', '这位联系人已经结束')
      if (change.on < contact.from) throw invalid('on', '不能早于开始的那天')
      return { change: 'contactEnded', data: { contactId: change.contactId, on: change.on } }
    }
    case 'consented': {
      if (state.consents.some(({ purpose, withdrawnAt }) => purpose === change.purpose && !withdrawnAt))
        throw invalid('purpose', '已经同意过')
      const { change: _, ...data } = change
      return { change: 'consented', data: { consentId: newId(), ...data } }
    }
    case 'consentWithdrawn': {
      const consent = state.consents.find(({ consentId, withdrawnAt }) => consentId === change.consentId && !withdrawnAt)
      if (!consent) throw invalid('consentId', '这项同意已经撤回')
      return { change: 'consentWithdrawn', data: { consentId: change.consentId, channel: change.channel } }
    }
  }
}

/** New values of fields. What the police own and have said is not overwritten here: it takes a correction request to them (一数一源). */
async function correction(
  system: Ctx,
  { vault }: RegistryDeps,
  { personId, state, key }: OpenPerson & { key: Buffer },
  change: Extract<Change, { change: 'corrected' }>,
): Promise<PersonChange> {
  const values = readValues(change.values, system.now)
  const touched = [...Object.keys(values), ...change.clear] as PersonField[]
  if (touched.length === 0) throw invalid('values', '没有要改的栏目')
  if (change.clear.includes('name')) throw invalid('clear', '姓名不能清空')
  for (const field of touched) {
    if (personFields[field].owner !== 'police' || state.values[field]?.source !== 'policeFile') continue
    const message = `“${personFields[field].name}”以公安数据为准，不能在这里改`
    throw RegistryError('field_owned', { detail: message, fields: [{ path: `change.values.${field}`, message }] })
  }
  const holder = values.idNumber && (await findByIdentity(system, vault, values.idNumber))
  if (holder && holder.person_id !== personId) throw personExists()
  const cleared = Object.fromEntries(change.clear.filter((field) => !values[field]).map((field) => [field, null]))
  const data = { values: { ...sealValues(vault, key, values), ...cleared } }
  return { change: 'corrected', data: change.note ? { ...data, note: sealText(vault, key, change.note) } : data }
}

/** Names of fields and groups, never what a person said. */
function detailOf(change: Change): Record<string, unknown> {
  if (change.change === 'corrected') return { fields: [...Object.keys(change.values), ...change.clear] }
  if (change.change === 'tagged') return { careGroup: change.careGroup }
  if (change.change === 'consented') return { purpose: change.purpose }
  return {}
}
