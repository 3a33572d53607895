import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { anActor, type TestDatabase, testDatabase } from '../../testing/index.ts'
import type { Statement } from '../sql.ts'
import type { Ctx } from '../transaction.ts'
import type { Anchor } from './anchor-book.ts'
import { createSealer } from './sealer.ts'
import { verifyAudit } from './verify-audit.ts'

const rows = 40
let db: TestDatabase
let anchors: Anchor[]
let superuser: pg.Client

beforeAll(async () => {
  db = await testDatabase({ through: 'base' })
  anchors = []
  const book = { append: async (anchor: Anchor) => void anchors.push(anchor), read: async () => anchors }
  const sealer = createSealer({ pool: db.pool, clock: db.clock, anchors: book, anchorEveryMs: 0 })
  for (let sealed = 0; sealed < rows; ) {
    await db.as(anActor(), async (ctx) => {
      for (let i = 0; i < 8; i++)
        ctx.audit({ action: 'lamp.read', subjectKind: 'lamp', subjectId: `${sealed}-${i}`, purpose: '巡查', detail: { i } })
    })
    await vi.waitFor(async () => expect(await sealer.sealNow()).toBeGreaterThan(0), { timeout: 20_000 })
    sealed += 8
  }
  superuser = new pg.Client({ connectionString: db.superuserUrl })
  await superuser.connect()
})
afterAll(async () => {
  await superuser.end()
  await db.close()
})

const aRow = fc.integer({ min: 1, max: rows })
const aSeal = fc.integer({ min: 1, max: rows / 8 })
const edit = fc.record({
  row: aRow,
  change: fc.constantFrom(
    "action = action || '.'",
    'account_id = gen_random_uuid()',
    'account_id = NULL',
    "at = at + '1 us'",
    'detail = detail || \'{"x": null}\'',
    "subject_id = reverse(subject_id) || '0'",
    "purpose = ''",
    'purpose = NULL',
    "area_path = '/'",
    "trace_id = trace_id || ' '",
    'xact_id = (xact_id::text::bigint - 1)::text::xid8',
  ),
})
const sealEdit = fc.record({
  seal: aSeal,
  change: fc.constantFrom(
    'hash = sha256(hash)',
    'previous_hash = sha256(previous_hash)',
    "row_hashes = row_hashes || sha256('x'), audit_ids = audit_ids || 999::bigint",
    'audit_ids = ARRAY(SELECT id FROM unnest(audit_ids) id ORDER BY id DESC)',
    "sealed_at = sealed_at + '1 s'",
    'last_audit_id = last_audit_id + 1',
    'seal_no = seal_no + 100',
  ),
})
const tampering = fc.oneof(
  edit.map(({ row, change }) => `UPDATE base.audit_entry SET ${change} WHERE audit_id = ${row}`),
  fc.uniqueArray(aRow, { minLength: 1, maxLength: 6 }).map((ids) => `DELETE FROM base.audit_entry WHERE audit_id IN (${ids})`),
  fc.tuple(aRow, aRow).map(
    ([like, beside]) => `INSERT INTO base.audit_entry (audit_id, at, action, trace_id, xact_id) OVERRIDING SYSTEM VALUE
      SELECT a.audit_id - 1000, a.at, a.action, a.trace_id, b.xact_id FROM base.audit_entry a, base.audit_entry b WHERE a.audit_id = ${like} AND b.audit_id = ${beside}
      ON CONFLICT DO NOTHING`,
  ),
  sealEdit.map(({ seal, change }) => `UPDATE base.audit_seal SET ${change} WHERE seal_no = ${seal}`),
  aSeal.map((seal) => `DELETE FROM base.audit_seal WHERE seal_no = ${seal}`),
  aSeal.map(
    (seal) => `DELETE FROM base.audit_entry WHERE audit_id > ${(seal - 1) * 8}; DELETE FROM base.audit_seal WHERE seal_no >= ${seal}`,
  ),
)

test('whatever an administrator of the database changes in the sealed part of the trail, it is found out', async () => {
  expect(await verdictAfter('SELECT 1')).toMatchObject({ ok: true, rows })
  await fc.assert(
    fc.asyncProperty(fc.array(tampering, { minLength: 1, maxLength: 3 }), async (statements) => {
      const changed = await verdictAfter(statements.join(';\n'))
      expect(changed.ok).toBe(false)
      expect(changed.firstBad).not.toBeNull()
    }),
    { numRuns: 400 },
  )
}, 60_000)

/** The verdict in a transaction that tampers and is then undone. */
async function verdictAfter(statements: string) {
  const run = async <R>({ text, values }: Statement<R>): Promise<R[]> => (await superuser.query({ text, values })).rows
  const ctx = { now: db.clock.now(), rows: run, find: async (statement: Statement) => (await run(statement))[0] } as unknown as Ctx
  await superuser.query('BEGIN')
  try {
    await superuser.query(statements)
    return await verifyAudit(ctx, { append: async () => {}, read: async () => anchors })
  } finally {
    await superuser.query('ROLLBACK')
  }
}
