import { baseRoles } from '@linli/access/define'
import { areaKeys, hash, insertInto, literal, newUuid, now, raw, type TableRow, type TableRows } from './table-rows.ts'
import { type AreaKey, areas, idOf, orgs, type Subject, staff } from './world.ts'

const since = '2026-01-01'
const newcomer = idOf('account', 'newcomer')
const cells = areaKeys.filter((key) => areas[key].level === 'cell')
const codeOf = (key: AreaKey) => `99${String(areas[key].shortId).padStart(4, '0')}`

function area(key: AreaKey, fresh?: boolean): string {
  const { areaId, shortId, parent, level, kind } = areas[key]
  const identity = fresh
    ? { area_id: newUuid, short_id: 1000 + shortId, code: `x${shortId}` }
    : { area_id: areaId, short_id: shortId, code: codeOf(key) }
  return insertInto('access.area', {
    ...identity,
    parent_id: parent && areas[parent].areaId,
    level,
    kind,
    name: key,
    valid_from: since,
  })
}

const building = (key: AreaKey, id: string) =>
  insertInto('access.building', {
    building_id: id,
    cell_id: areas[key].areaId,
    community_id: areas[key].areaId,
    name: id,
    lon: 128,
    lat: 46,
    area_path: '/',
  })

const organization = (id: string, kind: string, key: AreaKey) =>
  insertInto('access.organization', { org_id: id, kind, name: id, area_id: areas[key].areaId, area_path: '/' })

const account = (id: string, key: AreaKey, madeBy: string | null, login = id) =>
  insertInto('access.account', { account_id: id, login, display_name: '王小燕', area_path: areas[key].path, made_at: now, made_by: madeBy })

/** A role that is given for this level of area. */
const roleAt = (key: AreaKey): string =>
  baseRoles.find(({ level, separation }) => level === areas[key].level && separation === 'work')?.key ?? 'departmentClerk'

interface NewPost {
  id: string | typeof newUuid
  accountId: string
  orgId: string
  area: AreaKey
  role: string
  ended?: typeof now
}

const post = ({ id, accountId, orgId, area: key, role, ended }: NewPost) =>
  `INSERT INTO access.post (post_id, account_id, org_id, area_id, role_key, valid_from, made_at, ended_at)
   VALUES (${literal(id)}, '${accountId}', '${orgId}', '${areas[key].areaId}', '${role}', '${since}', now(), ${ended ? 'now()' : 'NULL'})`

/** What became of an area: the next but `steps` in the list, so that no two rows are the same. */
const successor = (key: AreaKey, steps: number) =>
  insertInto('access.area_successor', {
    old_area_id: areas[key].areaId,
    new_area_id: areas[areaKeys[(areaKeys.indexOf(key) + steps) % areaKeys.length] as AreaKey].areaId,
    valid_from: since,
    source: 'list',
    made_at: now,
  })

/** Every area has an office of its own, so that a post can be given there. */
const officeOf = (key: AreaKey) => idOf('office', key)
const inhabitant = (key: AreaKey) => idOf('account', 'at', key)

/** The posts of the subjects themselves, a second one of the community worker elsewhere, and one in every area. */
const postPlans: { id: string; accountId: string; orgId: string; area: AreaKey; role: string; isStaff: boolean }[] = [
  ...staff.map(([key, plan]) => ({
    id: idOf('post', key),
    accountId: idOf('account', key),
    orgId: orgs[plan.org].orgId,
    area: plan.area,
    role: plan.reach ? 'departmentClerk' : plan.role,
    isStaff: true,
  })),
  {
    id: idOf('post', 'second'),
    accountId: idOf('account', 'community'),
    orgId: officeOf('farCommunity'),
    area: 'farCommunity',
    role: 'communityWorker',
    isStaff: true,
  },
  // Colleagues for the deputies below: a third one of the committee, and one of an office of the other county.
  {
    id: idOf('post', 'third'),
    accountId: inhabitant('cell'),
    orgId: orgs.committee.orgId,
    area: 'cell',
    role: 'gridWorker',
    isStaff: true,
  },
  {
    id: idOf('post', 'elsewhere'),
    accountId: inhabitant('otherCell'),
    orgId: officeOf('otherCommunity'),
    area: 'otherCell',
    role: 'gridWorker',
    isStaff: true,
  },
  ...areaKeys.map((key) => ({
    id: idOf('post', 'at', key),
    accountId: inhabitant(key),
    orgId: officeOf(key),
    area: key,
    role: roleAt(key),
    isStaff: false,
  })),
]

const isWatcher = (role: string) => role === 'securityAdmin' || role === 'auditAdmin'

