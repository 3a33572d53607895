import { newId } from '@linli/base/define'
import { type TestDatabase, testDatabase } from '@linli/base/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Episode, EpisodeRow } from '../contract/episode.ts'
import { type EpisodeEntry, foldEpisode } from '../define/index.ts'
import { type ADevice, type SignalsApp, signalsApp } from '../testing/signals-app.ts'

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

const at = (seconds = 0) => db.clock.now().getTime() - seconds * 1000
const press = (device: ADevice, more: object = {}) =>
  app.post(device, JSON.stringify({ id: newId(), ts: at(), values: { sos: 1 }, ...more }))
const smoke = (device: ADevice, value: 0 | 1, ts = at()) => app.post(device, JSON.stringify({ ts, values: { smoke: value } }))
const aWristband = () => app.aDevice('wristband')
const smokeIn = (building: string) => app.aDevice('smoke', { buildingId: app.town.buildings[building], place: '1号楼3层楼道' })

async function episodesOf(device: ADevice): Promise<EpisodeRow[]> {
  const rows = await db.superuser<{ episode_id: string }>(
    `SELECT e.episode_id FROM signals.episode e JOIN signals.episode_detector d USING (episode_id) WHERE d.device_id = '${device.deviceId}' ORDER BY e.raised_at, e.number`,
  )
  return Promise.all(rows.map(({ episode_id }) => view(episode_id)))
}
const view = async (episodeId: string): Promise<Episode> =>
  (await app.send('communityWorker', 'GET', `/episodes/${episodeId}`)).json<Episode>()
const move = (by: Parameters<SignalsApp['send']>[0], episodeId: string, key: string, body: object = {}) =>
  app.send(by, 'POST', `/episodes/${episodeId}/moves/${key}`, { requestId: newId(), ...body })

/** Every column that people act on is what the log says. */
async function expectFolded(episodeId: string): Promise<void> {
  const entries = await db.superuser<Omit<EpisodeEntry, 'at'> & { made_at: Date }>(
    `SELECT seq, move, data, made_at FROM signals.episode_entry WHERE episode_id = '${episodeId}' ORDER BY seq`,
  )
  const state = foldEpisode(entries.map(({ made_at, ...entry }) => ({ ...entry, at: made_at.toISOString() })))
  const [row] = await db.superuser<Record<string, unknown>>(
    `SELECT stage, level, highest_level AS "highestLevel", acknowledged_at AS "acknowledgedAt", departed_at AS "departedAt", arrived_at AS "arrivedAt",
      settled_at AS "settledAt", outcome, case_id AS "caseId", seq FROM signals.episode WHERE episode_id = '${episodeId}'`,
  )
  const said = Object.fromEntries(Object.entries(row!).map(([key, value]) => [key, value instanceof Date ? value.toISOString() : value]))
  expect(said).toEqual(state)
}

test('a press is an open alarm when it is acknowledged; a second one joins it, and after it was settled a new one opens [RISK-04] (threshold, duplicates suppressed)', async () => {
  const device = await aWristband()
  expect((await press(device)).status).toBe(200)
  const [first] = await episodesOf(device)
  expect(first).toMatchObject({ rule: 'lamps.call', level: 1, stage: 'raised', place: '1号楼2单元' })
  await press(device, { ts: at(30) })
  expect(await episodesOf(device)).toHaveLength(1)
  const whole = await view(first!.episodeId)
  expect(whole.devices).toMatchObject([{ code: device.code, signals: 2 }])
  expect(whole.firstSignalAt).toBe(new Date(at(30)).toISOString())
  expect((await move('gridWorker', whole.episodeId, 'settle', { outcome: 'FALSE_ENV', text: '误触' })).status).toBe(200)
  await press(device, { ts: at(60) })
  expect((await episodesOf(device)).map(({ stage }) => stage)).toEqual(['settled', 'raised'])
  await expectFolded(whole.episodeId)
})

