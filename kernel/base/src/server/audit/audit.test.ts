import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { anActor, type TestDatabase, testDatabase } from '../../testing/index.ts'
import type { AuditLine } from '../transaction.ts'
import { openAnchorBook } from './anchor-book.ts'
import { createSealer, type Sealer } from './sealer.ts'
import { searchAudit } from './search-audit.ts'
import { verifyAudit } from './verify-audit.ts'

let db: TestDatabase
let folder: string
let sealer: Sealer
beforeEach(async () => {
  db = await testDatabase({ through: 'base' })
  folder = await mkdtemp(join(tmpdir(), 'linli-anchors-'))
  sealer = createSealer({ pool: db.pool, clock: db.clock, anchors: openAnchorBook(folder), anchorEveryMs: 0 })
})
afterEach(async () => {
  await sealer.stop()
  await db.close()
  await rm(folder, { recursive: true })
})

const auditor = anActor({ permissions: ['audit.read'] })
const verify = () => db.as(auditor, (ctx) => verifyAudit(ctx))
const verifyAnchored = () => db.as(auditor, (ctx) => verifyAudit(ctx, openAnchorBook(folder)))

test('an untouched trail verifies, to now when every row is sealed and to the oldest waiting row otherwise', async () => {
  expect(await verify()).toEqual({ sealedTo: null, ok: true, rows: 0, firstBad: null, finding: null })
  await write(3)
  await seal(3)
  await write(2)
  await seal(2)
  db.clock.advance(60_000)
  expect(await verifyAnchored()).toEqual({ sealedTo: db.clock.now(), ok: true, rows: 5, firstBad: null, finding: null })
  const waitingSince = db.clock.now()
  await write(1)
  db.clock.advance(60_000)
  expect(await verify()).toMatchObject({ sealedTo: waitingSince, ok: true, rows: 5 })
})

test('a row of a transaction still open is sealed after it, and does not count as put in later', async () => {
  const slow = await db.pool.connect()
  await slow.query("BEGIN; SET ROLE linli_system; INSERT INTO base.audit_entry (at, action, trace_id) VALUES (now(), 'lamp.slow', 't')")
  await write(2)
  expect(await sealer.sealNow()).toBe(0)
  await slow.query('COMMIT; RESET ROLE')
  slow.release()
  await seal(3)
  expect(await verify()).toMatchObject({ ok: true, rows: 3 })
})

test('two sealers at once make one chain', async () => {
  const other = createSealer({ pool: db.pool, clock: db.clock })
  for (let i = 0; i < 5; i++) {
    await write(20)
    await Promise.all([sealer.sealNow(), other.sealNow()])
  }
  await vi.waitFor(async () => {
    await sealer.sealNow()
    expect(await verify()).toMatchObject({ ok: true, rows: 100 })
  })
})

test('a trail of several batches and pages verifies, and a change in its middle is named', async () => {
  await db.superuser(
    "INSERT INTO base.audit_entry (at, action, trace_id) SELECT now(), 'lamp.counted', n::text FROM generate_series(1, 12000) n",
  )
  await seal(12_000)
  expect(await db.superuser('SELECT seal_no FROM base.audit_seal')).toHaveLength(3)
  await write(4)
  await seal(4)
  expect(await verify()).toMatchObject({ ok: true, rows: 12_004 })
  await db.superuser("UPDATE base.audit_entry SET trace_id = 'x' WHERE audit_id = 11_111")
  expect(await verify()).toMatchObject({ ok: false, rows: 11_110, firstBad: 11_111, finding: 'row_changed' })
})

