import { accountExport, auditExport, handoverExport, handoverListExport, refusalExport } from '@linli/access/server'
import type { Town, TownPost } from '@linli/access/testing'
import type { Problem } from '@linli/base/contract'
import { newId } from '@linli/base/define'
import { type TestDatabase, testDatabase } from '@linli/base/testing'
import { exportRule } from '@linli/exchange/define'
import { type ExportsApp, exportsApp, readSheet } from '@linli/exchange/testing'
import { personExport } from '@linli/registry/server'
import { anIdNumber, aRegistry, type RegistryUnderTest } from '@linli/registry/testing'
import { deviceExport, episodeExport, quarantineExport } from '@linli/signals/server'
import { type SignalsApp, signalsApp } from '@linli/signals/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

/** Asks for a list as a post, lets it be written, and opens the file: names of columns, then rows. */
function fileOf(app: ExportsApp) {
  // One for the whole test: a second would take what the first is asked to drain.
  const worker = app.worker()
  return async (by: TownPost, list: string, query: object = {}, lang: 'zh' | 'en' = 'zh'): Promise<string[][]> => {
    const { exportId } = await app.ask(by, { list, query, lang })
    await worker.drain()
    expect(await app.job(by, exportId)).toMatchObject({ state: 'done', reason: null })
    return readSheet((await app.send(by, 'GET', `/exports/${exportId}/file`)).bytes).rows.slice(1)
  }
}
const refusalOf = async (app: ExportsApp, by: TownPost, list: string, query: object = {}) => {
  const answer = await app.send(by, 'POST', '/exports', { requestId: newId(), list, query, format: 'csv', purpose: '核对' })
  return [answer.status, answer.json<Problem>().code]
}
const columnOf = (rows: string[][], head: string): string[] => rows.slice(1).map((row) => row[rows[0]!.indexOf(head)] ?? '')

