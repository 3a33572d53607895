import { newId } from '@linli/base/define'
import { type TestDatabase, testDatabase } from '@linli/base/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ImportBatch, ImportPreview } from '../../contract/import.ts'
import { exportRule } from '../../define/export-rule.ts'
import { guessFields } from '../../define/guess-mapping.ts'
import { type ExportsApp, exportsApp } from '../../testing/exports-app.ts'
import { importTable, lampImport } from '../../testing/lamp-import.ts'
import { type ImportWorker, startImportWorker } from './import-worker.ts'
import { purgeImports } from './purge-imports.ts'

let db: TestDatabase
let lamps: ExportsApp
let worker: ImportWorker
beforeAll(async () => {
  db = await testDatabase({ through: 'exchange' })
  lamps = await exportsApp(db, [], exportRule, [lampImport()])
  await db.superuser(importTable)
  worker = startImportWorker({ ...db.deps, importables: lamps.deps.importables, imports: lamps.deps.imports, log: () => {} })
})
afterAll(async () => {
  await worker?.stop()
  await lamps?.close()
  await db?.close()
})

type Post = Parameters<ExportsApp['send']>[0]
interface Brought {
  batch: ImportBatch
  headers: string[]
  sample: string[][]
}

async function send(by: Post, content: string | Buffer, name = '路灯.csv') {
  const boundary = 'lamp'
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: text/csv\r\n\r\n`
  const payload = Buffer.concat([Buffer.from(head), Buffer.from(content), Buffer.from(`\r\n--${boundary}--\r\n`)])
  return lamps.upload(by, '/imports', payload, `multipart/form-data; boundary=${boundary}`)
}

const mapping = {
  target: 'lamps',
  variant: 'lamp',
  source: 'old',
  fields: { key: { column: '编号' }, words: { column: '情况' }, phone: { column: '电话' } },
}
const csv = (rows: readonly string[]): string => ['编号,情况,电话', ...rows].join('\n')

async function bring(by: Post, rows: readonly string[]): Promise<Brought> {
  const answer = await send(by, csv(rows))
  expect([answer.status, answer.status === 201 ? '' : answer.bytes.toString()]).toEqual([201, ''])
  return answer.json<Brought>()
}

const act = (by: Post, batchId: string, verb: string, body: object = {}) =>
  lamps.send(by, 'POST', `/imports/${batchId}/${verb}`, { ...(verb !== 'preview' && { requestId: newId() }), ...body })

async function imported(by: Post, rows: readonly string[], more: object = {}): Promise<ImportBatch> {
  const { batch } = await bring(by, rows)
  const started = await act(by, batch.batchId, 'start', { mapping, mode: 'each', ...more })
  expect(started.status).toBe(202)
  await worker.drain()
  return (await lamps.send(by, 'GET', `/imports/${batch.batchId}`)).json<ImportBatch>()
}

test('a file is looked at, tried, brought in by the worker, and its wrong rows come back as a file', async () => {
  const { batch, headers, sample } = await bring('dispatcher', ['A1,亮,19999990042', 'A2,坏,', 'A3,,'])
  expect(batch).toMatchObject({ state: 'draft', fileName: '路灯.csv', number: expect.stringMatching(/^DR-\d{8}-\d{6}$/) })
  expect([headers, sample[0]]).toEqual([
    ['编号', '情况', '电话'],
    ['A1', '亮', '19999990042'],
  ])
  const fields = lampImport().variants()[0]!.fields
  expect(guessFields(fields, headers)).toEqual(mapping.fields)

  const preview = (await act('dispatcher', batch.batchId, 'preview', { mapping })).json<ImportPreview>()
  expect(preview).toMatchObject({ rows: 3, isWhole: true, added: 1, refused: 2, encoding: 'utf-8' })
  expect(preview.first).toEqual([{ line: 2, values: { key: 'A1', words: '亮', phone: '199****0042' } }])
  expect(preview.problems).toEqual(
    expect.arrayContaining([expect.objectContaining({ code: 'missing', column: '情况', rows: 1, zh: expect.stringContaining('没有填') })]),
  )
  expect(await db.superuser('SELECT 1 FROM exchange.test_lamp')).toEqual([])

  expect((await act('dispatcher', batch.batchId, 'start', { mapping, mode: 'each' })).status).toBe(202)
  await worker.drain()
  const done = (await lamps.send('dispatcher', 'GET', `/imports/${batch.batchId}`)).json<ImportBatch>()
  expect(done).toMatchObject({ state: 'done', rowsDone: 3, added: 1, refused: 2, source: 'old', byName: '陈明', share: 1 })
  const file = await lamps.send('dispatcher', 'GET', `/imports/${batch.batchId}/faults`)
  expect(file.bytes.toString('utf8').split('\r\n').slice(0, 3)).toEqual([
    '\uFEFF原行号,问题,编号,情况,电话',
    '3,编号“A2”不在您的区域内，导不进去,A2,坏,',
    '4,情况没有填，请补上，或在映射里给一个默认值,A3,,',
  ])
  expect((await act('dispatcher', batch.batchId, 'start', { mapping, mode: 'each' })).json()).toMatchObject({
    code: 'exchange.already_ended',
  })
  expect((await lamps.trail(batch.batchId)).map(({ action }) => action)).toEqual([
    'exchange.import_started',
    'exchange.imported',
    'exchange.import_faults_read',
  ])
})

test('the same again adds nothing; what changed is named and left; undo takes out all but what was touched', async () => {
  const first = await imported('dispatcher', ['B1,亮,', 'B2,暗,', 'B3,闪,'])
  expect(first).toMatchObject({ added: 3 })
  expect(await imported('dispatcher', ['B1,亮,', 'B2,灭,'])).toMatchObject({ added: 0, there: 1, changed: 1 })
  await db.superuser("UPDATE exchange.test_lamp SET is_touched = true WHERE key = 'B3'")
  expect((await act('dispatcher', first.batchId, 'undo', { reason: '导错了文件' })).status).toBe(202)
  await worker.drain()
  const undone = (await lamps.send('dispatcher', 'GET', `/imports/${first.batchId}`)).json<ImportBatch>()
  expect(undone).toMatchObject({ state: 'undone', removed: 2, kept: 1, keptNumbers: ['B3'] })
  expect(await lamps.trail(first.batchId)).toContainEqual(
    expect.objectContaining({
      action: 'exchange.import_undone',
      purpose: '导错了文件',
      detail: expect.objectContaining({ removed: 2, kept: 1, numbers: expect.stringMatching(/^[0-9a-f]{64}$/) }),
    }),
  )
})

test('of ten who undo one batch at once one does; it is taken out once, and the others are told so', async () => {
  const batch = await imported('dispatcher', ['H1,亮,', 'H2,暗,'])
  const all = await Promise.all(Array.from({ length: 10 }, () => act('dispatcher', batch.batchId, 'undo', { reason: '导错了' })))
  expect(all.map(({ status }) => status).sort()).toEqual([202, ...Array(9).fill(409)])
  for (const answer of all.filter(({ status }) => status === 409)) expect(answer.json()).toMatchObject({ code: 'exchange.already_ended' })
  await worker.drain()
  const undone = (await lamps.send('dispatcher', 'GET', `/imports/${batch.batchId}`)).json<ImportBatch>()
  expect(undone).toMatchObject({ state: 'undone', removed: 2, kept: 0 })
  const trail = (await lamps.trail(batch.batchId)).map(({ action }) => action)
  expect(trail.filter((action) => action.startsWith('exchange.import_und'))).toEqual([
    'exchange.import_undo_asked',
    'exchange.import_undone',
  ])
})

test('what another system wrote counts nothing in the file of wrong rows, and comes back from it as it was', async () => {
  const command = '=cmd|/c calc!A0'
  const batch = await imported('dispatcher', [`K1,坏,${command}`, 'K2,坏,@SUM(A1)', 'K3,坏,+86 19999990042'])
  const faults = (await lamps.send('dispatcher', 'GET', `/imports/${batch.batchId}/faults`)).bytes.toString('utf8')
  expect(faults).not.toMatch(/(^|,)"?[=+@]/m)
  expect(faults).toContain(`,'${command}`)
  // Put right there, it is imported by the same mapping.
  const again = faults.replaceAll(',坏,', ',亮,').replace(/^\uFEFF/, '')
  const { batch: second } = (await send('dispatcher', again)).json<Brought>()
  const preview = (
    await act('dispatcher', second.batchId, 'preview', {
      mapping: { ...mapping, fields: { ...mapping.fields, words: { column: '电话' } } },
    })
  ).json<ImportPreview>()
  expect(preview.first.map(({ values }) => values.words)).toEqual([command, '@SUM(A1)', '+86 199****0042'])
})

