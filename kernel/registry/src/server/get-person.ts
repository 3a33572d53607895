import { newId } from '@linli/base/define'
import { type Ctx, sql, systemActor } from '@linli/base/server'
import type { PersonFile } from '../contract/person.ts'
import { foldPerson } from '../define/fold-person.ts'
import type { PersonState } from '../define/person-state.ts'
import { checkSeesPerson } from './change-person.ts'
import { correctionsOf } from './corrections.ts'
import type { RegistryDeps } from './deps.ts'
import { erasureOf } from './erasures.ts'
import { lookAround } from './look-around.ts'
import { type ContactRow, type FileRow, fileOf } from './person-file.ts'
import { loadEntries } from './person-store.ts'
import { type ProfileSubject, readSections } from './profile-sections.ts'

/**
 * A person file (居民服务档案), masked, with the sections of other engines. That somebody opened it is written where the person can read it;
 * the trail names the sections as well.
 */
export async function getPerson(ctx: Ctx, deps: Pick<RegistryDeps, 'vault' | 'sections'>, personId: string): Promise<PersonFile> {
  await checkSeesPerson(ctx, personId)
  const row = await ctx.get(sql<FileRow>`
    SELECT p.status, p.masked, p.address_id, a.full_name AS place, p.community_id, c.name AS community
    FROM registry.person p JOIN access.area c ON c.area_id = p.community_id LEFT JOIN registry.address a USING (address_id)
    WHERE p.person_id = ${personId}`)
  const contacts = await ctx.rows(sql<ContactRow>`
    SELECT contact_id AS id, masked FROM registry.contact WHERE person_id = ${personId}
    UNION ALL SELECT proxy_id, masked FROM registry.family_proxy WHERE person_id = ${personId}`)
  const state = await ctx.as(systemActor, async (system) => {
    await noteView(system, ctx, personId, { kind: 'profile', reason: null, fields: [] })
    return foldPerson(await loadEntries(system, personId))
  })
  const sections = row.status === 'erased' ? [] : await readSections(ctx, deps.sections, subjectOf(personId, state))
  const opened = sections.map(({ key }) => key)
  ctx.audit({
    action: 'registry.read',
    subjectKind: 'person',
    subjectId: personId,
    ...(opened.length > 0 && { detail: { sections: opened } }),
  })
  const around = await lookAround(ctx, personId, state)
  const corrections = await correctionsOf(ctx, deps.vault, personId)
  const erasure = await erasureOf(ctx, deps, personId)
  return fileOf({
    personId,
    state,
    row,
    called: new Map(contacts.map(({ id, masked }) => [id, masked])),
    around,
    corrections,
    sections,
    erasure,
    reach: ctx.actor.reach,
    now: ctx.now,
  })
}

/** A file that took others over is asked for under their ids too; what happened at home before the person moved in is of others. */
function subjectOf(personId: string, { absorbed, addressId, stays }: PersonState): ProfileSubject {
  const stay = stays.find((one) => one.addressId === addressId && one.to === null)
  return { personIds: [personId, ...absorbed.keys()], home: stay ? { addressId: stay.addressId, since: stay.from } : null }
}

export interface View {
  kind: 'profile' | 'reveal'
  reason: string | null
  fields: readonly string[]
}

/** Officials are surname and role to the person: 陈工作人员. As system, in the name of whoever asked. */
export async function noteView(system: Ctx, { actor, now }: Ctx, personId: string, { kind, reason, fields }: View): Promise<void> {
  const byName = `${Array.from(actor.displayName ?? '')[0] ?? ''}工作人员`
  await system.run(sql`
    INSERT INTO registry.person_view (view_id, person_id, account_id, post_id, org_id, by_name, kind, reason, fields, viewed_at)
    VALUES (${newId(now.getTime())}, ${personId}, ${actor.accountId}, ${actor.postId}, ${actor.orgId}, ${byName}, ${kind}, ${reason}, ${fields}, ${now})`)
}

interface ViewRow {
  by_name: string
  kind: View['kind']
  reason: string | null
  fields: string[]
  viewed_at: Date
}

/** Who opened the file or looked at values in clear, latest first. */
export async function listPersonViews(ctx: Ctx, personId: string) {
  await checkSeesPerson(ctx, personId)
  const rows = await ctx.rows(sql<ViewRow>`
    SELECT by_name, kind, reason, fields, viewed_at FROM registry.person_view WHERE person_id = ${personId} ORDER BY viewed_at DESC, view_id DESC LIMIT 200`)
  return rows.map(({ by_name, kind, reason, fields, viewed_at }) => ({ by: by_name, kind, reason, fields, at: viewed_at.toISOString() }))
}

interface HistoryRow {
  seq: number
  change: string
  values: Record<string, unknown> | null
  source: PersonFile['values'][number]['source']
  made_at: Date
  by: string | null
}

/** What changed when, by whom and from which source: names of fields, never their values; nothing of labels that the reader does not see. */
export async function listPersonEntries(ctx: Ctx, personId: string) {
  await checkSeesPerson(ctx, personId)
  const seen = await seenTagIds(ctx, personId)
  const rows = await ctx.as(systemActor, (system) =>
    system.rows(sql<HistoryRow>`
      SELECT e.seq, e.change, e.data -> 'values' AS values, e.source, e.made_at, o.name AS by
      FROM registry.person_entry e LEFT JOIN access.organization o USING (org_id)
      WHERE e.person_id = ${personId} AND (e.change NOT IN ('tagged', 'untagged', 'viewersSet')
        OR (e.data ->> 'tagId')::uuid = ANY (${seen}::uuid[])) ORDER BY e.seq DESC`),
  )
  return rows.map(({ seq, change, values, source, made_at, by }) => ({
    seq,
    change,
    fields: Object.keys(values ?? {}),
    source,
    madeAt: made_at.toISOString(),
    by,
  }))
}

async function seenTagIds(ctx: Ctx, personId: string): Promise<string[]> {
  const rows = await ctx.rows(sql<{ tag_id: string }>`SELECT tag_id FROM registry.care_tag WHERE person_id = ${personId}`)
  return rows.map(({ tag_id }) => tag_id)
}
