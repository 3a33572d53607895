import { AccountError } from '@linli/access/server'
import { newId } from '@linli/base/define'
import { type Ctx, sql, systemActor } from '@linli/base/server'
import type { z } from 'zod'
import type * as contract from '../contract/person.ts'
import { foldPerson } from '../define/fold-person.ts'
import type { PersonChange } from '../define/person-change.ts'
import { getAddress } from './addresses.ts'
import { checkSeesPerson } from './change-person.ts'
import type { RegistryDeps } from './deps.ts'
import { RegistryError } from './errors.ts'
import { findByIdentity, personExists } from './person-identity.ts'
import { append, loadEntries, newPerson, openPerson } from './person-store.ts'
import { readValues } from './read-values.ts'
import { openText, sealValues } from './seal-person.ts'

type Recording = z.output<typeof contract.recordPerson.body>

/**
 * Opens a person file: at a dwelling of the acting post's area, or with a community of it while the address is not settled (待落址). Whoever
 * has moved out elsewhere has a file already; it goes on here.
 */
export async function recordPerson(ctx: Ctx, deps: RegistryDeps, body: Recording): Promise<{ personId: string; seq: number }> {
  const { source, birth } = body
  const values = readValues({ ...(birth && { birthDate: birth.on }), ...body.values }, ctx.now)
  const family = birth && (await birthOf(ctx, birth))
  const home = body.home ?? family?.home
  if (home) await getAddress(ctx, home.addressId)
  const communityId = await findOwnCommunity(ctx, deps, body.communityCode, home !== undefined)
  const by = { source, actor: ctx.actor }
  const { personId, seq } = await ctx.as(systemActor, async (system) => {
    const holder = values.idNumber && (await findByIdentity(system, deps.vault, values.idNumber))
    if (holder) return { personId: holder.person_id, seq: await goOn(system, deps, holder, body, by) }
    const personId = newId(ctx.now.getTime())
    const person = await newPerson(system, deps.vault, personId)
    const changes: PersonChange[] = [{ change: 'recorded', data: { values: sealValues(deps.vault, person.key, values), communityId } }]
    if (home) changes.push({ change: 'movedIn', data: home })
    if (family) changes.push(...family.changes)
    return { personId, seq: (await append(system, deps.vault, person, changes, by)).seq }
  })
  ctx.audit({ action: 'registry.record', subjectKind: 'person', subjectId: personId, detail: { fields: Object.keys(values) } })
  ctx.emit('person.recorded', { personId })
  return { personId, seq }
}

/** A child is at home with the parent and of the parent's household from its first day. */
async function birthOf(ctx: Ctx, { parentId, on }: NonNullable<Recording['birth']>) {
  await checkSeesPerson(ctx, parentId)
  const { state, bornIn } = await ctx.as(systemActor, async (system) => ({
    state: foldPerson(await loadEntries(system, parentId)),
    bornIn: (
      await system.find(sql<{ birth_year: number | null }>`SELECT birth_year FROM registry.person WHERE person_id = ${parentId}::uuid`)
    )?.birth_year,
  }))
  const refuse = (message: string) => RegistryError('data_invalid', { fields: [{ path: 'birth.parentId', message }] })
  if (state.status !== 'here') throw refuse('这位家长现在不在这里居住')
  if (bornIn && bornIn >= Number(on.slice(0, 4))) throw refuse('这位家长没有比孩子早出生，请核对是谁的孩子')
  const { addressId } = state
  const membership = state.memberships.find((one) => one.to === null)
  const isOfHead = membership?.role === 'head' || membership?.role === 'spouse'
  const role = isOfHead ? 'child' : membership?.role === 'child' ? 'grandchild' : 'other'
  const changes: PersonChange[] = [
    { change: 'born', data: { on, parentId } },
    { change: 'related', data: { relationId: newId(), otherId: parentId, kind: 'parent', from: on } },
    ...(membership && addressId
      ? [{ change: 'joinedHousehold' as const, data: { householdId: membership.householdId, addressId, role, on } as const }]
      : []),
  ]
  return { changes, home: addressId ? { addressId, residence: 'family' as const, on } : undefined }
}

/** Takes up the file of somebody who moved out elsewhere; who is said to be at home there, or bears another name, is not taken from there. */
async function goOn(
  system: Ctx,
  { vault }: RegistryDeps,
  { person_id, status }: { person_id: string; status: string },
  { values: { name }, home }: Recording,
  by: Parameters<typeof append>[4],
): Promise<number> {
  if (status !== 'away' || !home) throw personExists()
  const person = await openPerson(system, vault, person_id)
  const { key, state } = person
  if (!key || !state.values.name || openText(vault, key, state.values.name.sealed) !== name) throw personExists()
  const { seq } = await append(system, vault, person, [{ change: 'movedIn', data: home }], by)
  return seq
}

/** The community that a file belongs to while no address says so. A grid worker's file without an address would be out of his own sight. */
async function findOwnCommunity(ctx: Ctx, deps: RegistryDeps, code: string, hasHome: boolean): Promise<string> {
  const area = await deps.findArea(ctx, code)
  const refuse = (refusal: 'area_unknown' | 'area_forbidden', message: string) =>
    AccountError(refusal, { detail: message, fields: [{ path: 'communityCode', message }] })
  if (!area?.communityId) throw refuse('area_unknown', '没有这个社区（村）')
  const { areaPath, reach } = ctx.actor
  const community = area.level === 'community' ? area : await deps.findArea(ctx, area.communityId)
  const isOwn = reach === 'cell' ? hasHome : community?.areaPath.startsWith(areaPath ?? '-')
  if (!isOwn) throw refuse('area_forbidden', reach === 'cell' ? '网格员登记居民要先选好住址' : '这个社区不归本岗位管')
  return area.communityId
}
