import { newId } from '@linli/base/define'
import { BaseError, type Ctx, sql, systemActor, type Vault } from '@linli/base/server'
import type { VisitSaid } from '../../contract/visit.ts'
import { findCareGroup, usualViewers } from '../../define/care-groups.ts'
import { foldPerson } from '../../define/fold-person.ts'
import { healthNotePurpose } from '../../define/health-note.ts'
import type { PersonChange } from '../../define/person-change.ts'
import { maskField, type PersonField, type PersonValues, personFields } from '../../define/person-fields.ts'
import type { PersonState } from '../../define/person-state.ts'
import { checkSeesPerson } from '../change-person.ts'
import type { RegistryDeps } from '../deps.ts'
import { RegistryError } from '../errors.ts'
import { agreesToNote } from '../note-health.ts'
import type { OpenPerson } from '../open-person.ts'
import { findByIdentity } from '../person-identity.ts'
import { append, openPerson } from '../person-store.ts'
import { readValues } from '../read-values.ts'
import { isMinorFile, openText, sealText, sealValues } from '../seal-person.ts'

/** What writing a visit needs. */
export type VisitDeps = Pick<RegistryDeps, 'vault' | 'adoptFiles'>

type File = OpenPerson & { key: Buffer }
type Why = 'owned' | 'changed' | 'taken'

interface Recorded {
  visitId: string
  personId: string
  seq: number
  toLookAt: PersonField[]
}

/**
 * Writes a visit, what it changes in the file and what somebody has to look at in one go. Nothing that was changed since the visitor took the file
 * along is overwritten, and nothing that another source owns: both values stay, the found one as a correction. The same visit of the same
 * account is written once, however late it is sent again.
 */
export async function recordVisit(ctx: Ctx, deps: VisitDeps, personId: string, said: VisitSaid): Promise<Recorded> {
  await checkSeesPerson(ctx, personId)
  checkSaid(said)
  const values = readValues(said.values, ctx.now)
  const recorded = await ctx.as(systemActor, async (system) => {
    const person = await openPerson(system, deps.vault, personId)
    const before = await findRecorded(system, ctx, said.requestId)
    if (before?.personId === personId) return before
    if (before) throw BaseError('request_reused')
    const { key } = person
    if (!key) throw RegistryError('person_unknown')
    return write(system, ctx, deps, { ...person, key }, said, values)
  })
  ctx.audit({
    action: 'registry.visit',
    subjectKind: 'person',
    subjectId: personId,
    detail: { visitId: recorded.visitId, met: said.met, result: said.result, fields: Object.keys(values), toLookAt: recorded.toLookAt },
  })
  ctx.emit('person.visited', { personId, visitId: recorded.visitId })
  return recorded
}

const invalid = (path: string, message: string) => RegistryError('data_invalid', { detail: message, fields: [{ path, message }] })

function checkSaid({ met, result, values, tags }: VisitSaid): void {
  if ((met === 'nobody') !== (result === 'notMet')) throw invalid('result', '没见到人就选“没见到”，见到了就选情况')
  if (met === 'nobody' && (Object.keys(values).length > 0 || tags.length > 0)) throw invalid('met', '没见到人，信息不能改')
  for (const [at, { careGroup }] of tags.entries()) if (!findCareGroup(careGroup)) throw invalid(`tags.${at}.careGroup`, '没有这个关爱类别')
}

async function findRecorded(system: Ctx, { actor }: Ctx, requestId: string): Promise<Recorded | undefined> {
  return system.find(sql<Recorded>`
    SELECT v.visit_id AS "visitId", v.person_id AS "personId", v.file_seq AS seq,
      ARRAY(SELECT c.field FROM registry.correction c WHERE c.visit_id = v.visit_id ORDER BY c.field) AS "toLookAt"
    FROM registry.visit v WHERE v.account_id = ${actor.accountId} AND v.request_id = ${requestId}`)
}

async function write(system: Ctx, ctx: Ctx, deps: VisitDeps, person: File, said: VisitSaid, values: PersonValues): Promise<Recorded> {
  const { personId, state, entries, key } = person
  if (said.seenSeq > state.seq) throw invalid('seenSeq', '这份档案没有这么多次变更')
  const { taken, toLookAt } = await sort(system, deps, person, foldPerson(entries.slice(0, said.seenSeq)), values)
  const tags = newTags(state, said, ctx.now)
  const corrected: PersonChange[] =
    Object.keys(taken).length > 0 ? [{ change: 'corrected', data: { values: sealValues(deps.vault, key, taken) } }] : []
  const changes = [...agreed(state, said), ...corrected, ...tags]
  const { seq } = changes.length > 0 ? await append(system, deps.vault, person, changes, { source: 'visit', actor: ctx.actor }) : state
  const visitId = newId(ctx.now.getTime())
  const attachments = await adopt(system, ctx, deps, personId, visitId, said.attachments)
  const { madeAt, isClockOff } = instantOf(said.madeAt, ctx.now)
  const { accountId, postId, orgId, displayName } = ctx.actor
  await system.run(sql`
    INSERT INTO registry.visit (visit_id, person_id, request_id, account_id, post_id, org_id, by_name, address_id, made_at, received_at, is_clock_off, met, result,
      note, fields, care_groups, attachments, file_seq)
    VALUES (${visitId}, ${personId}, ${said.requestId}, ${accountId}, ${postId}, ${orgId}, ${displayName ?? ''},
      ${state.addressId}::uuid, ${madeAt}, ${ctx.now}, ${isClockOff}, ${said.met}, ${said.result},
      ${said.note ? sealText(deps.vault, key, said.note) : null}, ${Object.keys(taken)}, ${tags.map(({ data }) => data.careGroup)}, ${attachments}::uuid[], ${seq})`)
  await raise(system, deps, person, visitId, toLookAt)
  return { visitId, personId, seq, toLookAt: toLookAt.map(({ field }) => field).sort() }
}