test('answering stops the ladder, arriving ends it, and everybody who acted is named once each [ELDER-08] (call chain, arrival)', async () => {
  const device = await aWristband()
  await press(device)
  await app.settle()
  const [{ episodeId }] = (await episodesOf(device)) as [Episode]
  const inbox = await db.superuser<{ post_id: string }>(`SELECT post_id FROM messages.message WHERE once_key = 'alarm/${episodeId}/0/1'`)
  expect(inbox.map(({ post_id }) => post_id)).toEqual([app.town.posts.gridWorker.postId])
  db.clock.advance(20_000)
  const answers = await Promise.all([move('gridWorker', episodeId, 'acknowledge'), move('communityWorker', episodeId, 'acknowledge')])
  expect(answers.map(({ status }) => status)).toEqual([200, 200])
  db.clock.advance(5 * 60_000)
  await app.settle()
  expect((await view(episodeId)).lines.filter(({ kind }) => kind === 'told')).toMatchObject([
    { rung: '近处', told: 1, outcome: 'answered' },
  ])
  await move('gridWorker', episodeId, 'depart')
  const arrived = await move('gridWorker', episodeId, 'arrive', { position: { lon: 128.5, lat: 46.5 } })
  expect(arrived.json()).toMatchObject({ stage: 'arrived', nextStepAt: null })
  db.clock.advance(3_600_000)
  await app.settle()
  const ended = await move('communityWorker', episodeId, 'settle', { outcome: 'REAL', text: '老人摔倒，已送医，家属到场' })
  expect(ended.json<Episode>().lines.map(({ kind, byName }) => [kind, byName])).toEqual([
    ['raise', null],
    ['told', null],
    ['acknowledge', expect.any(String)],
    ['acknowledge', expect.any(String)],
    ['depart', '周倩'],
    ['arrive', '周倩'],
    ['settle', '王小燕'],
  ])
  await expectFolded(episodeId)
})

test('nobody answers: every rung in its time, each attempt once, by however many workers [RISK-04] (acknowledge timer)', async () => {
  const device = await aWristband()
  await press(device)
  const [{ episodeId }] = (await episodesOf(device)) as [Episode]
  const start = db.clock.now().getTime()
  for (let second = 0; second <= 8 * 60; second += 10) {
    db.clock.moveTo(new Date(start + second * 1000))
    await Promise.all([app.settle(), app.settle()])
  }
  const told = (await view(episodeId)).lines.filter(({ kind }) => kind === 'told')
  expect(told.map(({ at: time, rung, attempt }) => [rung, attempt, (Date.parse(time) - start) / 1000])).toEqual([
    ['近处', 1, 0],
    ['近处', 2, 60],
    ['社区', 1, 120],
    ['街道', 1, 240],
  ])
  expect(told.map(({ outcome }) => outcome)).toEqual(['unanswered', 'unanswered', 'unanswered', 'waiting'])
  const messages = await db.superuser<{ n: number }>(
    `SELECT count(*)::int AS n FROM messages.message WHERE once_key LIKE 'alarm/${episodeId}/%' GROUP BY once_key`,
  )
  expect(messages).toHaveLength(4)
})

test('somebody answered and nobody has arrived in time: the next rung is told all the same', async () => {
  const device = await aWristband()
  await press(device)
  await app.settle()
  const [{ episodeId }] = (await episodesOf(device)) as [Episode]
  await move('gridWorker', episodeId, 'acknowledge')
  db.clock.advance(10 * 60_000 - 1000)
  await app.settle()
  expect((await view(episodeId)).lines.filter(({ kind }) => kind === 'told')).toHaveLength(1)
  db.clock.advance(1000)
  await app.settle()
  expect((await view(episodeId)).lines.filter(({ kind }) => kind === 'told')).toHaveLength(2)
})

test('a rung where nobody has a post is passed over at once', async () => {
  const device = await app.aDevice('wristband', { areaCode: app.town.areas.xingfu.code })
  await press(device)
  await app.settle()
  const [episode] = (await episodesOf(device)) as [Episode]
  expect((await view(episode.episodeId)).lines.filter(({ kind }) => kind === 'told').map(({ rung, outcome }) => [rung, outcome])).toEqual([
    ['近处', 'nobody'],
    ['社区', 'waiting'],
  ])
})

test('a second detector of the building makes it worse, one that clears makes it better, a self-test and a paused one are no alarm', async () => {
  const [first, second, third] = [await smokeIn('xingfuCell1'), await smokeIn('xingfuCell1'), await smokeIn('xingfuCell1')]
  await app.post(first, JSON.stringify({ values: { smoke: 1, test: 1 } }))
  db.clock.advance(1000)
  expect(await episodesOf(first)).toEqual([])
  await smoke(first, 1)
  const [{ episodeId }] = (await episodesOf(first)) as [Episode]
  await app.settle()
  expect(await view(episodeId)).toMatchObject({ level: 2, subjectKind: 'building', subjectName: '1号楼' })
  await smoke(second, 1)
  expect(await view(episodeId)).toMatchObject({ level: 1, highestLevel: 1 })
  await app.settle()
  // Worse is not waited with: the next attempt is told at once.
  expect((await view(episodeId)).lines.filter(({ kind }) => kind === 'told')).toHaveLength(2)
  db.clock.advance(1000)
  await smoke(first, 0)
  expect(await view(episodeId)).toMatchObject({ level: 2, highestLevel: 1, stage: 'raised' })
  await app.send('communityWorker', 'POST', `/devices/${third.deviceId}/state`, {
    requestId: newId(),
    state: 'suspended',
    suspendedFor: 'maintenance',
    suspendedUntil: new Date(at(-3600)).toISOString(),
    reason: '更换电池',
  })
  expect((await smoke(third, 1)).status).toBe(200)
  expect(await episodesOf(third)).toEqual([])
  expect(await app.telemetry(third)).toHaveLength(1)
  await expectFolded(episodeId)
})