test('all or nothing: one wrong row keeps all of them out and is in the file of mistakes', async () => {
  expect(await imported('dispatcher', ['C1,亮,', 'C2,坏,'], { mode: 'whole' })).toMatchObject({
    state: 'failed',
    reason: 'rows-refused',
    added: 0,
    refused: 1,
  })
  expect(await db.superuser("SELECT 1 FROM exchange.test_lamp WHERE key LIKE 'C%'")).toEqual([])
})

test('a batch belongs to the area that it came into: another township has none of it, a post without the right is not let in', async () => {
  const own = await imported('dispatcher', ['D1,亮,'])
  for (const verb of ['undo', 'cancel', 'preview', 'start']) {
    const body = { undo: { reason: '别人的' }, cancel: {}, preview: { mapping }, start: { mapping, mode: 'each' } }[verb]!
    expect([verb, (await act('otherDispatcher', own.batchId, verb, body)).status]).toEqual([verb, 404])
  }
  expect((await lamps.send('otherDispatcher', 'GET', '/imports')).json<{ items: unknown[] }>().items).toEqual([])
  expect((await lamps.send('countyDispatcher', 'GET', `/imports/${own.batchId}`)).status).toBe(200)
  expect((await lamps.send('communityWorker', 'GET', '/imports')).status).toBe(403)
  expect((await send('communityWorker', csv(['D2,亮,']))).status).toBe(403)
})