/** A note for first aid comes with the person's agreement to it, given at the door or before. */
function agreed(state: PersonState, { values, healthAgreed }: VisitSaid): PersonChange[] {
  if (!values.healthNote || agreesToNote(state)) return []
  if (!healthAgreed) throw invalid('healthAgreed', '急救提示要本人同意才能记')
  const data = { consentId: newId(), purpose: healthNotePurpose, textVersion: healthAgreed, channel: 'visit' }
  return [{ change: 'consented', data }]
}

interface Found {
  field: PersonField
  value: string
  why: Why
}

/** Which values the file takes, and which somebody has to look at. What the file says already is neither. */
async function sort(
  system: Ctx,
  { vault }: VisitDeps,
  { personId, state, key }: File,
  seen: PersonState,
  values: PersonValues,
): Promise<{ taken: PersonValues; toLookAt: Found[] }> {
  const taken: PersonValues = {}
  const toLookAt: Found[] = []
  for (const [field, value] of Object.entries(values) as [PersonField, string][]) {
    const held = state.values[field]
    if (held && openText(vault, key, held.sealed) === value) continue
    const why =
      whyNot(field, state, seen) ?? (field === 'idNumber' && (await isOfAnother(system, vault, personId, value)) ? 'taken' : undefined)
    if (why) toLookAt.push({ field, value, why })
    else taken[field] = value
  }
  return { taken, toLookAt }
}

async function isOfAnother(system: Ctx, vault: Vault, personId: string, idNumber: string): Promise<boolean> {
  const holder = await findByIdentity(system, vault, idNumber)
  return holder !== undefined && holder.person_id !== personId
}

function whyNot(field: PersonField, state: PersonState, seen: PersonState): Why | undefined {
  const held = state.values[field]
  if (personFields[field].owner === 'police' && held?.source === 'policeFile') return 'owned'
  return held?.sealed === seen.values[field]?.sealed ? undefined : 'changed'
}

/** A group that the person is in already needs no second tag: the office may have been first. */
function newTags(state: PersonState, { tags }: VisitSaid, now: Date): Extract<PersonChange, { change: 'tagged' }>[] {
  const from = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(now)
  const current = new Set(state.tags.filter(({ to }) => to === null).map(({ careGroup }) => careGroup))
  return tags.flatMap(({ careGroup, basis }) => {
    if (current.has(careGroup)) return []
    current.add(careGroup)
    return [{ change: 'tagged' as const, data: { tagId: newId(), careGroup, basis, from, viewers: usualViewers(careGroup) } }]
  })
}

const dayMs = 86_400_000

/** A clock that runs a little ahead is every phone's; a day ahead or two months behind is none to go by. */
function instantOf(said: string, now: Date): { madeAt: Date; isClockOff: boolean } {
  const at = Date.parse(said)
  const isClockOff = at > now.getTime() + dayMs || at < now.getTime() - 60 * dayMs
  return { madeAt: isClockOff ? now : new Date(Math.min(at, now.getTime())), isClockOff }
}

async function adopt(
  system: Ctx,
  ctx: Ctx,
  deps: VisitDeps,
  personId: string,
  visitId: string,
  wanted: readonly string[] = [],
): Promise<string[]> {
  const fileIds = [...new Set(wanted)]
  if (fileIds.length === 0) return []
  const { area_path: areaPath } = await system.get(
    sql<{ area_path: string }>`SELECT area_path FROM registry.person WHERE person_id = ${personId}`,
  )
  if (await deps.adoptFiles(system, { fileIds, ownerKind: 'visit', ownerId: visitId, areaPath }, ctx.actor)) return fileIds
  throw RegistryError('attachment_unknown', { fields: [{ path: 'attachments', message: '请重新上传' }] })
}

async function raise(
  system: Ctx,
  { vault }: VisitDeps,
  { personId, key, state }: File,
  visitId: string,
  found: readonly Found[],
): Promise<void> {
  const ofMinor = isMinorFile(vault, key, state, system.now)
  for (const { field, value, why } of found)
    await system.run(sql`
      INSERT INTO registry.correction (correction_id, person_id, visit_id, field, why, sealed, masked, raised_at)
      VALUES (${newId()}, ${personId}, ${visitId}, ${field}, ${why}, ${sealText(vault, key, value)}, ${maskField(field, value, ofMinor)}, ${system.now})`)
}
