import { type Ctx, createPersonKey, loadPersonKey, sql, type Vault } from '@linli/base/server'
import { foldPerson, type PersonChange, type PersonEntry, type PersonState, type Source } from '../define/fold-person.ts'
import { maskPerson, type PersonValues } from '../define/person-fields.ts'
import { maskContact, openText, openValues } from './seal-person.ts'
import { tokensOf } from './search-tokens.ts'

/** A person file as the platform works on it: its state, and what is in clear while its key is there. */
export interface OpenPerson {
  personId: string
  keyId: string
  /** Undefined when the person was erased. */
  key: Buffer | undefined
  entries: PersonEntry[]
  state: PersonState
}

interface EntryRow {
  seq: number
  change: PersonEntry['change']
  data: PersonEntry['data']
  source: Source
  made_at: Date
}

/** Loads a file for a change and keeps everybody else from changing it until the transaction ends. As system. */
export async function openPerson(system: Ctx, vault: Vault, personId: string): Promise<OpenPerson> {
  const { key_id: keyId } = await system.get(
    sql<{ key_id: string }>`SELECT key_id FROM registry.person WHERE person_id = ${personId} FOR UPDATE`,
  )
  const entries = await loadEntries(system, personId)
  return { personId, keyId, key: await loadPersonKey(system, vault, keyId), entries, state: foldPerson(entries) }
}

export async function loadEntries(system: Ctx, personId: string): Promise<PersonEntry[]> {
  const rows = await system.rows(
    sql<EntryRow>`SELECT seq, change, data, source, made_at FROM registry.person_entry WHERE person_id = ${personId} ORDER BY seq`,
  )
  return rows.map(({ seq, change, data, source, made_at }) => ({ seq, change, data, source, madeAt: made_at }) as PersonEntry)
}

/** A new file with a key of its own; its first entry follows with `append`. As system. */
export async function newPerson(system: Ctx, vault: Vault, personId: string): Promise<Omit<OpenPerson, 'state'> & { key: Buffer }> {
  const { keyId, key } = await createPersonKey(system, vault)
  return { personId, keyId, key, entries: [] }
}

/** A file and what happens to it. */
export interface PersonWork extends Omit<OpenPerson, 'state'> {
  changes: readonly PersonChange[]
}

/** Writes what happened to one file, in the name of whoever `by` is, and what lists need of it. As system. */
export async function append(
  system: Ctx,
  vault: Vault,
  person: Omit<OpenPerson, 'state'>,
  changes: readonly PersonChange[],
  by: { source: Source; actor: Ctx['actor'] },
): Promise<PersonState> {
  const [state] = await appendAll(system, vault, [{ ...person, changes }], by)
  return state!
}

/** The same for many files in a handful of statements, however many they are. As system. */
export async function appendAll(
  system: Ctx,
  vault: Vault,
  work: readonly PersonWork[],
  { source, actor }: { source: Source; actor: Ctx['actor'] },
): Promise<PersonState[]> {
  const added = work.map(({ entries, changes }) =>
    changes.map((change, at) => ({ ...change, seq: entries.length + 1 + at, madeAt: system.now, source }) as PersonEntry),
  )
  const states = work.map(({ entries }, at) => foldPerson([...entries, ...added[at]!]))
  await project(
    system,
    vault,
    work.map((person, at) => ({ ...person, state: states[at]! })),
  )
  const rows = work.flatMap(({ personId }, at) => added[at]!.map(({ seq, change, data }) => ({ personId, seq, change, data })))
  await system.run(sql`
    INSERT INTO registry.person_entry (person_id, seq, change, data, source, made_at, account_id, post_id, org_id)
    SELECT e."personId", e.seq, e.change, e.data, ${source}, ${system.now}::timestamptz, ${actor.accountId}::uuid, ${actor.postId}::uuid, ${actor.orgId}::uuid
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS e("personId" uuid, seq integer, change text, data jsonb)`)
  return states
}