/** What an administrator of the database could do, and what the verdict says then. Nine rows in three seals: 1–3, 4–6, 7–9. */
const tamperings: [does: string, statement: string, firstBad: number, finding: string][] = [
  ['edits a row', "UPDATE base.audit_entry SET action = 'lamp.fine' WHERE audit_id = 5", 5, 'row_changed'],
  ['edits a detail', `UPDATE base.audit_entry SET detail = '{"n": 50}' WHERE audit_id = 5`, 5, 'row_changed'],
  ['shifts a time by a microsecond', "UPDATE base.audit_entry SET at = at + '1 us' WHERE audit_id = 4", 4, 'row_changed'],
  ['turns an empty field into none', 'UPDATE base.audit_entry SET purpose = NULL WHERE audit_id = 2', 2, 'row_changed'],
  ['removes a row', 'DELETE FROM base.audit_entry WHERE audit_id = 5', 5, 'row_missing'],
  ['removes the first row', 'DELETE FROM base.audit_entry WHERE audit_id = 1', 1, 'row_missing'],
  ['removes the last row', 'DELETE FROM base.audit_entry WHERE audit_id = 9', 9, 'row_missing'],
  ['removes all rows', 'DELETE FROM base.audit_entry', 1, 'row_missing'],
  ['puts a row in between', insertRow(100, '(SELECT xact_id FROM base.audit_entry WHERE audit_id = 5)'), 100, 'row_added'],
  ['puts a row before the first', insertRow(100, "'1'"), 100, 'row_added'],
  [
    'swaps two rows',
    'UPDATE base.audit_entry a SET detail = b.detail FROM base.audit_entry b WHERE a.audit_id IN (4, 5) AND b.audit_id = 9 - a.audit_id',
    4,
    'row_changed',
  ],
  ['removes a seal', 'DELETE FROM base.audit_seal WHERE seal_no = 2', 7, 'seal_missing'],
  [
    'edits the time of a seal',
    "UPDATE base.audit_seal SET sealed_at = sealed_at - '1 hour'::interval WHERE seal_no = 2",
    4,
    'seal_changed',
  ],
  [
    'edits the hashes of a seal',
    'UPDATE base.audit_seal SET row_hashes = set_byte(row_hashes, 0, 255 - get_byte(row_hashes, 0)) WHERE seal_no = 3',
    7,
    'seal_changed',
  ],
  ['edits the hash of a seal', 'UPDATE base.audit_seal SET hash = sha256(hash) WHERE seal_no = 1', 1, 'seal_changed'],
]

test.each(tamperings)('someone who %s is found out by the chain alone, and the row is named', async (_, statement, firstBad, finding) => {
  await nineRows()
  await db.superuser(statement)
  expect(await verify()).toMatchObject({ ok: false, firstBad, finding })
})

test('a tail cut off together with its seals is shown by the anchors only', async () => {
  await nineRows()
  await db.superuser('DELETE FROM base.audit_entry WHERE audit_id > 6; DELETE FROM base.audit_seal WHERE seal_no = 3')
  expect(await verify()).toMatchObject({ ok: true, rows: 6 })
  expect(await verifyAnchored()).toMatchObject({ ok: false, rows: 6, firstBad: 9, finding: 'seal_missing' })
})

test('a chain forged from scratch contradicts its anchors', async () => {
  await nineRows()
  await db.superuser("UPDATE base.audit_entry SET action = 'lamp.fine' WHERE audit_id = 5; DELETE FROM base.audit_seal")
  await seal(9, createSealer({ pool: db.pool, clock: db.clock }))
  expect(await verify()).toMatchObject({ ok: true, rows: 9 })
  expect(await verifyAnchored()).toMatchObject({ ok: false, finding: 'anchor_contradicted' })
})

test('an anchor cut short by a crash spoils none of the others', async () => {
  await nineRows()
  await writeFile(join(folder, 'audit-2026-01.jsonl'), '{"sealNo": 1, "ha')
  expect(await verifyAnchored()).toMatchObject({ ok: true, rows: 9 })
})

test('rows of any text are sealed as they are', async () => {
  const texts = fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed() && !text.includes('\0'))
  await fc.assert(
    fc.asyncProperty(texts, texts, async (action, trace) => {
      await db.as(anActor(), async (ctx) => ctx.audit({ action, subjectId: trace, detail: { action } }))
    }),
    { numRuns: 60 },
  )
  await seal(60)
  expect(await verify()).toMatchObject({ ok: true, rows: 60 })
})