describe('people, accounts, the trail and handovers', () => {
  let registry: RegistryUnderTest
  let app: ExportsApp
  let town: Town
  let file: ReturnType<typeof fileOf>
  let db: TestDatabase
  const idNumber = anIdNumber('1951-03-15', 24)

  beforeAll(async () => {
    registry = await aRegistry({ through: 'exchange' })
    ;({ town, db } = registry)
    const lists = [personExport(registry.deps), accountExport(), auditExport(), refusalExport(), handoverListExport(), handoverExport()]
    app = await exportsApp(db, lists, exportRule, [], town)
    file = fileOf(app)
    await record('communityWorker', 'xingfu', { name: '吴桂兰', idNumber, phone: '19999990021' })
    await record('communityWorker', 'xingfu', { name: '单建国' })
    await record('siblingWorker', 'xiangyang', { name: '何大年' })
  })
  afterAll(async () => {
    await app?.close()
    await registry?.close()
  })

  async function record(by: TownPost, area: 'xingfu' | 'xiangyang', values: object): Promise<void> {
    const body = { requestId: newId(), values, communityCode: town.areas[area].code, source: 'visit' }
    expect((await registry.send(by, 'POST', '/persons', body)).status).toBe(201)
  }

  test('residents leave masked, each post takes its own, and nobody is written down as looked at [SEC-01] (masked in exports)', async () => {
    const rows = await file('communityWorker', 'registry.persons')
    expect(rows[0]).toEqual(['姓名', '证件号', '电话', '住处', '状态', '关爱对象', '最近变更'])
    const masked = rows.slice(1).map((row) => row.slice(0, 3))
    expect(masked.sort(([a], [b]) => (a! < b! ? 1 : -1))).toEqual([
      ['吴*兰', `239999********${idNumber.slice(-4)}`, '199****0021'],
      ['单*国', '', ''],
    ])
    expect(columnOf(await file('siblingWorker', 'registry.persons'), '姓名')).toEqual(['何*年'])
    expect(await file('gridWorker', 'registry.persons')).toHaveLength(1)
    expect(columnOf(await file('communityWorker', 'registry.persons', { q: '建国' }, 'en'), 'Name')).toEqual(['单*国'])
    expect(await file('communityWorker', 'registry.persons', { careGroup: 'elder.lives-alone' })).toHaveLength(1)
    expect(await db.superuser('SELECT FROM registry.person_view')).toHaveLength(0)
  })

  test('that a list of residents was taken along, by whom and what for is on the trail, and never the words that were searched', async () => {
    const { exportId } = await app.ask('communityWorker', { list: 'registry.persons', query: { q: '桂兰' }, purpose: '高龄津贴核对' })
    const [line] = await app.trail(exportId)
    expect(line).toMatchObject({ action: 'exchange.asked', account_id: town.posts.communityWorker.accountId, purpose: '高龄津贴核对' })
    expect(line!.detail).toMatchObject({ list: 'registry.persons', rows: 1, filter: ['q'] })
    expect(JSON.stringify(line)).not.toContain('桂兰')
  })

  test('whoever may not read a list cannot take it along, and a filter that the list does not know is named', async () => {
    expect(await refusalOf(app, 'departmentClerk', 'registry.persons')).toEqual([404, 'exchange.list_unknown'])
    expect(await refusalOf(app, 'dispatcher', 'access.accounts')).toEqual([404, 'exchange.list_unknown'])
    expect(await refusalOf(app, 'systemAdmin', 'registry.persons')).toEqual([404, 'exchange.list_unknown'])
    expect(await refusalOf(app, 'systemAdmin', 'audit.trail')).toEqual([404, 'exchange.list_unknown'])
    expect((await refusalOf(app, 'securityAdmin', 'audit.refused'))[0]).toBe(403)
    expect(await refusalOf(app, 'communityWorker', 'registry.persons', { name: '吴' })).toEqual([422, 'exchange.data_invalid'])
    expect(await refusalOf(app, 'dispatcher', 'access.handover')).toEqual([422, 'exchange.data_invalid'])
  })

  test('the system administrator takes the accounts of the county along, with their posts in the language of the file', async () => {
    const rows = await file('systemAdmin', 'access.accounts', { q: '王小燕' })
    expect(rows.slice(0, 2)).toEqual([
      ['姓名', '账号', '岗位', '状态', '上次登录'],
      ['王小燕', 'communityworker', '社区工作者 幸福社区居民委员会 幸福社区', '正常', ''],
    ])
    const english = await file('systemAdmin', 'access.accounts', { q: '王小燕' }, 'en')
    expect(columnOf(english, 'Posts')).toEqual(['Community worker 幸福社区居民委员会 幸福社区'])
    expect(columnOf(await file('systemAdmin', 'access.accounts'), '账号')).toHaveLength(Object.keys(town.posts).length)
  })

  test('the audit administrator takes lines of the trail along as the page narrows them, without what stands inside of a line [SEC-07] (audit export)', async () => {
    const asked = { action: 'exchange.asked', account: '王小燕' }
    const { items } = (
      await registry.send('auditAdmin', 'GET', `/audit?action=${asked.action}&account=${encodeURIComponent('王小燕')}`)
    ).json<{
      items: { purpose: string }[]
    }>()
    const rows = await file('auditAdmin', 'audit.trail', asked)
    expect(rows[0]).toEqual(['时间', '动作', '谁', '单位', '对象', '对象编号', '原因', '封存'])
    expect(columnOf(rows, '原因')).toEqual(items.map(({ purpose }) => purpose))
    expect(new Set(columnOf(rows, '谁'))).toEqual(new Set(['王小燕']))
    expect(JSON.stringify(rows)).not.toContain('registry.persons')
    expect(columnOf(await file('auditAdmin', 'audit.trail', { ...asked, to: '2026-01-01T00:00:00.000Z' }), '动作')).toEqual([])
  })

  test('a handover list goes along with everything that went, for those who may see it', async () => {
    const { xingfu, xingfuCell1, xingfuCell2 } = town.areas
    const path = `/communities/${xingfu.areaId}/cell-changes`
    const change = {
      requestId: newId(),
      expectedVersion: 0,
      reason: '楼从另一边进出',
      cells: [xingfuCell1, xingfuCell2].map((cell) => ({ cellId: cell.areaId, name: cell.name, boundary: null })),
      ended: [],
      buildings: [{ buildingId: town.buildings.xingfuCell1, cellId: xingfuCell2.areaId }],
    }
    const plan = await registry.send('communityWorker', 'GET', `/communities/${xingfu.areaId}/cells`)
    change.expectedVersion = plan.json<{ version: number }>().version
    const made = await registry.send('communityWorker', 'POST', path, change)
    expect([made.status, made.status === 201 || made.json()]).toEqual([201, true])
    const { handoverId } = made.json<{ handoverId: string }>()

    const rows = await file('communityWorker', 'access.handover', { handover: handoverId })
    expect(rows.map((row) => row.slice(0, 2).concat(row.slice(5)))).toEqual([
      ['种类', '编号或名称', '从', '到'],
      ['楼栋', '幸福第一网格1号楼', '幸福第一网格', '幸福第二网格'],
    ])
    expect(await file('siblingWorker', 'access.handover', { handover: handoverId })).toHaveLength(1)
    expect(columnOf(await file('communityWorker', 'access.handovers', { community: xingfu.areaId }), '为什么')).toEqual(['楼从另一边进出'])
    expect(await file('siblingWorker', 'access.handovers')).toHaveLength(1)
  })

  test('a filter of each list is kept under a name, by whoever may read the list', async () => {
    const keep = (by: TownPost, list: string, query: object) =>
      app.send(by, 'POST', '/views', { requestId: newId(), list, name: '常看的', query })
    expect((await keep('communityWorker', 'registry.persons', { careGroup: 'left-behind', status: 'away' })).status).toBe(201)
    expect((await keep('systemAdmin', 'access.accounts', { q: '王' })).status).toBe(201)
    expect((await keep('auditAdmin', 'audit.trail', { action: 'cases.reveal', from: '2026-03-01T00:00:00.000Z' })).status).toBe(201)
    expect((await keep('securityAdmin', 'audit.refused', { account: '陈明' })).status).toBe(201)
    expect((await keep('securityAdmin', 'audit.refused', { action: 'cases.reveal' })).status).toBe(422)
    expect((await keep('dispatcher', 'access.accounts', { q: '王' })).status).toBe(404)
  })
})

