import { areaKeys, insertInto, levelColumns, newUuid, now, type TableRow, type TableRows } from './table-rows.ts'
import { type AreaKey, areas, idOf } from './world.ts'

type Values = Parameters<typeof insertInto>[1]

/** People belong to a community at least; dwellings lie in a cell. */
const communities = areaKeys.filter((key) => areas[key].above.community)
const cells = areaKeys.filter((key) => areas[key].level === 'cell')

const personIdOf = (key: AreaKey) => idOf('person', key)
const since = '2026-01-01'

const address = (key: AreaKey, id: Values[string]) =>
  insertInto('registry.address', {
    address_id: id,
    parent_id: null,
    building_id: idOf('building', key),
    kind: 'building',
    name: typeof id === 'string' ? id : 'other',
    full_name: '3号楼',
    ...levelColumns(key),
    made_at: now,
  })

const person = (key: AreaKey, id: Values[string]) =>
  insertInto('registry.person', {
    person_id: id,
    key_id: newUuid,
    seq: 1,
    status: 'here',
    masked: '{}',
    tokens: '{}',
    ...levelColumns(key),
    recorded_at: now,
    changed_at: now,
  })

const entry = (key: AreaKey, seq: number) =>
  insertInto('registry.person_entry', { person_id: personIdOf(key), seq, change: 'recorded', data: '{}', source: 'visit', made_at: now })

const tag = (key: AreaKey, id: Values[string], viewers = '{cell,community,township,county}') =>
  insertInto('registry.care_tag', {
    tag_id: id,
    person_id: personIdOf(key),
    care_group: 'elder.lives-alone',
    basis: '走访',
    viewers,
    valid_from: since,
  })

const contact = (key: AreaKey, id: Values[string]) =>
  insertInto('registry.contact', {
    contact_id: id,
    person_id: personIdOf(key),
    kind: 'emergency',
    relation: '女儿',
    rank: 1,
    masked: '{}',
    valid_from: since,
  })

const consent = (key: AreaKey, id: Values[string], purpose: string) =>
  insertInto('registry.consent', {
    consent_id: id,
    person_id: personIdOf(key),
    purpose,
    text_version: '1',
    channel: 'paper',
    given_at: now,
  })

const proxy = (key: AreaKey, id: Values[string]) =>
  insertInto('registry.family_proxy', {
    proxy_id: id,
    person_id: personIdOf(key),
    relation: '女儿',
    scope: '{alarms}',
    masked: '{}',
    valid_from: since,
    named_at: now,
  })

const stay = (key: AreaKey, seq: number) =>
  insertInto('registry.residence', {
    person_id: personIdOf(key),
    seq,
    address_id: idOf('address', key),
    residence: 'owner',
    source: 'visit',
    valid_from: since,
  })

const alias = (key: AreaKey, id: Values[string], name: string) =>
  insertInto('registry.address_alias', {
    alias_id: id,
    address_id: idOf('address', key),
    name,
    made_at: now,
    made_by: idOf('namer', key),
  })

const household = (key: AreaKey, id: Values[string]) =>
  insertInto('registry.household', { household_id: id, address_id: idOf('address', key) })

const member = (key: AreaKey, seq: number) =>
  insertInto('registry.household_member', {
    household_id: idOf('household', key),
    person_id: personIdOf(key),
    seq,
    role: 'head',
    source: 'visit',
    valid_from: since,
  })

const relation = (key: AreaKey, id: Values[string]) =>
  insertInto('registry.relation', {
    relation_id: id,
    person_id: personIdOf(key),
    other_id: personIdOf(key),
    kind: 'child',
    source: 'visit',
    valid_from: since,
  })

const view = (key: AreaKey, id: Values[string]) =>
  insertInto('registry.person_view', {
    view_id: id,
    person_id: personIdOf(key),
    account_id: idOf('account', 'stranger'),
    by_name: '王工作人员',
    kind: 'profile',
    viewed_at: now,
  })

const visit = (key: AreaKey, id: Values[string], request: string | Values[string]) =>
  insertInto('registry.visit', {
    visit_id: id,
    person_id: personIdOf(key),
    request_id: request,
    account_id: idOf('account', 'stranger'),
    by_name: '王秀英',
    made_at: now,
    received_at: now,
    is_clock_off: false,
    met: 'person',
    result: 'well',
    fields: '{}',
    care_groups: '{}',
    attachments: '{}',
    file_seq: 1,
  })

const correction = (key: AreaKey, id: Values[string], field: string) =>
  insertInto('registry.correction', {
    correction_id: id,
    person_id: personIdOf(key),
    visit_id: idOf('visit', key),
    field,
    why: 'changed',
    sealed: 'x',
    raised_at: now,
  })

const minor = (key: AreaKey) => insertInto('registry.minor', { person_id: personIdOf(key), of_age_on: '2040-01-01', name: '赵*乐' })

/** Decided on, for one request of a file waits at a time. */
const erasure = (key: AreaKey, id: Values[string]) =>
  insertInto('registry.erasure', {
    erasure_id: id,
    person_id: personIdOf(key),
    ground: 'asked',
    reason: 'x',
    asked_at: now,
    asked_by: idOf('asker', key),
    asked_name: '王燕',
    decided_at: now,
    decided_by: idOf('decider', key),
    decided_name: '李强',
    outcome: 'kept',
  })