function postRow(plan: (typeof postPlans)[number]): TableRow {
  const { id, accountId, orgId, area: key, role, isStaff } = plan
  const row: TableRow = {
    facts: { area: key, orgIds: [orgId], sender: accountId, isWatcher: isWatcher(role) },
    key: `post_id = '${id}'`,
    seed: post({ id, accountId, orgId, area: key, role }),
  }
  if (isStaff) return row
  const given = { id: newUuid, orgId, area: key, role }
  return {
    ...row,
    insert: () => post({ ...given, accountId: newcomer }),
    forge: {
      ended: () => post({ ...given, accountId: newcomer, ended: now }),
      oneself: (subject: Subject) => post({ ...given, accountId: subject.accountId ?? newcomer }),
      ...(areas[key].level === 'county' && { watcher: () => post({ ...given, accountId: newcomer, role: 'auditAdmin' }) }),
      signature: () => `UPDATE access.post SET ended_at = now(), ended_by = '${newcomer}' WHERE post_id = '${id}'`,
    },
  }
}

const secondOrg = (key: AreaKey): string[] =>
  postPlans.filter(({ id, accountId }) => accountId === inhabitant(key) && id !== idOf('post', 'at', key)).map(({ orgId }) => orgId)

const accountPlans: { id: string; area: AreaKey; orgIds: string[]; isNew?: boolean }[] = [
  ...staff.map(([key, plan]) => ({ id: idOf('account', key), area: plan.area, orgIds: [orgs[plan.org].orgId] })),
  { id: idOf('account', 'postless'), area: 'county', orgIds: [] },
  { id: newcomer, area: 'otherCounty', orgIds: [] },
  ...areaKeys.map((key) => ({ id: inhabitant(key), area: key, orgIds: [officeOf(key), ...secondOrg(key)], isNew: true })),
]

function accountRow({ id, area: key, orgIds, isNew }: (typeof accountPlans)[number]): TableRow {
  const row: TableRow = { facts: { area: key, orgIds, sender: id }, key: `account_id = '${id}'`, seed: account(id, key, null) }
  if (!isNew) return row
  return {
    ...row,
    insert: (subject) => account(idOf('account', 'new'), key, subject.accountId),
    forge: { maker: () => account(idOf('account', 'new'), key, newcomer) },
  }
}

const session = (accountId: string, token: string) =>
  insertInto('access.session', { token_hash: raw(token), account_id: accountId, made_at: now, seen_at: now, expires_at: '2999-01-01' })

const tokenOf = (accountId: string) => `decode('${accountId.replaceAll('-', '').repeat(2)}', 'hex')`

const changeId = (key: AreaKey) => idOf('cell-change', key)
const cellChange = (key: AreaKey, id: string | typeof newUuid, version: number) =>
  insertInto('access.cell_change', {
    change_id: id,
    community_id: areas[key].areaId,
    area_path: areas[key].path,
    version,
    reason: 'x',
    cells: '[]',
    made_at: now,
  })

const handoverId = (key: AreaKey) => idOf('handover', key)
const handover = (key: AreaKey, id: string | typeof newUuid) =>
  insertInto('access.handover', {
    handover_id: id,
    cause: 'cells',
    area_id: areas[key].areaId,
    area_path: areas[key].path,
    change_id: changeId(key),
    reason: 'x',
    made_at: now,
  })
const handoverParty = (key: AreaKey, side: string) =>
  insertInto('access.handover_party', {
    handover_id: handoverId(key),
    side,
    post_id: idOf('post', 'at', key),
    account_id: inhabitant(key),
    area_id: areas[key].areaId,
    area_path: areas[key].path,
  })
const handoverItem = (key: AreaKey, itemNo: number) =>
  insertInto('access.handover_item', {
    handover_id: handoverId(key),
    item_no: itemNo,
    kind: 'building',
    item_id: newUuid,
    label: 'x',
    from_area_id: areas[key].areaId,
    to_area_id: areas[key].areaId,
  })

/** Who stands in for whom: the two of a pair, a colleague of neither, somebody in an office where he does not act, and strangers of the other county. */
const deputyPlans: { post: string; deputy: string; area: AreaKey; orgId: string }[] = [
  { post: idOf('post', 'cell'), deputy: idOf('account', 'community'), area: 'cell', orgId: orgs.committee.orgId },
  { post: idOf('post', 'third'), deputy: idOf('account', 'cell'), area: 'cell', orgId: orgs.committee.orgId },
  { post: idOf('post', 'at', 'farCommunity'), deputy: idOf('account', 'community'), area: 'farCommunity', orgId: officeOf('farCommunity') },
  {
    post: idOf('post', 'at', 'otherCommunity'),
    deputy: inhabitant('otherCell'),
    area: 'otherCommunity',
    orgId: officeOf('otherCommunity'),
  },
]
const holderOf = (postId: string) => postPlans.find(({ id }) => id === postId)!.accountId
/** A year apart, so that no row is in the way of a further one. */
const deputy = (
  { post: postId, deputy: other, area: key, orgId }: (typeof deputyPlans)[number],
  id: string | typeof newUuid,
  year: number,
) =>
  insertInto('access.post_deputy', {
    deputy_id: id,
    post_id: postId,
    holder_id: holderOf(postId),
    account_id: other,
    org_id: orgId,
    area_path: areas[key].path,
    reason: 'leave',
    valid_from: `${year}-01-01`,
    valid_to: `${year}-01-31`,
    made_at: now,
  })

