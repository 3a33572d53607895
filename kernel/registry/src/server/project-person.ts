import { dayOf, formatDay, maskName } from '@linli/base/define'
import { type Ctx, sql, type Vault } from '@linli/base/server'
import { setAside } from '../define/fold-merge.ts'
import { comesOfAgeOn, isMinor, maskPerson, type PersonValues } from '../define/person-fields.ts'
import type { OpenPerson } from './open-person.ts'
import { projectHomes } from './project-homes.ts'
import { hashProxyPhone, maskContact, openText, openValues } from './seal-person.ts'
import { tokensOf } from './search-tokens.ts'

type Projected = Omit<OpenPerson, 'entries'>
type Opened = Projected & { values: PersonValues }

/** Of a file that is erased or went into another one nothing is shown, and nothing finds it. */
const valuesOf = (vault: Vault, { key, state, said }: Projected): PersonValues =>
  key && !setAside(state).merged ? (said ?? openValues(vault, key, setAside(state).values)) : {}

/** Writes the projections of files from their states and the day alone: made again, they are the same. As system. */
export async function project(system: Ctx, vault: Vault, whole: readonly Projected[]): Promise<void> {
  const today = formatDay(dayOf(system.now.getTime()))
  const files = whole.map((file) => ({ ...file, state: setAside(file.state), values: valuesOf(vault, file) }))
  await system.run(sql`
    INSERT INTO registry.person (person_id, key_id, seq, status, masked, id_hash, tokens, birth_year, address_id, area_path, county_id,
      township_id, community_id, cell_id, recorded_at, changed_at, merged_into)
    SELECT p."personId", p."keyId", p.seq, p.status, p.masked, decode(p."idHash", 'hex'), ARRAY(SELECT jsonb_array_elements_text(p.tokens)::bigint),
      p."birthYear", p."addressId", place.area_path, place.county_id, place.township_id, place.community_id, place.cell_id, p."recordedAt", p."changedAt", p."mergedInto"
    FROM jsonb_to_recordset(${JSON.stringify(files.map((file) => personRow(vault, file, today)))}::jsonb)
      AS p("personId" uuid, "keyId" uuid, seq integer, status text, masked jsonb, "idHash" text, tokens jsonb, "birthYear" smallint, "addressId" uuid,
        "communityId" uuid, "recordedAt" timestamptz, "changedAt" timestamptz, "mergedInto" uuid)
      LEFT JOIN registry.address home ON home.address_id = p."addressId"
      JOIN access.area place ON place.area_id = coalesce(home.cell_id, p."communityId")
    ON CONFLICT (person_id) DO UPDATE SET seq = excluded.seq, status = excluded.status, masked = excluded.masked, id_hash = excluded.id_hash,
      tokens = excluded.tokens, birth_year = excluded.birth_year, address_id = excluded.address_id, area_path = excluded.area_path,
      county_id = excluded.county_id, township_id = excluded.township_id, community_id = excluded.community_id, cell_id = excluded.cell_id,
      changed_at = excluded.changed_at, merged_into = excluded.merged_into`)
  await projectMinors(system, files, today)
  await projectTags(system, files)
  await projectContacts(system, vault, files)
  await projectConsents(system, files)
  await projectProxies(system, vault, files)
  await projectHomes(system, files)
}

/** The cell of the address says where a file is seen; while there is none (待落址), its community does. */
function personRow(vault: Vault, { personId, keyId, key, state, values }: Opened, today: string): Record<string, unknown> {
  return {
    personId,
    keyId,
    seq: state.seq,
    status: state.merged ? 'merged' : key ? state.status : 'erased',
    masked: maskPerson(values, today),
    idHash: values.idNumber ? vault.keyedHash('registry.identity', values.idNumber).toString('hex') : null,
    tokens: tokensOf(vault, values),
    birthYear: values.birthDate ? Number(values.birthDate.slice(0, 4)) : null,
    addressId: state.addressId,
    communityId: state.communityId,
    recordedAt: state.recordedAt,
    changedAt: state.changedAt,
    mergedInto: state.merged?.keptId ?? null,
  }
}