test('what an alarm may not lose is taken although a value beside it is a fault, and the fault is kept', async () => {
  const device = await aWristband()
  const answer = await app.post(device, '{"id":{"odd":1},"ts":"yesterday","values":{"sos":1,"battery":900}}')
  expect(answer.status).toBe(422)
  expect(await episodesOf(device)).toHaveLength(1)
  expect(await db.superuser(`SELECT 1 FROM signals.quarantine WHERE device_id = '${device.deviceId}'`)).toHaveLength(1)
})

test('an alarm ends with an outcome and a reason, once; who comes later reads how it ended', async () => {
  const device = await aWristband()
  await press(device)
  const [{ episodeId }] = (await episodesOf(device)) as [Episode]
  for (const [body, path] of [
    [{}, 'outcome'],
    [{ outcome: 'REAL' }, 'text'],
    [{ outcome: 'TEST', openCase: true }, 'openCase'],
  ] as const) {
    const answer = await move('gridWorker', episodeId, 'settle', body)
    expect({ status: answer.status, field: answer.json<{ fields: { path: string }[] }>().fields[0]?.path }).toEqual({
      status: 422,
      field: path,
    })
  }
  const requestId = newId()
  const settle = { requestId, outcome: 'TEST', text: '社区演练' }
  const twins = await Promise.all([1, 2].map(() => move('gridWorker', episodeId, 'settle', settle)))
  expect(twins.map(({ status }) => status)).toEqual([200, 200])
  const late = await move('communityWorker', episodeId, 'settle', { outcome: 'REAL', text: '另一个结论' })
  expect(late.status).toBe(409)
  expect(late.json<{ current: Episode }>().current).toMatchObject({ stage: 'settled', outcome: 'TEST' })
  expect((await view(episodeId)).lines.filter(({ kind }) => kind === 'settle')).toHaveLength(1)
})

test('an alarm is seen where it is, and nowhere else', async () => {
  const device = await aWristband()
  await press(device)
  const [{ episodeId }] = (await episodesOf(device)) as [Episode]
  for (const post of ['gridWorker', 'communityWorker', 'dispatcher', 'townshipLead', 'countyLead'] as const) {
    expect((await app.send(post, 'GET', `/episodes/${episodeId}`)).status).toBe(200)
    const list = await app.send(post, 'GET', '/episodes?state=open&limit=100')
    expect(list.json<{ items: EpisodeRow[] }>().items.map((one) => one.episodeId)).toContain(episodeId)
    const about = await app.send(post, 'GET', `/episodes?subjectId=${device.deviceId}`)
    expect(about.json<{ items: EpisodeRow[] }>().items.map((one) => one.episodeId)).toEqual([episodeId])
  }
  for (const post of ['otherGridWorker', 'siblingWorker', 'otherDispatcher'] as const) {
    expect((await app.send(post, 'GET', `/episodes/${episodeId}`)).status).toBe(404)
    expect((await move(post, episodeId, 'note', { text: '看看' })).status).toBe(404)
    expect((await app.send(post, 'GET', `/devices/${device.deviceId}`)).status).toBe(404)
  }
  for (const post of ['townshipLead', 'countyLead', 'departmentLead', 'systemAdmin'] as const)
    expect((await move(post, episodeId, 'note', { text: '看看' })).status).toBe(403)
})

test('pages of the list go on where the last one ended, open ones first', async () => {
  const seen: string[] = []
  let cursor = ''
  do {
    const page = (await app.send('countyLead', 'GET', `/episodes?limit=3${cursor && `&cursor=${cursor}`}`)).json<{
      items: EpisodeRow[]
      next: string | null
    }>()
    seen.push(...page.items.map(({ episodeId, stage }) => `${stage === 'settled' ? 1 : 0} ${episodeId}`))
    cursor = page.next ?? ''
  } while (cursor)
  const [{ n }] = (await db.superuser<{ n: number }>('SELECT count(*)::int AS n FROM signals.episode')) as [{ n: number }]
  expect(new Set(seen).size).toBe(n)
  expect(seen.map((one) => one[0])).toEqual(seen.map((one) => one[0]).sort())
})