/** In the order in which they can be seeded. */
export const accessRows: Record<string, TableRows> = {
  'access.area': {
    set: "name = 'x'",
    rows: areaKeys.map((key) => ({
      facts: { area: key },
      key: `area_id = '${areas[key].areaId}'`,
      seed: area(key),
      insert: () => area(key, true),
    })),
  },
  'access.area_code': {
    set: "valid_to = '2030-01-01'",
    rows: areaKeys.map((key) => ({
      facts: { area: key },
      key: `code = '${codeOf(key)}'`,
      // A trigger notes the code of every new area.
      seed: '',
      insert: () =>
        insertInto('access.area_code', {
          area_id: areas[key].areaId,
          code: `old${codeOf(key)}`,
          valid_from: '2019-01-01',
          valid_to: since,
        }),
    })),
  },
  'access.area_successor': {
    set: "source = 'x'",
    rows: areaKeys.map((key) => ({
      facts: { area: key },
      key: `old_area_id = '${areas[key].areaId}'`,
      seed: successor(key, 1),
      insert: () => successor(key, 2),
    })),
  },
  'access.organization': {
    set: "template = 'x'",
    rows: [
      ...Object.values(orgs).map(({ orgId, kind, area: key }) => ({ id: orgId, kind, key })),
      ...areaKeys.map((key) => ({ id: officeOf(key), kind: 'office', key })),
    ].map(({ id, kind, key }) => ({
      facts: { area: key, orgIds: [id] },
      key: `org_id = '${id}'`,
      seed: organization(id, kind, key),
      insert: () => organization(idOf('org', 'new'), kind, key),
    })),
  },
  'access.building': {
    set: 'lon = 129',
    rows: cells.map((key) => ({
      facts: { area: key },
      key: `building_id = '${idOf('building', key)}'`,
      seed: building(key, idOf('building', key)),
      insert: () => building(key, idOf('building', 'new')),
    })),
  },
  'access.role': {
    set: "name = 'x'",
    rows: baseRoles.map(({ key, name, nameEn, level, reach, separation, orgKinds }) => {
      const role = (roleKey: string) =>
        insertInto('access.role', {
          role_key: roleKey,
          name,
          name_en: nameEn,
          level,
          reach,
          separation,
          org_kinds: raw(`ARRAY[${[...orgKinds, 'office'].map(literal)}]`),
        })
      return { facts: {}, key: `role_key = '${key}'`, seed: role(key), insert: () => role('other') }
    }),
  },
  'access.role_permission': {
    set: "permission = 'x.y'",
    rows: baseRoles.map(({ key }) => ({
      facts: {},
      key: `role_key = '${key}'`,
      seed: insertInto('access.role_permission', { role_key: key, permission: 'lamps.read' }),
      insert: () => insertInto('access.role_permission', { role_key: key, permission: 'lamps.mend' }),
    })),
  },
  'access.account': { set: 'disabled_at = now()', rows: accountPlans.map(accountRow) },
  'access.post': { set: ({ accountId }) => `ended_at = now(), ended_by = ${literal(accountId)}`, rows: postPlans.map(postRow) },
  'access.cell_change': {
    set: "reason = 'y'",
    rows: areaKeys.map((key) => ({
      facts: { area: key },
      key: `change_id = '${changeId(key)}'`,
      seed: cellChange(key, changeId(key), 1),
      insert: () => cellChange(key, newUuid, 2),
    })),
  },
  'access.handover': {
    set: "reason = 'y'",
    rows: areaKeys.map((key) => ({
      facts: { area: key, sender: inhabitant(key) },
      key: `handover_id = '${handoverId(key)}'`,
      seed: handover(key, handoverId(key)),
      insert: () => handover(key, newUuid),
    })),
  },
  'access.handover_party': {
    set: "side = 'knows'",
    rows: areaKeys.map((key) => ({
      facts: { area: key, sender: inhabitant(key) },
      key: `handover_id = '${handoverId(key)}' AND side = 'gives'`,
      seed: handoverParty(key, 'gives'),
      insert: () => handoverParty(key, 'takes'),
    })),
  },
  'access.handover_item': {
    set: "label = 'y'",
    rows: areaKeys.map((key) => ({
      facts: { area: key, sender: inhabitant(key) },
      key: `handover_id = '${handoverId(key)}' AND item_no = 1`,
      seed: handoverItem(key, 1),
      insert: () => handoverItem(key, 2),
    })),
  },
  'access.post_deputy': {
    set: ({ accountId }) => `ended_at = now(), ended_by = ${literal(accountId)}`,
    rows: deputyPlans.map((plan) => ({
      facts: { area: plan.area, orgIds: [plan.orgId], sender: plan.deputy },
      key: `deputy_id = '${idOf('deputy', plan.post)}'`,
      seed: deputy(plan, idOf('deputy', plan.post), 2026),
      insert: () => deputy(plan, newUuid, 2027),
    })),
  },
  'access.session': {
    set: 'seen_at = now()',
    rows: accountPlans.map(({ id, area: key }) => ({
      facts: { area: key, sender: id },
      key: `token_hash = ${tokenOf(id)}`,
      seed: session(id, tokenOf(id)),
      insert: () => session(id, hash.raw),
    })),
  },
}
