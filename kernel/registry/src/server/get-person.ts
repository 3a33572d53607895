import { newId } from '@linli/base/define'
import { type Ctx, sql, systemActor } from '@linli/base/server'
import type { PersonFile } from '../contract/person.ts'
import { findCareGroup } from '../define/care-groups.ts'
import { foldPerson, type PersonState } from '../define/fold-person.ts'
import { type PersonField, personFieldKeys, personFields } from '../define/person-fields.ts'
import { stateOf } from './bind-family.ts'
import { checkSeesPerson } from './change-person.ts'
import { loadEntries } from './person-store.ts'

interface FileRow {
  masked: Partial<Record<PersonField, string>>
  address_id: string | null
  place: string | null
  community_id: string
  community: string
}

interface ContactRow {
  id: string
  masked: { name?: string; phone?: string }
}

/** A person file (居民服务档案), masked. That somebody opened it is written where the person can read it. */
export async function getPerson(ctx: Ctx, personId: string): Promise<PersonFile> {
  await checkSeesPerson(ctx, personId)
  const row = await ctx.get(sql<FileRow>`
    SELECT p.masked, p.address_id, a.full_name AS place, p.community_id, c.name AS community
    FROM registry.person p JOIN access.area c ON c.area_id = p.community_id LEFT JOIN registry.address a USING (address_id)
    WHERE p.person_id = ${personId}`)
  const contacts = await ctx.rows(sql<ContactRow>`
    SELECT contact_id AS id, masked FROM registry.contact WHERE person_id = ${personId}
    UNION ALL SELECT proxy_id, masked FROM registry.family_proxy WHERE person_id = ${personId}`)
  const state = await ctx.as(systemActor, async (system) => {
    await noteView(system, ctx, personId, { kind: 'profile', reason: null, fields: [] })
    return foldPerson(await loadEntries(system, personId))
  })
  ctx.audit({ action: 'registry.read', subjectKind: 'person', subjectId: personId })
  return fileOf(personId, state, row, new Map(contacts.map(({ id, masked }) => [id, masked])), ctx.now)
}

function fileOf(
  personId: string,
  state: PersonState,
  row: FileRow,
  called: ReadonlyMap<string, ContactRow['masked']>,
  now: Date,
): PersonFile {
  return {
    personId,
    seq: state.seq,
    status: state.status,
    values: personFieldKeys.flatMap((field) => {
      const held = state.values[field]
      if (!held) return []
      return [{ field, name: personFields[field].name, masked: row.masked[field] ?? null, source: held.source, at: held.at.toISOString() }]
    }),
    home: row.address_id && row.place ? { addressId: row.address_id, place: row.place, residence: state.residence } : null,
    community: { areaId: row.community_id, name: row.community },
    careGroups: state.tags.map(({ tagId, careGroup, basis, from, to }) => ({
      tagId,
      key: careGroup,
      name: findCareGroup(careGroup)?.name ?? careGroup,
      because: findCareGroup(careGroup)?.because ?? '',
      basis,
      from,
      to,
    })),
    contacts: state.contacts
      .map(({ contactId, kind, relation, rank, from, to }) => {
        const { name = '', phone = '' } = called.get(contactId) ?? {}
        return { contactId, kind, relation, rank, name, phone, from, to }
      })
      .sort((a, b) => a.rank - b.rank),
    consents: state.consents.map(({ givenAt, withdrawnAt, ...consent }) => ({
      ...consent,
      givenAt: givenAt.toISOString(),
      withdrawnAt: withdrawnAt?.toISOString() ?? null,
    })),
    proxies: state.proxies.map((proxy) => {
      const { proxyId, relation, scope, from, to, named, accepted, ended } = proxy
      const { name = '', phone = '' } = called.get(proxyId) ?? {}
      const at = <Dated extends { at: Date }>(dated: Dated) => ({ ...dated, at: dated.at.toISOString() })
      return {
        ...{ proxyId, relation, scope, name, phone, from, to, state: stateOf(proxy, now) },
        ...{ named: at(named), accepted: accepted && at(accepted), ended: ended && at(ended) },
      }
    }),
    recordedAt: state.recordedAt.toISOString(),
    changedAt: state.changedAt.toISOString(),
  }
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
    INSERT INTO registry.person_view (view_id, person_id, account_id, org_id, by_name, kind, reason, fields, viewed_at)
    VALUES (${newId(now.getTime())}, ${personId}, ${actor.accountId}, ${actor.orgId}, ${byName}, ${kind}, ${reason}, ${fields}, ${now})`)
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

/** What changed when, by whom and from which source: names of fields, never their values. */
export async function listPersonEntries(ctx: Ctx, personId: string) {
  await checkSeesPerson(ctx, personId)
  const rows = await ctx.as(systemActor, (system) =>
    system.rows(sql<HistoryRow>`
      SELECT e.seq, e.change, e.data -> 'values' AS values, e.source, e.made_at, o.name AS by
      FROM registry.person_entry e LEFT JOIN access.organization o USING (org_id) WHERE e.person_id = ${personId} ORDER BY e.seq DESC`),
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
