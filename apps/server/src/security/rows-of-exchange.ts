import { areaKeys, hash, insertInto, newUuid, now, raw, type TableRow, type TableRows } from './table-rows.ts'
import { type AreaKey, areas, idOf, orgs, type Subject, staff, subjects } from './world.ts'

type Values = Parameters<typeof insertInto>[1]

const stranger = idOf('account', 'stranger')

function job(values: Values): string {
  return insertInto('exchange.export_job', {
    export_id: newUuid,
    number: raw("'DC-' || gen_random_uuid()"),
    list_key: 'lamps.list',
    query: '{}',
    format: 'xlsx',
    lang: 'zh',
    columns: raw("ARRAY['number']"),
    purpose: '核对',
    state: 'queued',
    rows_expected: 3,
    asked_at: now,
    ...values,
  })
}

/** What a subject may write: in its own name, for its own post. */
const own = ({ actor }: Subject): Values => ({
  account_id: actor?.accountId ?? stranger,
  post_id: actor?.postId ?? idOf('post', 'stranger'),
  org_id: actor?.orgId ?? idOf('org', 'stranger'),
  area_path: actor?.areaPath ?? '/',
})

const exportRows: TableRow[] = staff.flatMap(([key, plan]) => {
  const subject = subjects[key]
  const at = (name: string, held: boolean) => ({
    key: `export_id = '${idOf('export', name, key)}'`,
    seed: job({
      ...own(subject),
      export_id: idOf('export', name, key),
      ...(held ? { state: 'held', held_for: 'night' } : { state: 'done', bytes: 1, sha256: hash, link_until: now, kept_until: now }),
    }),
  })
  return [
    {
      ...at('done', false),
      // Nobody but its owner has anything to do with it, wherever it is.
      facts: { sender: idOf('account', key) },
      insert: (one) => job(own(one)),
      forge: {
        name: (one) => job({ ...own(one), account_id: stranger }),
        post: (one) => job({ ...own(one), post_id: idOf('post', 'stranger') }),
        organization: (one) => job({ ...own(one), org_id: idOf('org', 'stranger') }),
        place: (one) => job({ ...own(one), area_path: '/999/' }),
        state: (one) => job({ ...own(one), state: 'done', bytes: 1, sha256: hash, link_until: now, kept_until: now }),
      },
    },
    { ...at('held', true), facts: { sender: idOf('account', key), area: plan.area, orgIds: [orgs[plan.org].orgId] } },
  ]
})

/** Another post of the same account, and another account at the same post: neither condition is enough alone. */
const otherPost: TableRow[] = [
  { name: 'post', values: { ...own(subjects.community), post_id: idOf('post', 'former') } },
  { name: 'account', values: { ...own(subjects.community), account_id: stranger } },
].map(({ name, values }) => ({
  facts: {},
  key: `export_id = '${idOf('export', 'other', name)}'`,
  seed: job({ ...values, export_id: idOf('export', 'other', name) }),
}))

/** Held in the other county: no administrator of this one decides about it. */
const heldElsewhere: TableRow = {
  facts: { area: 'otherCommunity' },
  key: `export_id = '${idOf('export', 'elsewhere')}'`,
  seed: job({
    export_id: idOf('export', 'elsewhere'),
    account_id: stranger,
    post_id: idOf('post', 'stranger'),
    org_id: idOf('org', 'stranger'),
    area_path: areas.otherCommunity.path,
    state: 'held',
    held_for: 'volume',
  }),
}

function batch(values: Values): string {
  return insertInto('exchange.import_batch', {
    batch_id: newUuid,
    number: raw("'DR-' || gen_random_uuid()"),
    file_name: 'lamps.csv',
    file_bytes: 3,
    file_sha256: hash,
    state: 'draft',
    made_at: now,
    ...values,
  })
}

const batchIn = (area: AreaKey): string => idOf('import', area)

/** One of a stranger in every area, and one of the operator. */
const batchRows: TableRow[] = [
  ...areaKeys.map(
    (area): TableRow => ({
      facts: { area },
      key: `batch_id = '${batchIn(area)}'`,
      seed: batch({ ...own(subjects.unset), batch_id: batchIn(area), area_path: areas[area].path }),
      insert: (one) => batch(own(one)),
      forge: {
        name: (one) => batch({ ...own(one), account_id: stranger }),
        post: (one) => batch({ ...own(one), post_id: idOf('post', 'stranger') }),
        organization: (one) => batch({ ...own(one), org_id: idOf('org', 'stranger') }),
        place: (one) => batch({ ...own(one), area_path: '/999/' }),
        state: (one) => batch({ ...own(one), state: 'queued', mapping: '{}' }),
      },
    }),
  ),
  {
    facts: {},
    key: `batch_id = '${idOf('import', 'operator')}'`,
    seed: batch({ batch_id: idOf('import', 'operator'), area_path: areas.township.path }),
  },
]

const fault = (batchId: string, line: number): string =>
  insertInto('exchange.import_fault', { batch_id: batchId, line, outcome: 'refused', problems: '[]' })

const view = (viewId: Values[string], accountId: string, name: string) =>
  insertInto('exchange.saved_view', { view_id: viewId, account_id: accountId, list_key: 'lamps.list', name, query: '{}', made_at: now })

const keepers = [...staff.map(([key]) => key), 'postless'] as const

const backlogItem = (area: AreaKey, id: Values[string], requestId: Values[string]) =>
  insertInto('exchange.backlog_item', {
    backlog_id: id,
    request_id: requestId,
    kind: 'report',
    label: '井盖',
    sealed: hash,
    why: 'access.forbidden',
    account_id: stranger,
    post_id: idOf('post', 'stranger'),
    by_name: '周倩',
    area_id: areas[area].areaId,
    area_path: areas[area].path,
    made_at: now,
    received_at: now,
  })

export const exchangeRows: Record<string, TableRows> = {
  'exchange.backlog_item': {
    set: "label = 'x'",
    rows: areaKeys.map((area) => ({
      facts: { area },
      key: `backlog_id = '${idOf('backlog', area)}'`,
      seed: backlogItem(area, idOf('backlog', area), idOf('backlog request', area)),
      insert: () => backlogItem(area, newUuid, newUuid),
    })),
  },
  'exchange.export_job': { set: 'downloads = 7', rows: [...exportRows, ...otherPost, heldElsewhere] },
  'exchange.import_batch': { set: 'rows_done = 7', rows: batchRows },
  'exchange.import_fault': {
    set: 'line = 9',
    rows: areaKeys.map((area) => ({
      facts: { area },
      key: `batch_id = '${batchIn(area)}' AND line = 2`,
      seed: fault(batchIn(area), 2),
      insert: () => fault(batchIn(area), 3),
    })),
  },
  'exchange.saved_view': {
    set: "name = 'x'",
    rows: keepers.map((key) => ({
      facts: { sender: idOf('account', key) },
      key: `view_id = '${idOf('view', key)}'`,
      seed: view(idOf('view', key), idOf('account', key), 'probe'),
      insert: (subject) => view(newUuid, subject.accountId ?? stranger, 'other'),
      forge: { name: () => view(newUuid, stranger, 'other') },
    })),
  },
}