test('a file or a mapping that does not do is refused in words, and nothing of it is kept', async () => {
  const wrong: [string | Buffer, string][] = [
    ['', 'exchange.file_unreadable'],
    ['a,"b', 'exchange.file_unreadable'],
    [Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), 'exchange.file_unreadable'],
  ]
  for (const [content, code] of wrong) expect((await send('dispatcher', content)).json()).toMatchObject({ code })
  const { batch } = await bring('dispatcher', ['E1,亮,'])
  const maps = [
    { ...mapping, target: 'nothing' },
    { ...mapping, fields: { ...mapping.fields, words: { column: '没有' } } },
    { ...mapping, fields: { key: { column: '编号' } } },
  ]
  for (const one of maps)
    expect((await act('dispatcher', batch.batchId, 'preview', { mapping: one })).json()).toMatchObject({ code: 'exchange.mapping_wrong' })
  expect((await act('dispatcher', batch.batchId, 'preview', { mapping: { ...mapping, timeZone: 'Mars' } })).status).toBe(400)
  expect((await act('dispatcher', batch.batchId, 'undo', { reason: '还没导' })).json()).toMatchObject({ code: 'exchange.already_ended' })
  expect((await act('dispatcher', batch.batchId, 'cancel')).status).toBe(200)
  expect((await act('dispatcher', batch.batchId, 'cancel')).json()).toMatchObject({ code: 'exchange.already_ended' })
})

test('a worker that dies leaves its lease, and the next goes on behind what was committed', async () => {
  const { batch } = await bring(
    'dispatcher',
    Array.from({ length: 1_200 }, (_, i) => `F${i},亮,`),
  )
  await act('dispatcher', batch.batchId, 'start', { mapping, mode: 'each' })
  // What a dead worker leaves: the first piece committed, the lease run out.
  await db.superuser(
    `UPDATE exchange.import_batch SET state = 'running', lease_id = gen_random_uuid(), lease_until = now() - interval '100 years', line_done = 501, rows_done = 500, attempts = 1 WHERE batch_id = '${batch.batchId}'`,
  )
  await worker.drain()
  const done = (await lamps.send('dispatcher', 'GET', `/imports/${batch.batchId}`)).json<ImportBatch>()
  expect(done).toMatchObject({ state: 'done', rowsDone: 1_200, added: 700 })
})

test('files go when they are no longer needed, and with them what stood in refused rows', async () => {
  const batch = await imported('dispatcher', ['G1,坏,'])
  db.clock.advance(31 * 86_400_000)
  await purgeImports(db.deps, lamps.deps.imports)
  expect(await db.superuser(`SELECT 1 FROM exchange.import_fault WHERE batch_id = '${batch.batchId}'`)).toEqual([])
  expect((await lamps.send('dispatcher', 'GET', `/imports/${batch.batchId}/faults`)).json()).toMatchObject({ code: 'exchange.file_gone' })
})
