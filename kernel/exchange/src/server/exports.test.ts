import { type TestDatabase, testDatabase } from '@linli/base/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ExportJob } from '../contract/export.ts'
import { type ExportsApp, exportsApp } from '../testing/exports-app.ts'
import { addLamps, lampList, lampTable } from '../testing/lamp-list.ts'
import { readCsv, readSheet } from '../testing/read-sheet.ts'
import type { ExportWorker } from './export-worker.ts'
import { purgeExports } from './purge-exports.ts'

let db: TestDatabase
let lamps: ExportsApp
let worker: ExportWorker
beforeAll(async () => {
  db = await testDatabase({ through: 'exchange' })
  lamps = await exportsApp(db, [lampList()])
  const { xingfu, xiangyang } = lamps.town.areas
  await db.superuser(lampTable)
  await db.superuser(addLamps(xingfu.areaPath, 1203))
  await db.superuser(addLamps(xiangyang.areaPath, 40, '向阳的灯'))
  worker = lamps.worker()
})
afterAll(async () => {
  await lamps?.close()
  await db?.close()
})

async function download(by: Parameters<typeof lamps.send>[0], job: ExportJob): Promise<Buffer> {
  const answer = await lamps.send(by, 'GET', `/exports/${job.exportId}/file`)
  expect([answer.status, answer.status === 200 ? '' : answer.bytes.toString()]).toEqual([200, ''])
  return answer.bytes
}

async function made(by: Parameters<typeof lamps.send>[0], wanted: object = {}): Promise<ExportJob> {
  const job = await lamps.ask(by, wanted)
  await worker.drain()
  return lamps.job(by, job.exportId)
}