test('the trail is searched by action, account, subject and time, newest first, page by page', async () => {
  const clerk = anActor()
  await audit(
    clerk,
    { action: 'lamp.read', subjectKind: 'lamp', subjectId: 'a' },
    { action: 'lamp.read', subjectKind: 'post', subjectId: 'a' },
  )
  await seal(2)
  db.clock.advance(1000)
  await audit(anActor(), { action: 'lamp.mended', subjectKind: 'lamp', subjectId: 'b', purpose: '巡查', detail: { fields: ['pole'] } })
  const search = async (query: Parameters<typeof searchAudit>[1]) =>
    (await db.as(auditor, (ctx) => searchAudit(ctx, query))).items.map((row) => row.auditId)
  expect(await search({})).toEqual([3, 2, 1])
  expect(await search({ action: 'lamp.read' })).toEqual([2, 1])
  expect(await search({ accountIds: [clerk.accountId!] })).toEqual([2, 1])
  expect(await search({ accountIds: [] })).toEqual([])
  expect(await search({ subject: 'a' })).toEqual([2, 1])
  expect(await search({ subject: 'lamp/a' })).toEqual([1])
  expect(await search({ from: db.clock.now().toISOString() })).toEqual([3])
  expect(await search({ to: db.clock.now().toISOString() })).toEqual([2, 1])
  const first = await db.as(auditor, (ctx) => searchAudit(ctx, { limit: 2 }))
  expect(first.items.map(({ auditId, sealed }) => [auditId, sealed])).toEqual([
    [3, false],
    [2, true],
  ])
  expect(first.items[0]).toMatchObject({ action: 'lamp.mended', subjectKind: 'lamp', purpose: '巡查', detail: { fields: ['pole'] } })
  expect(await search({ cursor: first.next! })).toEqual([1])
})

test('without the right to read it the trail is empty, and nobody who serves requests can change it', async () => {
  await nineRows()
  expect(await db.as(anActor(), (ctx) => searchAudit(ctx, {}))).toEqual({ items: [], next: null })
  for (const role of ['linli_app', 'linli_system']) {
    for (const statement of [
      'UPDATE base.audit_entry SET at = now()',
      'DELETE FROM base.audit_entry',
      'UPDATE base.audit_seal SET seal_no = 9',
      'DELETE FROM base.audit_seal',
    ]) {
      await expect(db.superuser(`SELECT set_config('role', '${role}', true); ${statement}`)).rejects.toThrow('permission denied')
    }
  }
})

async function audit(actor: ReturnType<typeof anActor>, ...lines: AuditLine[]): Promise<void> {
  await db.as(actor, async (ctx) => {
    for (const line of lines) ctx.audit(line)
  })
}

async function write(count: number): Promise<void> {
  await audit(anActor(), ...Array.from({ length: count }, (_, n) => ({ action: 'lamp.read', purpose: '', detail: { n } })))
}

async function nineRows(): Promise<void> {
  for (let batch = 0; batch < 3; batch++) {
    await write(3)
    await seal(3)
  }
}

/** Until so many rows are sealed: other tests on the same server have open transactions too, and the sealer waits for the oldest. */
async function seal(rows: number, by: Sealer = sealer): Promise<void> {
  let sealed = 0
  await vi.waitFor(
    async () => {
      sealed += await by.sealNow()
      expect(sealed).toBe(rows)
    },
    { timeout: 20_000 },
  )
}

function insertRow(id: number, xactId: string): string {
  return `INSERT INTO base.audit_entry (audit_id, at, action, trace_id, xact_id) OVERRIDING SYSTEM VALUE
    SELECT ${id}, at, action, trace_id, ${xactId} FROM base.audit_entry WHERE audit_id = 5`
}
