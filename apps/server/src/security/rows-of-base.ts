import { areaKeys, hash, insertInto, newUuid, now, raw, type TableRow, type TableRows } from './table-rows.ts'
import { type AreaKey, areas, idOf, orgs, type Subject, staff, subjects } from './world.ts'

const stranger = idOf('account', 'stranger')

/** One row that belongs to nobody, with its table's INSERT. */
function single(
  table: string,
  key: string,
  seed: Record<string, Parameters<typeof insertInto>[1][string]>,
  fresh: typeof seed,
  forge?: TableRow['forge'],
): TableRow[] {
  return [
    { facts: {}, key, seed: insertInto(table, seed), insert: () => insertInto(table, { ...seed, ...fresh }), ...(forge && { forge }) },
  ]
}

const senders = [...staff.map(([key]) => subjects[key]), subjects.public, subjects.postless, subjects.system].map(
  ({ actor }) => actor?.sender ?? '',
)
const senderOf = (subject: Subject): string => subject.actor?.sender ?? 'nobody'

const request = (sender: string, requestId: Parameters<typeof insertInto>[1][string]) =>
  insertInto('base.idempotent_request', { sender, request_id: requestId, body_hash: hash, sealed_result: hash, made_at: now })

const event = { outbox_id: 1, event: 'lamp.broken', payload: '{}', made_at: now }
const line = (account: string | null, path: string | null) => ({
  at: now,
  action: 'lamp.mended',
  account_id: account,
  area_path: path,
  trace_id: 'probe',
})
const seal = {
  first_xact_id: '3',
  first_audit_id: 1,
  last_xact_id: '3',
  last_audit_id: 1,
  audit_ids: raw('ARRAY[1]'),
  row_hashes: hash,
  previous_hash: hash,
  hash,
  sealed_at: now,
}

function upload(id: string, madeBy: string, owner?: { kind: string; id: string; path: string }): string {
  return insertInto('base.file', {
    file_id: id,
    sha256: hash,
    media_type: 'image/jpeg',
    bytes: 3,
    made_by: madeBy,
    made_at: now,
    owner_kind: owner?.kind,
    owner_id: owner?.id,
    area_path: owner?.path,
  })
}

const aCase = (key: string) => ({ kind: 'case', id: idOf('case', key), path: areas.community.path })

export const baseRows: Record<string, TableRows> = {
  'base.database_mark': {
    set: "value = 'no'",
    rows: single('base.database_mark', "name = 'probe'", { name: 'probe', value: 'yes' }, { name: 'other' }),
  },
  'base.idempotent_request': {
    set: 'made_at = now()',
    rows: senders.map((sender) => ({
      facts: { sender },
      key: `sender = '${sender}' AND request_id = '${idOf('request', sender)}'`,
      seed: request(sender, idOf('request', sender)),
      insert: (subject) => request(senderOf(subject), newUuid),
      forge: { sender: () => request(stranger, newUuid) },
    })),
  },
  'base.outbox': { set: "event = 'x.y'", rows: single('base.outbox', 'outbox_id = 1', event, { outbox_id: 2 }) },
  'base.outbox_cursor': {
    set: 'failures = 1',
    rows: single(
      'base.outbox_cursor',
      "subscriber = 'probe'",
      { subscriber: 'probe', xact_id: '3', outbox_id: 1 },
      { subscriber: 'other' },
    ),
  },
  'base.outbox_dead': {
    set: 'resent_at = now()',
    rows: single(
      'base.outbox_dead',
      "subscriber = 'probe'",
      { subscriber: 'probe', outbox_id: 1, error: 'x', dead_at: now },
      { subscriber: 'other' },
    ),
  },
  'base.audit_entry': {
    set: "action = 'x'",
    rows: [...areaKeys, null].map((key, index) => ({
      facts: key ? { area: key } : {},
      key: `audit_id = ${1_000_000 + index}`,
      seed: insertInto('base.audit_entry', { audit_id: 1_000_000 + index, ...line(stranger, key && areas[key].path) }),
      insert: (subject) => insertInto('base.audit_entry', line(subject.accountId, key && areas[key].path)),
      forge: { name: () => insertInto('base.audit_entry', line(stranger, key && areas[key].path)) },
    })),
  },
  'base.audit_seal': { set: 'sealed_at = now()', rows: single('base.audit_seal', 'seal_no = 1', { seal_no: 1, ...seal }, { seal_no: 2 }) },
  'base.person_key': {
    set: 'made_at = now()',
    rows: single('base.person_key', `key_id = '${idOf('key')}'`, { key_id: idOf('key'), wrapped_key: hash }, { key_id: newUuid }),
  },
  'base.file': {
    set: 'owner_kind = NULL',
    rows: [...senders, 'owned'].map((sender) => {
      const id = idOf('file', sender)
      const owned = sender === 'owned'
      return {
        facts: owned ? { area: 'community' } : { sender },
        key: `file_id = '${id}'`,
        seed: owned ? upload(id, subjects.community.actor?.sender ?? '', aCase('community')) : upload(id, sender),
        insert: (subject) => upload(idOf('file', 'new'), senderOf(subject)),
        forge: {
          maker: () => upload(idOf('file', 'new'), stranger),
          owner: (subject: Subject) => upload(idOf('file', 'new'), senderOf(subject), aCase('otherCommunity')),
        },
      }
    }),
  },
  'base.calendar_year': {
    set: "source = 'x'",
    rows: single('base.calendar_year', 'year = 2950', { year: 2950, source: 'probe' }, { year: 2951 }),
  },
  'base.calendar_day': {
    set: "name = 'x'",
    rows: [
      {
        facts: {},
        key: "day = '2950-01-01'",
        seed: "INSERT INTO base.calendar_day (day, is_working, name, source) VALUES ('2950-01-01', false, '元旦', 'probe')",
        insert: () => "INSERT INTO base.calendar_day (day, is_working, name, source) VALUES ('2950-01-02', false, '元旦', 'probe')",
      },
    ],
  },
}

