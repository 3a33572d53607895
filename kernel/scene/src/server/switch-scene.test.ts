import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAreaBook, placeFrom } from '@linli/access/server'
import { aTown, type Town, type TownPost } from '@linli/access/testing'
import { newId } from '@linli/base/define'
import { createPersonKey, erasePerson, loadPersonKey, migrate, publishedCalendar, sql } from '@linli/base/server'
import { type TestDatabase, testDatabase, testHttp } from '@linli/base/testing'
import { type CasesDeps, caseRoutes, sweepNotices } from '@linli/cases/server'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aScene } from '../testing/a-scene.ts'
import { type LoadedScenes, loadScenes } from './load-scenes.ts'
import { sceneRoutes } from './routes.ts'
import { openSwitchBook, type SwitchBook } from './switch-book.ts'

let db: TestDatabase
let town: Town
let switches: SwitchBook
let loaded: LoadedScenes
let cases: CasesDeps
let app: FastifyInstance

beforeAll(async () => {
  db = await testDatabase()
  town = await db.system((ctx) => aTown(ctx))
  switches = await openSwitchBook({ ...db.deps, rereadMs: 50 })
  loaded = loadScenes([aScene()], { switches })
  const areas = createAreaBook(db.clock)
  cases = {
    ...db.deps,
    catalogue: loaded.catalogue,
    calendar: () => publishedCalendar(),
    findPlace: async (ctx, code) => {
      const area = await areas.find(ctx, code)
      return area && placeFrom(area)
    },
    createPersonKey: (ctx) => createPersonKey(ctx, db.deps.vault),
    loadPersonKey: (ctx, keyId) => loadPersonKey(ctx, db.deps.vault, keyId),
    erasePerson,
    adoptFiles: async () => true,
    findSubject: async () => undefined,
  }
  app = await testHttp((http) => {
    caseRoutes(http, cases)
    sceneRoutes(http, db.deps, loaded)
  })
})

afterAll(async () => {
  switches?.stop()
  await app?.close()
  await db?.close()
})

const as = (post: TownPost) => db.sessions.signIn(town.posts[post].actor)
const report = (areaCode: string) =>
  app.inject({ method: 'POST', url: '/api/v1/public/appeals', payload: { requestId: newId(), detail: '灯不亮', areaCode } })
const flip = (area: keyof Town['areas'], isOn: boolean, more: { by?: TownPost; requestId?: string; key?: string } = {}) =>
  app.inject({
    method: 'POST',
    url: `/api/v1/scenes/${more.key ?? 'lamps'}/switches`,
    headers: as(more.by ?? 'systemAdmin'),
    payload: { requestId: more.requestId ?? newId(), areaId: town.areas[area].areaId, isOn, reason: '换用别的系统' },
  })
const menuOf = async (post: TownPost) => (await app.inject({ url: '/api/v1/scenes', headers: as(post) })).json().items[0]
const codes = { xingfu: '239999001001', xiangyang: '239999001002', liulin: '239999100200' }

test('a scene switched off in an area leaves no menu, no opening and no reminder there; its open cases are finished as before [PLAT-16] (switch, at the API)', async () => {
  expect((await report(codes.xingfu)).statusCode).toBe(201)
  const { case_id: caseId } = (await db.superuser<{ case_id: string }>('SELECT case_id FROM cases.case_file'))[0]!

  expect((await flip('subdistrict', false)).statusCode).toBe(201)

  expect(await menuOf('dispatcher')).toMatchObject({ key: 'lamps', isOn: false })
  expect(await menuOf('communityWorker')).toMatchObject({ isOn: false })
  expect(await menuOf('otherDispatcher')).toMatchObject({ isOn: true })
  const refused = await report(codes.xingfu)
  expect([refused.statusCode, refused.json().code]).toEqual([422, 'case.type_unknown'])
  expect((await report(codes.liulin)).statusCode).toBe(201)

  db.clock.advance(2 * 3_600_000)
  await db.system((system) => sweepNotices(system, cases))
  const noticed = await db.superuser<{ area_path: string }>(
    'SELECT f.area_path FROM cases.case_notice JOIN cases.case_file f USING (case_id)',
  )
  expect(noticed.map((row) => row.area_path)).toEqual([town.areas.liulin.areaPath])

  const move = (post: TownPost, key: string, expectedSeq: number, data = {}) =>
    app.inject({
      method: 'POST',
      url: `/api/v1/cases/${caseId}/moves/${key}`,
      headers: as(post),
      payload: { requestId: newId(), expectedSeq, data },
    })
  expect((await move('dispatcher', 'dispatch', 1, { orgId: town.orgs.housing })).json()).toMatchObject({ stage: 'repairing' })
  expect((await move('departmentClerk', 'mend', 2)).json()).toMatchObject({ stage: 'mended', status: 'closed' })
  expect(await db.superuser(sql`SELECT move FROM cases.case_entry WHERE case_id = ${caseId} ORDER BY seq`)).toEqual([
    { move: 'open' },
    { move: 'dispatch' },
    { move: 'mend' },
  ])
})

test('of several switches the nearest above a place decides, of one area the newest [PLAT-16] (switch)', async () => {
  await flip('county', false)
  await flip('xiangyang', true)
  expect((await report(codes.xiangyang)).statusCode).toBe(201)
  expect((await report(codes.xingfu)).statusCode).toBe(422)
  expect((await report(codes.liulin)).statusCode).toBe(422)
  await flip('county', true)
  await flip('subdistrict', true)
  for (const code of Object.values(codes)) expect((await report(code)).statusCode).toBe(201)
})

