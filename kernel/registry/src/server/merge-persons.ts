import { dayOf, formatDay, newId } from '@linli/base/define'
import { type Ctx, systemActor, type Vault } from '@linli/base/server'
import type { Carried, CarriedProxy, PersonChange, Source } from '../define/person-change.ts'
import type { PersonState } from '../define/person-state.ts'
import { isOver, stateOf } from './bind-family.ts'
import { checkSeesPerson, personChanged } from './change-person.ts'
import type { RegistryDeps } from './deps.ts'
import { RegistryError } from './errors.ts'
import type { OpenPerson } from './open-person.ts'
import { append, openPerson } from './person-store.ts'
import { openText, sealText } from './seal-person.ts'
import { tellChange } from './tell-change.ts'

interface Merging {
  personId: string
  expectedSeq: number
  otherId: string
  reason: string
}

/**
 * Puts the other file of the same person into this one: it stays as it is, is no longer found, and leads here; what this one lacks it takes
 * over. Refused where both have an identity number and the numbers differ: those are two people.
 */
export async function mergePersons(ctx: Ctx, { vault }: RegistryDeps, merging: Merging): Promise<{ personId: string; seq: number }> {
  return together(ctx, vault, merging, 'registry.merge', ({ kept, given }) => {
    if (given.state.merged || given.state.absorbed.size > 0) throw invalid('这份档案已经并过，先拆开')
    const [ours, theirs] = [kept, given].map(
      ({ key, state }) => state.values.idNumber && openText(vault, key, state.values.idNumber.sealed),
    )
    if (ours && theirs && ours !== theirs) throw invalid('两份档案的证件号码不同，不是同一个人')
    const { personId, otherId, reason } = merging
    return {
      ofGiven: [{ change: 'mergedInto', data: { keptId: personId, on: formatDay(dayOf(ctx.now.getTime())), reason } }],
      ofKept: { change: 'absorbed', data: { personId: otherId, carried: carriedOver(vault, kept, given, ctx.now), reason } },
    }
  })
}

/** Takes the two apart again: each is as it was, and what was written since the merge stays where it was written. */
export async function unmergePersons(ctx: Ctx, { vault }: RegistryDeps, merging: Merging): Promise<{ personId: string; seq: number }> {
  return together(ctx, vault, merging, 'registry.unmerge', ({ kept, given }) => {
    const { personId, otherId, reason } = merging
    if (given.state.merged?.keptId !== personId) throw invalid('这份档案没有并入这里')
    return {
      ofGiven: [{ change: 'unmerged', data: { keptId: personId, reason } }, ...decidedSince(kept.state, given.state, otherId)],
      ofKept: { change: 'released', data: { personId: otherId, on: formatDay(dayOf(ctx.now.getTime())), reason } },
    }
  })
}

type Open = OpenPerson & { key: Buffer }

/** Both files are locked in the order of their ids, so that two who merge crosswise wait for each other. */
async function together(
  ctx: Ctx,
  vault: Vault,
  { personId, expectedSeq, otherId }: Merging,
  action: string,
  entriesOf: (files: { kept: Open; given: Open }) => { ofGiven: PersonChange[]; ofKept: PersonChange },
): Promise<{ personId: string; seq: number }> {
  if (personId === otherId) throw invalid('不能和自己并档')
  await checkSeesPerson(ctx, personId)
  await checkSeesPerson(ctx, otherId, () => invalid('没有这份档案，或不归本岗位管'))
  const by = { source: 'counter' as Source, actor: ctx.actor }
  const done = await ctx.as(systemActor, async (system) => {
    const files = new Map<string, OpenPerson>()
    for (const id of [personId, otherId].sort()) files.set(id, await openPerson(system, vault, id))
    const [kept, given] = [withKey(files.get(personId)!), withKey(files.get(otherId)!)]
    if (kept.state.seq !== expectedSeq || kept.state.merged) throw personChanged(kept.state)
    const { ofGiven, ofKept } = entriesOf({ kept, given })
    // A number is one file's: who gives it up goes first.
    const lets = ofGiven[0]?.change === 'mergedInto'
    const first = lets ? await append(system, vault, given, ofGiven, by) : await append(system, vault, kept, [ofKept], by)
    const second = lets ? await append(system, vault, kept, [ofKept], by) : await append(system, vault, given, ofGiven, by)
    return { ofGiven, ofKept, given: lets ? first : second, kept: lets ? second : first }
  })
  ctx.audit({ action, subjectKind: 'person', subjectId: personId, detail: { otherId } })
  for (const entry of done.ofGiven) tellChange(ctx, otherId, entry, done.given)
  tellChange(ctx, personId, done.ofKept, done.kept)
  return { personId, seq: done.kept.seq }
}