/** Writes the projections of files from their states alone: made again, they are the same. As system. */
export async function project(system: Ctx, vault: Vault, files: readonly Omit<OpenPerson, 'entries'>[]): Promise<void> {
  await system.run(sql`
    INSERT INTO registry.person (person_id, key_id, seq, status, masked, id_hash, tokens, birth_year, address_id, area_path, county_id,
      township_id, community_id, cell_id, recorded_at, changed_at)
    SELECT p."personId", p."keyId", p.seq, p.status, p.masked, decode(p."idHash", 'hex'), ARRAY(SELECT jsonb_array_elements_text(p.tokens)::bigint),
      p."birthYear", p."addressId", place.area_path, place.county_id, place.township_id, place.community_id, place.cell_id, p."recordedAt", p."changedAt"
    FROM jsonb_to_recordset(${JSON.stringify(files.map((file) => personRow(vault, file)))}::jsonb)
      AS p("personId" uuid, "keyId" uuid, seq integer, status text, masked jsonb, "idHash" text, tokens jsonb, "birthYear" smallint, "addressId" uuid,
        "communityId" uuid, "recordedAt" timestamptz, "changedAt" timestamptz)
      LEFT JOIN registry.address home ON home.address_id = p."addressId"
      JOIN access.area place ON place.area_id = coalesce(home.cell_id, p."communityId")
    ON CONFLICT (person_id) DO UPDATE SET seq = excluded.seq, status = excluded.status, masked = excluded.masked, id_hash = excluded.id_hash,
      tokens = excluded.tokens, birth_year = excluded.birth_year, address_id = excluded.address_id, area_path = excluded.area_path,
      county_id = excluded.county_id, township_id = excluded.township_id, community_id = excluded.community_id, cell_id = excluded.cell_id,
      changed_at = excluded.changed_at`)
  await projectTags(system, files)
  await projectContacts(system, vault, files)
  await projectConsents(system, files)
}

type Projected = Omit<OpenPerson, 'entries'>

/** The cell of the address says where a file is seen; while there is none (待落址), its community does. */
function personRow(vault: Vault, { personId, keyId, key, state }: Projected): Record<string, unknown> {
  const values: PersonValues = key ? openValues(vault, key, state.values) : {}
  return {
    personId,
    keyId,
    seq: state.seq,
    status: state.status,
    masked: maskPerson(values),
    idHash: values.idNumber ? vault.keyedHash('registry.identity', values.idNumber).toString('hex') : null,
    tokens: tokensOf(vault, values),
    birthYear: values.birthDate ? Number(values.birthDate.slice(0, 4)) : null,
    addressId: state.addressId,
    communityId: state.communityId,
    recordedAt: state.recordedAt,
    changedAt: state.changedAt,
  }
}

async function projectTags(system: Ctx, files: readonly Projected[]): Promise<void> {
  const tags = files.flatMap(({ personId, state }) => state.tags.map((tag) => ({ ...tag, personId })))
  if (tags.length === 0) return
  await system.run(sql`
    INSERT INTO registry.care_tag (tag_id, person_id, care_group, basis, valid_from, valid_to)
    SELECT t."tagId", t."personId", t."careGroup", t.basis, t."from", t."to"
    FROM jsonb_to_recordset(${JSON.stringify(tags)}::jsonb)
      AS t("tagId" uuid, "personId" uuid, "careGroup" text, basis text, "from" date, "to" date)
    ON CONFLICT (tag_id) DO UPDATE SET valid_to = excluded.valid_to`)
}

async function projectContacts(system: Ctx, vault: Vault, files: readonly Projected[]): Promise<void> {
  const contacts = files.flatMap(({ personId, key, state }) =>
    state.contacts.map(({ name, phone, ...rest }) => ({
      ...rest,
      personId,
      masked: key ? maskContact({ name: openText(vault, key, name), phone: openText(vault, key, phone) }) : {},
    })),
  )
  if (contacts.length === 0) return
  await system.run(sql`
    INSERT INTO registry.contact (contact_id, person_id, kind, relation, rank, masked, valid_from, valid_to)
    SELECT c."contactId", c."personId", c.kind, c.relation, c.rank, c.masked, c."from", c."to"
    FROM jsonb_to_recordset(${JSON.stringify(contacts)}::jsonb)
      AS c("contactId" uuid, "personId" uuid, kind text, relation text, rank smallint, masked jsonb, "from" date, "to" date)
    ON CONFLICT (contact_id) DO UPDATE SET masked = excluded.masked, valid_to = excluded.valid_to`)
}

async function projectConsents(system: Ctx, files: readonly Projected[]): Promise<void> {
  const consents = files.flatMap(({ personId, state }) => state.consents.map((consent) => ({ ...consent, personId })))
  if (consents.length === 0) return
  await system.run(sql`
    INSERT INTO registry.consent (consent_id, person_id, purpose, text_version, channel, given_at, withdrawn_at)
    SELECT c."consentId", c."personId", c.purpose, c."textVersion", c.channel, c."givenAt", c."withdrawnAt"
    FROM jsonb_to_recordset(${JSON.stringify(consents)}::jsonb)
      AS c("consentId" uuid, "personId" uuid, purpose text, "textVersion" text, channel text, "givenAt" timestamptz, "withdrawnAt" timestamptz)
    ON CONFLICT (consent_id) DO UPDATE SET withdrawn_at = excluded.withdrawn_at`)
}
