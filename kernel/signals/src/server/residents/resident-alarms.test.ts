import { aResidentSession } from '@linli/access/testing'
import { newId } from '@linli/base/define'
import { type Actor, publicActor, transact } from '@linli/base/server'
import { type TestDatabase, testDatabase } from '@linli/base/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Episode } from '../../contract/episode.ts'
import type { ResidentAlarm } from '../../contract/resident-alarm.ts'
import { type SignalsApp, signalsApp } from '../../testing/signals-app.ts'
import { residentAlarmTopic } from './resident-alarms.ts'

let db: TestDatabase
let app: SignalsApp
beforeAll(async () => {
  db = await testDatabase({ through: 'signals' })
  app = await signalsApp(db)
})
afterAll(async () => {
  await app.close()
  await db.close()
})

const aResident = (personId: string | null) => db.system((system) => aResidentSession(system, personId))
const call = (token: string, requestId = newId(), more: object = {}) =>
  app.asResident(token, 'POST', '/residents/me/alarms', { requestId, ...more })
const mine = async (token: string): Promise<ResidentAlarm[]> =>
  (await app.asResident(token, 'GET', '/residents/me/alarms')).json<{ items: ResidentAlarm[] }>().items
const reply = (token: string, episodeId: string, said: string) =>
  app.asResident(token, 'POST', `/residents/me/alarms/${episodeId}/replies`, { requestId: newId(), reply: said })
const move = (episodeId: string, key: string, body: object = {}) =>
  app.send('gridWorker', 'POST', `/episodes/${episodeId}/moves/${key}`, { requestId: newId(), ...body })
const view = async (episodeId: string) => (await app.send('communityWorker', 'GET', `/episodes/${episodeId}`)).json<Episode>()

test('a press on the own phone is an alarm like that of a wristband, sent twice it is one, and the person reads who is coming [ELDER-08] (call, responder arrival)', async () => {
  const personId = newId()
  const { token } = await aResident(personId)
  const requestId = newId()
  const twins = await Promise.all([call(token, requestId), call(token, requestId), call(token, requestId)])
  expect(twins.map(({ status }) => status)).toEqual([201, 201, 201])
  const episodeId = twins[0]!.json<ResidentAlarm>().episodeId
  expect(new Set(twins.map((one) => one.json<ResidentAlarm>().episodeId))).toEqual(new Set([episodeId]))
  const open = await db.superuser(`SELECT 1 FROM signals.episode WHERE subject_id = '${personId}'`)
  expect(open).toHaveLength(1)
  await app.settle()
  expect(await view(episodeId)).toMatchObject({ stage: 'raised', level: 1, place: '1号楼2单元', devices: [{ signals: 1 }] })
  await move(episodeId, 'acknowledge')
  await move(episodeId, 'depart')
  const [seen] = await mine(token)
  expect(seen).toMatchObject({ isOwn: true, stage: 'departed' })
  expect(seen!.steps.map(({ kind, who, role }) => [kind, who, role?.zh])).toEqual([
    ['raise', null, undefined],
    ['told', null, undefined],
    ['acknowledge', '周', '网格员'],
    ['depart', '周', '网格员'],
  ])
  // A second press joins the alarm that is open, as a wristband's would.
  expect((await call(token)).json<ResidentAlarm>().episodeId).toBe(episodeId)
})

test('where the phone was is with the alarm while it is open, and nowhere afterwards', async () => {
  const { token } = await aResident(newId())
  const position = { lon: 128.7331, lat: 46.9177 }
  const { episodeId } = (await call(token, newId(), { position })).json<ResidentAlarm>()
  expect(await view(episodeId)).toMatchObject({ callerPosition: position })
  await move(episodeId, 'settle', { outcome: 'REAL', text: '已扶起，无大碍' })
  expect(await view(episodeId)).toMatchObject({ callerPosition: null })
  const left = JSON.stringify([
    await db.superuser('SELECT * FROM signals.episode'),
    await db.superuser('SELECT * FROM signals.episode_entry'),
    await db.superuser('SELECT * FROM signals.telemetry'),
    await db.superuser('SELECT * FROM base.outbox'),
    await db.superuser('SELECT * FROM base.audit_entry'),
  ])
  expect(left).not.toContain('128.7331')
})

test('family who are bound see the alarm and say what they do, which stops nothing; nobody else sees it', async () => {
  const personId = newId()
  const [elder, son, stranger] = [await aResident(personId), await aResident(null), await aResident(newId())]
  app.wards.set(son.residentId, [{ personId, name: '赵*兰' }])
  const { episodeId } = (await call(elder.token)).json<ResidentAlarm>()
  expect(await mine(son.token)).toMatchObject([
    { episodeId, isOwn: false, personName: '赵*兰', replies: ['calling', 'onTheWay', 'withThem'] },
  ])
  expect((await reply(son.token, episodeId, 'onTheWay')).status).toBe(200)
  expect((await reply(elder.token, episodeId, 'onTheWay')).status).toBe(422)
  expect(await view(episodeId)).toMatchObject({ stage: 'raised' })
  expect((await view(episodeId)).lines.filter(({ kind }) => kind === 'reply')).toMatchObject([{ byName: '林*', reply: 'onTheWay' }])
  expect((await mine(elder.token))[0]!.steps.at(-1)).toMatchObject({ kind: 'reply', who: '林*', reply: 'onTheWay' })
  expect(await mine(stranger.token)).toEqual([])
  expect((await reply(stranger.token, episodeId, 'fine')).status).toBe(404)
  // Ended by either of the two, it is over at once.
  app.wards.delete(son.residentId)
  expect(await mine(son.token)).toEqual([])
  expect((await reply(son.token, episodeId, 'calling')).status).toBe(404)
})

test('whether a page hears of an alarm is asked at that moment, of that resident alone', async () => {
  const personId = newId()
  const [elder, son, stranger] = [await aResident(personId), await aResident(null), await aResident(newId())]
  app.wards.set(son.residentId, [{ personId, name: '赵*兰' }])
  const { episodeId } = (await call(elder.token)).json<ResidentAlarm>()
  const topic = residentAlarmTopic(app.deps)
  const as = (residentId: string, own?: string): Actor => ({
    ...publicActor,
    sender: residentId,
    residentId,
    ...(own && { personId: own }),
  })
  const hears = (actor: Actor) => transact(db.deps, actor, (ctx) => topic.visible(ctx, [episodeId, newId()]))
  const mayHear = await db.system((system) => topic.findConcerned!(system, [episodeId]))
  const [she, he, other] = [as(elder.residentId, personId), as(son.residentId), as(stranger.residentId)]
  expect(await Promise.all([she, he, other].map(hears))).toEqual([[episodeId], [episodeId], []])
  expect([she, he, other].map((actor) => mayHear(actor, episodeId))).toEqual([true, true, false])
  expect(mayHear(she, newId())).toBe(false)
  // The bond ends between the two looks: the second one says no.
  app.wards.delete(son.residentId)
  expect(await hears(he)).toEqual([])
  // Who is nobody's resident sees none.
  expect(await hears({ ...publicActor })).toEqual([])
})

test('who is in no person file is told to dial 120, and nobody without a session is heard', async () => {
  const { token } = await aResident(null)
  expect((await call(token)).json()).toMatchObject({ status: 409, code: 'signals.resident_unplaced' })
  expect((await app.asResident('x'.repeat(43), 'GET', '/residents/me/alarms')).status).toBe(401)
  // A session of staff is none of a resident.
  const asStaff = app.town.signIn('gridWorker').authorization!.replace('Bearer ', '')
  expect((await call(asStaff)).status).toBe(401)
})