const at = (keys: readonly AreaKey[], make: (key: AreaKey) => Omit<TableRow, 'facts'>): TableRow[] =>
  keys.map((area) => ({ facts: { area }, ...make(area) }))

/** In the order in which they can be seeded. */
export const registryRows: Record<string, TableRows> = {
  'registry.address': {
    set: "full_name = 'x'",
    rows: at(cells, (key) => ({
      key: `address_id = '${idOf('address', key)}'`,
      seed: address(key, idOf('address', key)),
      insert: () => address(key, newUuid),
    })),
  },
  'registry.person': {
    set: "status = 'away'",
    rows: at(communities, (key) => ({
      key: `person_id = '${personIdOf(key)}'`,
      seed: person(key, personIdOf(key)),
      insert: () => person(key, newUuid),
    })),
  },
  'registry.person_entry': {
    set: "source = 'counter'",
    rows: at(communities, (key) => ({
      key: `person_id = '${personIdOf(key)}' AND seq = 1`,
      seed: entry(key, 1),
      insert: () => entry(key, 2),
    })),
  },
  'registry.care_tag': {
    set: 'valid_to = NULL',
    rows: [
      ...at(communities, (key) => ({
        key: `tag_id = '${idOf('tag', key)}'`,
        seed: tag(key, idOf('tag', key)),
        insert: () => tag(key, newUuid),
      })),
      // A label for the county alone, where nobody works with people: whose area it is does not help.
      ...communities.map((key) => ({
        facts: {},
        key: `tag_id = '${idOf('closed tag', key)}'`,
        seed: tag(key, idOf('closed tag', key), '{county}'),
        insert: () => tag(key, newUuid, '{county}'),
      })),
    ],
  },
  'registry.contact': {
    set: 'valid_to = NULL',
    rows: at(communities, (key) => ({
      key: `contact_id = '${idOf('contact', key)}'`,
      seed: contact(key, idOf('contact', key)),
      insert: () => contact(key, newUuid),
    })),
  },
  'registry.consent': {
    set: 'withdrawn_at = NULL',
    rows: at(communities, (key) => ({
      key: `consent_id = '${idOf('consent', key)}'`,
      seed: consent(key, idOf('consent', key), 'probe.seeded'),
      insert: () => consent(key, newUuid, 'probe.other'),
    })),
  },
  'registry.family_proxy': {
    set: 'valid_to = NULL',
    rows: at(communities, (key) => ({
      key: `proxy_id = '${idOf('proxy', key)}'`,
      seed: proxy(key, idOf('proxy', key)),
      insert: () => proxy(key, newUuid),
    })),
  },
  'registry.residence': {
    set: 'valid_to = NULL',
    rows: at(cells, (key) => ({
      key: `person_id = '${personIdOf(key)}' AND seq = 1`,
      seed: stay(key, 1),
      insert: () => stay(key, 2),
    })),
  },
  'registry.address_alias': {
    set: "name = '蓝砖楼'",
    rows: at(cells, (key) => ({
      key: `alias_id = '${idOf('alias', key)}'`,
      seed: alias(key, idOf('alias', key), '红砖楼'),
      insert: () => alias(key, newUuid, '裁缝铺'),
    })),
  },
  'registry.household': {
    set: 'address_id = address_id',
    rows: at(cells, (key) => ({
      key: `household_id = '${idOf('household', key)}'`,
      seed: household(key, idOf('household', key)),
      insert: () => household(key, newUuid),
    })),
  },
  'registry.household_member': {
    set: 'valid_to = NULL',
    rows: at(cells, (key) => ({
      key: `person_id = '${personIdOf(key)}' AND seq = 1`,
      seed: member(key, 1),
      insert: () => member(key, 2),
    })),
  },
  'registry.relation': {
    set: 'valid_to = NULL',
    rows: at(communities, (key) => ({
      key: `relation_id = '${idOf('relation', key)}'`,
      seed: relation(key, idOf('relation', key)),
      insert: () => relation(key, newUuid),
    })),
  },
  'registry.person_view': {
    set: "reason = 'x'",
    rows: at(communities, (key) => ({
      key: `view_id = '${idOf('person view', key)}'`,
      seed: view(key, idOf('person view', key)),
      insert: () => view(key, newUuid),
    })),
  },
  'registry.visit': {
    set: "result = 'help'",
    rows: at(communities, (key) => ({
      key: `visit_id = '${idOf('visit', key)}'`,
      seed: visit(key, idOf('visit', key), idOf('visit request', key)),
      insert: () => visit(key, newUuid, newUuid),
    })),
  },
  'registry.minor': {
    set: "name = '赵*'",
    // One row a person: whoever lives in the first community is not one yet.
    rows: at(communities.slice(1), (key) => ({
      key: `person_id = '${personIdOf(key)}'`,
      seed: minor(key),
      insert: () => minor(communities[0]!),
    })),
  },
  'registry.erasure': {
    set: "ground = 'ended'",
    rows: at(communities, (key) => ({
      key: `erasure_id = '${idOf('erasure', key)}'`,
      seed: erasure(key, idOf('erasure', key)),
      insert: () => erasure(key, newUuid),
    })),
  },
  'registry.correction': {
    set: "outcome = 'kept', settled_at = raised_at",
    rows: at(communities, (key) => ({
      key: `correction_id = '${idOf('correction', key)}'`,
      seed: correction(key, idOf('correction', key), 'phone'),
      insert: () => correction(key, newUuid, 'name'),
    })),
  },
}
