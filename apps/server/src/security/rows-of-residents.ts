import { hash, insertInto, newUuid, now, raw, type TableRows } from './table-rows.ts'
import { idOf } from './world.ts'

const one = idOf('resident', 'one')
const bytes = (digit: number) => raw(`decode(repeat('0${digit}', 32), 'hex')`)

const resident = (id: Parameters<typeof insertInto>[1][string], phone: ReturnType<typeof raw>) =>
  insertInto('access.resident', {
    resident_id: id,
    phone_hash: phone,
    sealed_phone: hash,
    masked_phone: '199****0001',
    made_at: now,
    signed_in_at: now,
  })
const code = (id: Parameters<typeof insertInto>[1][string]) =>
  insertInto('access.sign_in_code', { code_id: id, phone_hash: hash, code_hash: hash, made_at: now, expires_at: now })
const session = (token: ReturnType<typeof raw>) =>
  insertInto('access.resident_session', { token_hash: token, resident_id: one, made_at: now, expires_at: '2999-01-01' })
const preference = (id: Parameters<typeof insertInto>[1][string]) =>
  insertInto('messages.resident_preference', {
    resident_id: id,
    sms: 'always',
    voice: 'awake',
    quiet_from: 1320,
    quiet_to: 420,
    lang: 'zh',
    changed_at: now,
  })

export const residentRows: Record<string, TableRows> = {
  'access.resident': {
    set: 'signed_in_at = now()',
    rows: [{ facts: {}, key: `resident_id = '${one}'`, seed: resident(one, bytes(1)), insert: () => resident(newUuid, bytes(2)) }],
  },
  'access.sign_in_code': {
    set: 'tries = 2',
    rows: [
      {
        facts: {},
        key: `code_id = '${idOf('code', 'one')}'`,
        seed: code(idOf('code', 'one')),
        insert: () => code(newUuid),
      },
    ],
  },
  'access.resident_session': {
    set: 'ended_at = now()',
    rows: [{ facts: {}, key: `token_hash = ${bytes(1).raw}`, seed: session(bytes(1)), insert: () => session(bytes(2)) }],
  },
  'messages.resident_preference': {
    set: "voice = 'never'",
    rows: [{ facts: {}, key: `resident_id = '${one}'`, seed: preference(one), insert: () => preference(newUuid) }],
  },
}