function withKey(person: OpenPerson): Open {
  if (!person.key) throw personChanged(person.state)
  return { ...person, key: person.key }
}

/**
 * What somebody took back or agreed to in the kept file holds for the file that is given back as well: who ended a bond or withdrew a consent
 * meant the person and not the paper.
 */
function decidedSince(kept: PersonState, given: PersonState, otherId: string): PersonChange[] {
  const carried = kept.absorbed.get(otherId)
  const consents = (carried?.consents ?? []).flatMap(({ consentId, ofId }): PersonChange[] => {
    const here = kept.consents.find((one) => one.consentId === consentId)
    const there = given.consents.find((one) => one.consentId === ofId)
    return ofId && here?.withdrawnAt && !there?.withdrawnAt
      ? [{ change: 'consentWithdrawn', data: { consentId: ofId, channel: 'counter' } }]
      : []
  })
  const proxies = (carried?.proxies ?? []).flatMap(({ proxyId, ofId }): PersonChange[] => {
    const here = kept.proxies.find((one) => one.proxyId === proxyId)
    const there = given.proxies.find((one) => one.proxyId === ofId)
    const { at: _, ...agreed } = here?.accepted ?? { at: null, textVersion: '', channel: '' }
    return [
      ...(here?.accepted && !there?.accepted ? [{ change: 'proxyAccepted' as const, data: { proxyId: ofId, ...agreed } }] : []),
      ...(here?.ended && !there?.ended
        ? [{ change: 'proxyEnded' as const, data: { proxyId: ofId, by: here.ended.by, channel: 'counter' } }]
        : []),
    ]
  })
  return [...consents, ...proxies]
}

/** What the kept file lacks, sealed anew under its key; who of the family acts for the person goes on doing so. */
function carriedOver(vault: Vault, kept: Open, given: Open, now: Date): Carried {
  const again = (sealed: string): string => sealText(vault, kept.key, openText(vault, given.key, sealed))
  const values = Object.entries(given.state.values).filter(([field]) => !(field in kept.state.values))
  const inForce = <Dated extends { to: string | null }>(all: readonly Dated[]) => all.filter(({ to }) => to === null)
  const tags = inForce(given.state.tags).filter(({ careGroup }) => !inForce(kept.state.tags).some((tag) => tag.careGroup === careGroup))
  const agreed = ({ consents }: PersonState) => consents.filter(({ withdrawnAt }) => !withdrawnAt)
  return {
    values: Object.fromEntries(values.map(([field, { sealed }]) => [field, again(sealed)])),
    tags: tags.map(({ careGroup, basis, viewers, from }) => ({ tagId: newId(), careGroup, basis, viewers, from })),
    contacts: inForce(given.state.contacts).map(({ to: _, name, phone, ...rest }) => ({
      ...rest,
      contactId: newId(),
      name: again(name),
      phone: again(phone),
    })),
    consents: agreed(given.state)
      .filter(({ purpose }) => !agreed(kept.state).some((consent) => consent.purpose === purpose))
      .map(({ consentId, purpose, textVersion, channel, givenAt }) => ({
        consentId: newId(),
        ofId: consentId,
        purpose,
        textVersion,
        channel,
        givenAt: givenAt.toISOString(),
      })),
    proxies: bondsOf(vault, kept, given, now),
  }
}

/** Bonds in force or asked for, but for those of a telephone that acts for the person in the kept file already. */
function bondsOf(vault: Vault, kept: Open, given: Open, now: Date): CarriedProxy[] {
  const going = ({ state }: Open) => state.proxies.filter((bond) => !isOver(stateOf(bond, now)))
  const known = new Set(going(kept).map(({ phone }) => openText(vault, kept.key, phone)))
  const again = (sealed: string): string => sealText(vault, kept.key, openText(vault, given.key, sealed))
  const dated = <One extends { at: Date }>(one: One) => ({ ...one, at: one.at.toISOString() })
  return going(given)
    .filter(({ phone }) => !known.has(openText(vault, given.key, phone)))
    .map(({ proxyId, relation, scope, from, to, name, phone, named, accepted }) => ({
      ...{ proxyId: newId(), ofId: proxyId, relation, scope, from, to, name: again(name), phone: again(phone) },
      ...{ named: dated(named), accepted: accepted && dated(accepted) },
    }))
}

const invalid = (message: string): Error => RegistryError('data_invalid', { detail: message, fields: [{ path: 'otherId', message }] })
