import { newId } from '@linli/base/define'
import { type Actor, type Ctx, sql } from '@linli/base/server'
import type { Change } from '../contract/change.ts'
import { healthNotePurpose } from '../define/health-note.ts'
import type { PersonChange } from '../define/person-change.ts'
import { type PersonField, personFields } from '../define/person-fields.ts'
import { acceptance, ending, naming } from './bind-family.ts'
import type { RegistryDeps } from './deps.ts'
import { invalidChange, RegistryError } from './errors.ts'
import { checkAfterMoveIn, joining, leaving, relating, unrelating } from './keep-house.ts'
import { noting, unnoting } from './note-health.ts'
import type { OpenPerson } from './open-person.ts'
import { findByIdentity, personExists } from './person-identity.ts'
import { readValues } from './read-values.ts'
import { sealText, sealValues } from './seal-person.ts'
import { settingViewers, tagging, untagging } from './write-tag.ts'

/** What is written, in one entry or a few: sealed, and checked against what the file says. */
export async function entryOf(
  system: Ctx,
  deps: RegistryDeps,
  person: OpenPerson & { key: Buffer },
  change: Change,
  { reach }: Pick<Actor, 'reach'>,
): Promise<PersonChange | PersonChange[]> {
  const { state, key } = person
  const { vault } = deps
  switch (change.change) {
    case 'corrected':
      return correction(system, deps, person, change)
    case 'healthNoted':
      return noting(vault, person, change.healthNote, change)
    case 'movedIn': {
      if (state.status === 'died') throw invalidChange('change', '已登记去世，不能再迁入')
      checkAfterMoveIn(state, change.on)
      const { change: _, ...data } = change
      return { change: 'movedIn', data }
    }
    case 'movedOut': {
      if (state.status !== 'here') throw invalidChange('change', '现在不在这里居住')
      checkAfterMoveIn(state, change.on)
      const { community_id } = await system.get(
        sql<{ community_id: string }>`SELECT community_id FROM registry.person WHERE person_id = ${person.personId}`,
      )
      return { change: 'movedOut', data: { on: change.on, communityId: community_id } }
    }
    case 'died':
      if (state.status === 'died') throw invalidChange('change', '已登记去世')
      checkAfterMoveIn(state, change.on)
      return { change: 'died', data: { on: change.on } }
    case 'tagged':
      return tagging(state, change, reach)
    case 'untagged':
      return untagging(state, change, reach)
    case 'viewersSet':
      return settingViewers(state, change, reach)
    case 'contactAdded': {
      const { change: _, name, phone, ...data } = change
      return {
        change: 'contactAdded',
        data: { ...data, contactId: newId(), name: sealText(vault, key, name), phone: sealText(vault, key, phone) },
      }
    }
    case 'contactEnded': {
      const contact = state.contacts.find(({ contactId, to }) => contactId === change.contactId && to === null)
      if (!contact) throw invalidChange('contactId', '这位联系人已经结束')
      if (change.on < contact.from) throw invalidChange('on', '不能早于开始的那天')
      return { change: 'contactEnded', data: { contactId: change.contactId, on: change.on } }
    }
    case 'consented': {
      if (state.consents.some(({ purpose, withdrawnAt }) => purpose === change.purpose && !withdrawnAt))
        throw invalidChange('purpose', '已经同意过')
      const { change: _, ...data } = change
      return { change: 'consented', data: { consentId: newId(), ...data } }
    }
    case 'consentWithdrawn': {
      const consent = state.consents.find(({ consentId, withdrawnAt }) => consentId === change.consentId && !withdrawnAt)
      if (!consent) throw invalidChange('consentId', '这项同意已经撤回')
      if (consent.purpose === healthNotePurpose) return unnoting(state, change.channel)
      return { change: 'consentWithdrawn', data: { consentId: change.consentId, channel: change.channel } }
    }
    case 'joinedHousehold':
      return joining(system, state, change)
    case 'leftHousehold':
      return leaving(state, change)
    case 'related':
      return relating(state, person.personId, change)
    case 'unrelated':
      return unrelating(state, change)
    case 'proxyNamed':
      return naming(deps.vault, person, change, system.now)
    case 'proxyAccepted':
      return acceptance(state, change, system.now)
    case 'proxyEnded':
      return ending(state, change)
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
  if (touched.length === 0) throw invalidChange('values', '没有要改的栏目')
  if (change.clear.includes('name')) throw invalidChange('clear', '姓名不能清空')
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