const delivery = (area: AreaKey, id: Parameters<typeof insertInto>[1][string]) =>
  insertInto('messages.delivery', {
    delivery_id: id,
    once_key: raw('gen_random_uuid()::text'),
    channel: 'sms',
    recipient_kind: 'account',
    recipient_id: stranger,
    recipient_name: '周倩',
    masked_phone: '199****0001',
    sealed: hash,
    template: 'lamp.broken',
    lang: 'zh',
    is_urgent: false,
    area_path: areas[area].path,
    send_at: now,
    made_at: now,
  })

const receipt = (area: AreaKey, ref: string) =>
  insertInto('messages.delivery_receipt', {
    delivery_id: idOf('delivery', area),
    receipt_ref: ref,
    kind: 'delivered',
    at: now,
    heard_at: now,
  })

const preference = (holder: Parameters<typeof insertInto>[1][string]) =>
  insertInto('messages.preference', { holder_id: holder, changed_at: now })

export const messagesRows: Record<string, TableRows> = {
  'messages.delivery': {
    set: 'attempts = 2',
    rows: areaKeys.map((area) => ({
      facts: { area },
      key: `delivery_id = '${idOf('delivery', area)}'`,
      seed: delivery(area, idOf('delivery', area)),
      insert: () => delivery(area, newUuid),
    })),
  },
  'messages.delivery_receipt': {
    set: "reason = 'x'",
    rows: areaKeys.map((area) => ({
      facts: { area },
      key: `delivery_id = '${idOf('delivery', area)}'`,
      seed: receipt(area, 'one'),
      insert: () => receipt(area, 'other'),
    })),
  },
  'messages.preference': {
    set: 'after_minutes = 20',
    rows: [...staff.map(([key]) => key), 'postless' as const].map((key) => ({
      facts: { sender: subjects[key].actor?.accountId ?? '' },
      key: `holder_id = '${subjects[key].actor?.accountId}'`,
      seed: preference(subjects[key].actor?.accountId),
      insert: () => preference(newUuid),
    })),
  },
  'messages.message': {
    set: 'read_at = now()',
    rows: staff.map(([key, plan]) => {
      const told = (onceKey: string) =>
        insertInto('messages.message', {
          message_id: onceKey === 'probe' ? idOf('message', key) : newUuid,
          post_id: idOf('post', key),
          account_id: idOf('account', key),
          org_id: orgs[plan.org].orgId,
          area_path: areas[plan.area].path,
          template: 'lamp.broken',
          params: '{}',
          once_key: onceKey,
          made_at: now,
        })
      return {
        facts: { area: plan.area, orgIds: [orgs[plan.org].orgId], sender: idOf('account', key) },
        key: `message_id = '${idOf('message', key)}'`,
        seed: told('probe'),
        insert: () => told('other'),
      }
    }),
  },
}