test('another process knows of a switch within two seconds', async () => {
  const other = await openSwitchBook({ ...db.deps, rereadMs: 50 })
  const { areaPath } = town.areas.liulin
  expect(other.isOn('lamps', areaPath)).toBe(true)
  await flip('town', false)
  await expect.poll(() => other.isOn('lamps', areaPath), { timeout: 2000 }).toBe(false)
  await flip('town', true)
  await expect.poll(() => other.isOn('lamps', areaPath), { timeout: 2000 }).toBe(true)
  other.stop()
})

test('only who may switch does, and only inside his own area; the database says so too', async () => {
  expect((await app.inject({ url: '/api/v1/scenes' })).statusCode).toBe(401)
  expect((await flip('subdistrict', false, { by: 'dispatcher' })).statusCode).toBe(403)
  const outside = await flip('prefecture', false)
  expect([outside.statusCode, outside.json().code]).toEqual([403, 'access.area_forbidden'])
  expect((await flip('county', false, { key: 'roofs' })).json().code).toBe('scene.unknown')
  const directly = (post: TownPost, area: keyof Town['areas']) =>
    db.as(town.posts[post].actor, (ctx) =>
      ctx.run(sql`INSERT INTO scene.scene_switch (scene_key, area_id, is_on, reason, made_by, made_at)
        VALUES ('lamps', ${town.areas[area].areaId}, false, '试', ${ctx.actor.accountId}, ${ctx.now})`),
    )
  await expect(directly('dispatcher', 'subdistrict')).rejects.toThrow(/row-level security/)
  await expect(directly('systemAdmin', 'prefecture')).rejects.toThrow(/row-level security/)
  await expect(db.as(town.posts.systemAdmin.actor, (ctx) => ctx.run(sql`DELETE FROM scene.scene_switch`))).rejects.toThrow(
    /permission denied/,
  )
  const wrong = await app.inject({
    method: 'POST',
    url: '/api/v1/scenes/lamps/switches',
    headers: as('systemAdmin'),
    payload: { requestId: newId(), areaId: 'x', isOn: 'yes' },
  })
  expect(wrong.json().fields.map((field: { path: string }) => field.path)).toEqual(expect.arrayContaining(['areaId', 'isOn', 'reason']))
})

test('a switch sent twice is made once, told once and on record', async () => {
  const requestId = newId()
  const count = async () => (await db.superuser<{ n: number }>('SELECT count(*) AS n FROM scene.scene_switch'))[0]!.n
  const before = await count()
  const [first, second] = [await flip('xingfuCell1', false, { requestId }), await flip('xingfuCell1', false, { requestId })]
  expect([first.statusCode, second.statusCode]).toEqual([201, 200])
  expect(second.json()).toEqual(first.json())
  expect(await count()).toBe(before + 1)
  expect(await menuOf('gridWorker')).toMatchObject({
    isOn: false,
    switches: expect.arrayContaining([expect.objectContaining({ areaName: '幸福第一网格', isOn: false, byName: '许诺' })]),
  })
  const told = await db.superuser(
    sql`SELECT payload FROM base.outbox WHERE event = 'scene.switched' AND payload->>'areaPath' = ${town.areas.xingfuCell1.areaPath}`,
  )
  expect(told).toEqual([{ payload: { scene: 'lamps', areaPath: town.areas.xingfuCell1.areaPath, isOn: false } }])
  const audited = await db.superuser(
    sql`SELECT purpose, detail FROM base.audit_entry WHERE action = 'scene.switch' AND area_path = ${town.areas.xingfuCell1.areaPath}`,
  )
  expect(audited).toEqual([{ purpose: '换用别的系统', detail: { isOn: false } }])
})

test('names of stages, moves and fields reach every browser in both languages', async () => {
  const labels = async (lang: string) => (await app.inject({ url: `/api/v1/public/scenes/labels?lang=${lang}` })).json().labels
  expect(await labels('en')).toMatchObject({
    'stage.reported': 'Reported',
    'public.move.dispatch': 'Somebody was sent out',
    'field.orgId': 'Unit',
  })
  expect(await labels('zh')).toMatchObject({ 'stage.reported': '已报', 'public.move.dispatch': '派人去修了', 'field.orgId': '单位' })
})

test('a scene that is off is still upgraded: its new migration runs once, and what it held stays [PLAT-16] (upgrade)', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'linli-scene-'))
  try {
    await mkdir(folder, { recursive: true })
    await writeFile(
      join(folder, '0001_create-lamp.sql'),
      `CREATE SCHEMA lamps; CREATE TABLE lamps.lamp (number text PRIMARY KEY); INSERT INTO lamps.lamp VALUES ('L-1')`,
    )
    const sources = [{ engine: 'lamps', folder }]
    expect((await migrate(db.ownerUrl, sources)).applied).toEqual(['lamps/0001_create-lamp.sql'])
    await flip('county', false)
    await writeFile(join(folder, '0002_add-height.sql'), 'ALTER TABLE lamps.lamp ADD COLUMN height integer NOT NULL DEFAULT 6')
    expect((await migrate(db.ownerUrl, sources)).applied).toEqual(['lamps/0002_add-height.sql'])
    expect((await migrate(db.ownerUrl, sources)).applied).toEqual([])
    expect(await db.superuser('SELECT number, height FROM lamps.lamp')).toEqual([{ number: 'L-1', height: 6 }])
    expect(await db.superuser(`SELECT name FROM migration.applied WHERE engine = 'lamps' ORDER BY name`)).toHaveLength(2)
  } finally {
    await rm(folder, { recursive: true })
    await flip('county', true)
  }
})
