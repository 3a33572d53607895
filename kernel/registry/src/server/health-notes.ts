import { type Ctx, loadPersonKey, sql, systemActor, type Vault } from '@linli/base/server'
import type { HealthNotes } from '../contract/resident.ts'
import { foldPerson } from '../define/fold-person.ts'
import { RegistryError } from './errors.ts'
import { listWards, type Ward } from './family-proxies.ts'
import { noteView } from './get-person.ts'
import { agreesToNote, noting, unnoting } from './note-health.ts'
import type { OpenPerson } from './open-person.ts'
import { append, loadEntries, openPerson, readPerson } from './person-store.ts'
import { openText } from './seal-person.ts'
import { tellChange } from './tell-change.ts'

/**
 * The note of a person for somebody who was called to help, in clear; undefined where there is none or the person took it back. That it was
 * opened, by whom and for which alarm, is written where the person reads it. The caller has shown that help is under way.
 */
export async function openHealthNote(ctx: Ctx, vault: Vault, personId: string, reason: string): Promise<string | undefined> {
  return ctx.as(systemActor, async (system) => {
    const { key, state } = await readPerson(system, vault, personId)
    const held = state.values.healthNote
    if (!key || !held || state.merged || !agreesToNote(state)) return undefined
    await noteView(system, ctx, personId, { kind: 'reveal', reason, fields: ['healthNote'] })
    ctx.audit({
      action: 'registry.reveal',
      subjectKind: 'person',
      subjectId: personId,
      purpose: reason,
      detail: { fields: ['healthNote'] },
    })
    return openText(vault, key, held.sealed)
  })
}

/** Who may write for a person of the family: both agreed, to the file itself. */
const writesFor = (wards: readonly Ward[]): Ward[] => wards.filter(({ state, scope }) => state === 'inForce' && scope.includes('file'))

/** What a resident keeps for whoever comes to help: their own in clear, of the family only whether there is one. */
export async function healthNotesOf(ctx: Ctx, vault: Vault, phone: string): Promise<HealthNotes> {
  const { personId } = ctx.actor
  return ctx.as(systemActor, async (system) => {
    const own = personId ? await ownNote(system, vault, personId) : null
    const family = []
    for (const ward of writesFor(await listWards(system, vault, phone))) {
      const { values } = foldPerson(await loadEntries(system, ward.personId))
      const { proxyId, name, relation } = ward
      family.push({ proxyId, name, relation, at: values.healthNote?.at.toISOString() ?? null })
    }
    return { own, family }
  })
}

async function ownNote(system: Ctx, vault: Vault, personId: string): Promise<HealthNotes['own']> {
  const { key_id } = await system.get(sql<{ key_id: string }>`SELECT key_id FROM registry.person WHERE person_id = ${personId}::uuid`)
  const key = await loadPersonKey(system, vault, key_id)
  const held = foldPerson(await loadEntries(system, personId)).values.healthNote
  return key && held ? { note: openText(vault, key, held.sealed), at: held.at.toISOString() } : { note: null, at: null }
}

/** A resident writes the note on their own phone, for themselves or for somebody they act for; null takes it back. */
export async function writeOwnNote(
  ctx: Ctx,
  vault: Vault,
  phone: string,
  { proxyId, note, textVersion }: { proxyId?: string | undefined; note: string | null; textVersion: string },
): Promise<void> {
  const personId = proxyId ? await wardOf(ctx, vault, phone, proxyId) : ctx.actor.personId
  if (!personId) throw RegistryError('person_unknown', { detail: '登记的居民档案里没有这个手机号，请先到社区登记' })
  const { changes, state } = await ctx.as(systemActor, async (system) => {
    const person = await openPerson(system, vault, personId)
    const changes =
      note === null ? unnoting(person.state, 'resident') : noting(vault, withKey(person), note, { textVersion, channel: 'resident' })
    const state = changes.length > 0 ? await append(system, vault, person, changes, { source: 'resident', actor: ctx.actor }) : person.state
    return { changes, state }
  })
  const detail = { by: proxyId ? 'member' : 'person', ...(note === null && { taken: 'back' }) }
  ctx.audit({ action: 'registry.health_noted', subjectKind: 'person', subjectId: personId, detail })
  for (const change of changes) tellChange(ctx, personId, change, state)
}

async function wardOf(ctx: Ctx, vault: Vault, phone: string, proxyId: string): Promise<string> {
  const wards = await ctx.as(systemActor, (system) => listWards(system, vault, phone))
  const ward = writesFor(wards).find((one) => one.proxyId === proxyId)
  if (!ward) throw RegistryError('person_unknown', { detail: '没有这项亲属代理，或代理不含服务档案' })
  return ward.personId
}

function withKey(person: OpenPerson): OpenPerson & { key: Buffer } {
  if (!person.key) throw RegistryError('person_unknown')
  return { ...person, key: person.key }
}