describe('a file', () => {
  test('[SEC-01] holds what the acting post sees and nothing of its neighbors, with names and telephones masked', async () => {
    const job = await made('communityWorker')
    expect(job).toMatchObject({ state: 'done', rowsDone: 1203, rowsExpected: 1203, heldFor: null, isFileThere: true })
    const { rows, name, hasFormula } = readSheet(await download('communityWorker', job))
    expect(name).toBe('路灯列表')
    expect(rows[1]).toEqual(['编号', '说明', '看灯人', '电话', '坏于', '瓦'])
    expect(rows[2]).toEqual(['L-000001', '灯不亮', '孙*兰', '199****0042', '2026-03-01 08:31', '1'])
    expect(rows).toHaveLength(1205)
    expect(hasFormula).toBe(false)
    expect(new Set(rows.slice(2).map((row) => row[1]))).toEqual(new Set(['灯不亮']))
    const sibling = readSheet(await download('siblingWorker', await made('siblingWorker'))).rows
    expect(new Set(sibling.slice(2).map((row) => row[1]))).toEqual(new Set(['向阳的灯']))
  })

  test('says in its first row and on every printed page who took it along, for which post, when and what for', async () => {
    const job = await made('communityWorker', { purpose: '核对 & 巡检 <三月>' })
    const { rows, pageXml } = readSheet(await download('communityWorker', job))
    for (const part of [job.number, '王小燕', '社区工作者', '幸福', '2026-03-02 09:00', '核对 & 巡检 <三月>'])
      expect(rows[0]?.[0]).toContain(part)
    expect(pageXml).toContain(job.number)
    expect(pageXml).toContain('核对 &amp;&amp; 巡检 &lt;三月&gt;')
    const csv = (await download('communityWorker', await made('communityWorker', { format: 'csv', lang: 'en' }))).toString('utf8')
    expect(csv.slice(0, 2)).toBe('\ufeff#')
    const [mark, head, first] = readCsv(csv.slice(1))
    expect(mark?.[0]).toMatch(/^# Export DC-20260302-\d{6} \| 王小燕 \(Community worker， .+\) \| 2026-03-02 09:00 \| Purpose: 月度核对/)
    expect([head, first]).toEqual([
      ['Number', 'Note', 'Keeper', 'Phone', 'Broken', 'Watts'],
      ['L-000001', '灯不亮', '孙*兰', '199****0042', '2026-03-01 08:31', '1'],
    ])
  })

  test('follows the filter and the order of the list, and the columns that were chosen', async () => {
    const job = await made('dispatcher', { query: { q: '向阳的灯', order: 'down' }, columns: ['watts', 'number'], format: 'csv' })
    expect(job.rowsDone).toBe(40)
    const rows = readCsv((await download('dispatcher', job)).toString('utf8').slice(1))
    expect(rows.slice(1, 3)).toEqual([
      ['编号', '瓦'],
      ['L-000040', '40'],
    ])
    expect(rows).toHaveLength(42)
  })

  test('keeps =1+1 a text in both formats', async () => {
    await db.superuser(addLamps(lamps.town.areas.liulin.areaPath, 1, '=1+1'))
    const sheet = readSheet(await download('villageWorker', await made('villageWorker')))
    expect([sheet.rows[2]?.[1], sheet.kinds(3)[1], sheet.hasFormula]).toEqual(['=1+1', 's', false])
    const csv = (await download('villageWorker', await made('villageWorker', { format: 'csv' }))).toString('utf8')
    expect(readCsv(csv.slice(1))[2]?.[1]).toBe("'=1+1")
  })
})

describe('who may', () => {
  test('a list that the post may not read, a filter it does not know, and a column it has not are refused', async () => {
    const wanted = { requestId: crypto.randomUUID(), list: 'lamps.list', format: 'csv', purpose: '核对' }
    const refused = async (body: object, by: Parameters<typeof lamps.send>[0] = 'communityWorker') => {
      const answer = await lamps.send(by, 'POST', '/exports', { ...wanted, requestId: crypto.randomUUID(), ...body })
      const { code, fields } = answer.json<{ code: string; fields?: { path: string }[] }>()
      return [answer.status, code, fields?.[0]?.path]
    }
    expect(await refused({ list: 'lamps.secret' })).toEqual([404, 'exchange.list_unknown', 'list'])
    expect(await refused({ query: { order: 'sideways' } })).toEqual([422, 'exchange.data_invalid', 'query.order'])
    expect(await refused({ query: { areaPath: '/' } })).toEqual([422, 'exchange.data_invalid', 'query'])
    expect(await refused({ columns: ['number', 'phoneInClear'] })).toEqual([422, 'exchange.data_invalid', 'columns.1'])
    expect(await refused({ purpose: '' })).toEqual([400, 'base.request_invalid', 'purpose'])
    expect(await refused({}, 'propertyClerk')).toEqual([403, 'access.forbidden', undefined])
    expect(await refused({}, 'systemAdmin')).toEqual([404, 'exchange.list_unknown', 'list'])
    expect(await refused({}, 'securityAdmin')).toEqual([403, 'access.forbidden', undefined])
  })

  test("nobody reads, cancels or downloads another's, and that somebody tried is on the trail", async () => {
    const job = await made('communityWorker')
    for (const [method, path] of [
      ['GET', ''],
      ['GET', '/file'],
      ['POST', '/cancel'],
      ['POST', '/renew'],
    ] as const) {
      const body = method === 'POST' ? { requestId: crypto.randomUUID() } : undefined
      const answer = await lamps.send('siblingWorker', method, `/exports/${job.exportId}${path}`, body)
      expect([answer.status, answer.json<{ code: string }>().code]).toEqual([404, 'exchange.not_found'])
    }
    const tried = (await lamps.trail(job.exportId)).filter(({ action }) => action === 'exchange.read_refused')
    expect(tried.map(({ account_id }) => account_id)).toEqual(Array(4).fill(lamps.town.posts.siblingWorker.accountId))
  })
})

test('asked, done and downloaded are on the trail in the name of whoever asked, with the purpose and what was taken, and no filter word', async () => {
  const job = await made('communityWorker', { query: { q: '灯不亮' } })
  await download('communityWorker', job)
  const trail = await lamps.trail(job.exportId)
  expect(trail.map(({ action }) => action)).toEqual(['exchange.asked', 'exchange.done', 'exchange.downloaded'])
  expect(new Set(trail.map(({ account_id, purpose }) => `${account_id} ${purpose}`))).toEqual(
    new Set([`${lamps.town.posts.communityWorker.accountId} 月度核对`]),
  )
  expect(trail[0]?.detail).toMatchObject({ rows: 1203, filter: ['q'], list: 'lamps.list' })
  expect(JSON.stringify(trail)).not.toContain('灯不亮')
  expect((await lamps.job('communityWorker', job.exportId)).downloads).toBe(1)
})

test('a request sent twice asks for one export', async () => {
  const body = { requestId: crypto.randomUUID(), list: 'lamps.list', format: 'csv', purpose: '核对' }
  const [first, second] = [
    await lamps.send('dispatcher', 'POST', '/exports', body),
    await lamps.send('dispatcher', 'POST', '/exports', body),
  ]
  expect([first.status, second.status]).toEqual([202, 200])
  expect(second.json<ExportJob>().exportId).toBe(first.json<ExportJob>().exportId)
})

test('the file is handed out for a day, may be renewed within the week, and is then deleted', async () => {
  const job = await made('communityWorker')
  const code = async (path: string, body?: object) => {
    const answer = await lamps.send('communityWorker', body ? 'POST' : 'GET', `/exports/${job.exportId}${path}`, body)
    return answer.status === 200 ? 200 : answer.json<{ code: string }>().code
  }
  const from = db.clock.now()
  db.clock.advance(24 * 3_600_000)
  expect(await code('/file')).toBe('exchange.link_expired')
  expect(await code('/renew', { requestId: crypto.randomUUID() })).toBe(200)
  expect(await code('/file')).toBe(200)
  expect(await lamps.onDisk()).toContain(job.exportId)
  db.clock.advance(6 * 24 * 3_600_000)
  expect(await code('/file')).toBe('exchange.file_gone')
  await purgeExports(db.deps, lamps.deps.store)
  expect(await lamps.onDisk()).not.toContain(job.exportId)
  expect(await lamps.job('communityWorker', job.exportId)).toMatchObject({ state: 'done', isFileThere: false })
  expect(await code('/renew', { requestId: crypto.randomUUID() })).toBe('exchange.file_gone')
  db.clock.moveTo(from)
})

test('the download center shows what this post took along, newest first, page by page', async () => {
  for (let i = 0; i < 3; i++) {
    db.clock.advance(1000)
    await lamps.ask('townshipLead', { purpose: `第 ${i} 次` })
  }
  const first = (await lamps.send('townshipLead', 'GET', '/exports?limit=2')).json<{ items: ExportJob[]; next: string }>()
  const second = (await lamps.send('townshipLead', 'GET', `/exports?limit=2&cursor=${first.next}`)).json<{
    items: ExportJob[]
    next: null
  }>()
  expect([...first.items, ...second.items].map(({ purpose }) => purpose)).toEqual(['第 2 次', '第 1 次', '第 0 次'])
  expect(second.next).toBe(null)
})