describe('devices, alarms and the quarantine', () => {
  let db: TestDatabase
  let signals: SignalsApp
  let app: ExportsApp
  let file: ReturnType<typeof fileOf>

  beforeAll(async () => {
    db = await testDatabase({ through: 'exchange' })
    signals = await signalsApp(db)
    const { rules } = signals.deps
    const labels = (lang: string): Record<string, string> => (lang === 'en' ? { 'rule.lamps.smoke': 'Smoke' } : {})
    app = await exportsApp(db, [deviceExport(), episodeExport(rules, labels), quarantineExport()], exportRule, [], signals.town)
    file = fileOf(app)
    const device = await signals.aDevice('smoke', { code: 'YG-0001', place: '3号楼楼道，报警打 19999990042' })
    await signals.aDevice('wristband', { code: 'SH-0001' })
    const at = db.clock.now().getTime()
    await signals.post(device, JSON.stringify({ id: newId(), ts: at, values: { smoke: 1, battery: 81 } }))
    await signals.post(device, '{"values":{"smoke":"19999990042"}}')
  })
  afterAll(async () => {
    await app?.close()
    await signals?.close()
    await db?.close()
  })

  test('the ledger leaves by code as it is narrowed on the page, with numbers in places masked and no secret in it', async () => {
    const rows = await file('communityWorker', 'signals.devices', { kind: 'smoke' })
    expect(rows[0]).toEqual(['编码', '种类', '位置', '社区（村）', '网格', '在线状态', '电量（%）', '固件', '最近一次'])
    expect(rows[1]!.slice(0, 5)).toEqual(['YG-0001', '楼道烟感', '3号楼楼道，报警打 199****0042', '幸福社区', '幸福第一网格'])
    expect(rows[1]![6]).toBe('81')
    expect(rows).toHaveLength(2)
    expect(columnOf(await file('dispatcher', 'signals.devices', {}, 'en'), 'Code')).toEqual(['SH-0001', 'YG-0001'])
    expect(columnOf(await file('dispatcher', 'signals.devices', { presence: 'never' }), '编码')).toEqual(['SH-0001'])
    expect(await file('siblingWorker', 'signals.devices')).toHaveLength(1)
  })

  test('alarms leave with how they ended, open or settled as asked, to the area they are of', async () => {
    const [episode] = (await signals.send('communityWorker', 'GET', '/episodes')).json<{ items: { number: string; ruleName: string }[] }>()
      .items
    const rows = await file('communityWorker', 'signals.episodes', { state: 'open' })
    expect(rows[0]).toEqual(['编号', '告警', '级别', '位置', '社区（村）', '网格', '报警时间', '进展', '处置结果'])
    expect(rows[1]!.slice(0, 2)).toEqual([episode!.number, episode!.ruleName])
    expect(columnOf(rows, '进展')).toEqual(['没人接'])
    expect(await file('communityWorker', 'signals.episodes', { state: 'settled' })).toHaveLength(1)
    expect(await file('siblingWorker', 'signals.episodes')).toHaveLength(1)
  })

  test('what could not be taken leaves with its reason and without the message, which may hold anything', async () => {
    const rows = await file('communityWorker', 'signals.quarantine')
    expect(columnOf(rows, '设备编码')).toEqual(['YG-0001'])
    expect(columnOf(rows, '处理状态')).toEqual(['等待处理'])
    expect(JSON.stringify(rows)).not.toMatch(/19999990042/)
    expect(await file('communityWorker', 'signals.quarantine', { state: 'dropped' })).toHaveLength(1)
    expect(await file('siblingWorker', 'signals.quarantine')).toHaveLength(1)
    expect(await refusalOf(app, 'communityWorker', 'signals.quarantine', { device: 'x' })).toEqual([422, 'exchange.data_invalid'])
  })
})