/** Of minors the mask that holds once they are of age: names are opened by a key, and no nightly job has one. */
async function projectMinors(system: Ctx, files: readonly Opened[], today: string): Promise<void> {
  const minors = files.flatMap(({ personId, values: { name, birthDate } }) =>
    name && birthDate && isMinor(birthDate, today) ? [{ personId, name: maskName(name), ofAgeOn: comesOfAgeOn(birthDate) }] : [],
  )
  const known = new Set(minors.map(({ personId }) => personId))
  const others = files.filter(({ personId }) => !known.has(personId)).map(({ personId }) => personId)
  await system.run(sql`DELETE FROM registry.minor WHERE person_id = ANY (${others}::uuid[])`)
  if (minors.length === 0) return
  await system.run(sql`
    INSERT INTO registry.minor (person_id, of_age_on, name)
    SELECT m."personId", m."ofAgeOn", m.name FROM jsonb_to_recordset(${JSON.stringify(minors)}::jsonb) AS m("personId" uuid, "ofAgeOn" date, name text)
    ON CONFLICT (person_id) DO UPDATE SET of_age_on = excluded.of_age_on, name = excluded.name`)
}

/** Whoever has come of age by today is shown as adults are; daily, as system. Answers how many. */
export function unmaskOfAge(system: Ctx): Promise<number> {
  return system.run(sql`
    WITH grown AS (DELETE FROM registry.minor WHERE of_age_on <= ${formatDay(dayOf(system.now.getTime()))}::date RETURNING person_id, name)
    UPDATE registry.person p SET masked = p.masked || jsonb_build_object('name', grown.name) FROM grown WHERE grown.person_id = p.person_id`)
}

async function projectTags(system: Ctx, files: readonly Projected[]): Promise<void> {
  const tags = files.flatMap(({ personId, state }) => state.tags.map((tag) => ({ ...tag, personId })))
  if (tags.length === 0) return
  await system.run(sql`
    INSERT INTO registry.care_tag (tag_id, person_id, care_group, basis, viewers, valid_from, valid_to)
    SELECT t."tagId", t."personId", t."careGroup", t.basis, ARRAY(SELECT jsonb_array_elements_text(t.viewers)), t."from", t."to"
    FROM jsonb_to_recordset(${JSON.stringify(tags)}::jsonb)
      AS t("tagId" uuid, "personId" uuid, "careGroup" text, basis text, viewers jsonb, "from" date, "to" date)
    ON CONFLICT (tag_id) DO UPDATE SET valid_to = excluded.valid_to, viewers = excluded.viewers`)
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

async function projectProxies(system: Ctx, vault: Vault, files: readonly Projected[]): Promise<void> {
  const proxies = files.flatMap(({ personId, key, state }) =>
    state.proxies.map(({ name, phone, named, accepted, ended, ...rest }) => {
      const said = key && { name: openText(vault, key, name), phone: openText(vault, key, phone) }
      return {
        ...rest,
        personId,
        masked: said ? maskContact(said) : {},
        phoneHash: said ? hashProxyPhone(vault, said.phone).toString('hex') : null,
        namedAt: named.at,
        acceptedAt: accepted?.at ?? null,
        endedAt: ended?.at ?? null,
        endedBy: ended?.by ?? null,
      }
    }),
  )
  if (proxies.length === 0) return
  await system.run(sql`
    INSERT INTO registry.family_proxy (proxy_id, person_id, relation, scope, masked, phone_hash, valid_from, valid_to, named_at, accepted_at, ended_at, ended_by)
    SELECT p."proxyId", p."personId", p.relation, ARRAY(SELECT jsonb_array_elements_text(p.scope)), p.masked, decode(p."phoneHash", 'hex'), p."from", p."to",
      p."namedAt", p."acceptedAt", p."endedAt", p."endedBy"
    FROM jsonb_to_recordset(${JSON.stringify(proxies)}::jsonb)
      AS p("proxyId" uuid, "personId" uuid, relation text, scope jsonb, masked jsonb, "phoneHash" text, "from" date, "to" date, "namedAt" timestamptz,
        "acceptedAt" timestamptz, "endedAt" timestamptz, "endedBy" text)
    ON CONFLICT (proxy_id) DO UPDATE SET masked = excluded.masked, phone_hash = excluded.phone_hash, accepted_at = excluded.accepted_at,
      ended_at = excluded.ended_at, ended_by = excluded.ended_by`)
}
