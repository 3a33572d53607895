import { aResidentSession, aTown, type Town, type TownPost } from '@linli/access/testing'
import type { Problem } from '@linli/base/contract'
import { newId } from '@linli/base/define'
import { aClock, type TestDatabase, testDatabase } from '@linli/base/testing'
import type { PersonFile } from '@linli/registry/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aPlatform } from './security/a-platform.ts'

let db: TestDatabase
let town: Town
let platform: Awaited<ReturnType<typeof aPlatform>>
let home: string

beforeAll(async () => {
  db = await testDatabase({ clock: aClock(new Date()) })
  town = await db.system((system) => aTown(system))
  platform = await aPlatform(db)
  const place = { buildingId: town.buildings.xingfuCell1, entrance: '2单元', dwelling: '501室' }
  home = (await made<{ addressId: string }>('gridWorker', '/addresses', place)).addressId
})
afterAll(async () => {
  await platform?.stop()
  await db?.close()
})

async function send(by: TownPost | { token: string }, method: 'GET' | 'POST', path: string, payload?: object) {
  const headers = typeof by === 'string' ? town.signIn(by) : { authorization: `Bearer ${by.token}` }
  return platform.app.inject({ method, url: `/api/v1${path}`, headers, ...(payload && { payload }) })
}

async function made<T>(by: TownPost, path: string, payload: object): Promise<T> {
  const answer = await send(by, 'POST', path, { requestId: newId(), ...payload })
  expect(answer.statusCode, answer.body).toBe(201)
  return answer.json() as T
}

const note = '高血压，对青霉素过敏'
let people = 0

async function anElder(): Promise<{ personId: string; phone: string; press(): Promise<string> }> {
  const phone = `1999999560${++people}`
  const { personId } = await made<{ personId: string }>('communityWorker', '/persons', {
    values: { name: '吴桂兰', phone },
    communityCode: town.areas.xingfu.code,
    home: { addressId: home, residence: 'owner', on: '2026-01-05' },
    source: 'visit',
  })
  const code = `HN-${people}`
  const { secret } = await made<{ secret: string }>('communityWorker', '/devices', {
    code,
    kind: 'wristband',
    name: '手环',
    areaCode: town.areas.xingfuCell1.code,
    place: '1号楼2单元501室',
    subject: { kind: 'person', id: personId },
  })
  const press = async () => {
    const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/json' }
    const payload = JSON.stringify({ values: { sos: 1 } })
    const heard = await platform.app.inject({ method: 'POST', url: `/api/v1/devices/${code}/telemetry`, headers, payload })
    expect(heard.statusCode).toBe(200)
    const [alarm] = await db.superuser<{ episode_id: string }>(
      `SELECT episode_id FROM signals.episode WHERE subject_id = '${personId}' AND settled_at IS NULL`,
    )
    return alarm!.episode_id
  }
  return { personId, phone, press }
}

const file = async (personId: string) => (await send('communityWorker', 'GET', `/persons/${personId}`)).json() as PersonFile

async function change(personId: string, one: object) {
  const { seq } = await file(personId)
  return send('communityWorker', 'POST', `/persons/${personId}/changes`, {
    requestId: newId(),
    expectedSeq: seq,
    source: 'counter',
    change: one,
  })
}

const open = async (by: TownPost, episodeId: string) => {
  const answer = await send(by, 'POST', `/episodes/${episodeId}/health-note`)
  return answer.statusCode === 200 ? (answer.json() as { note: string | null }).note : [answer.statusCode, (answer.json() as Problem).code]
}
const move = (by: TownPost, episodeId: string, key: string, more: object = {}) =>
  send(by, 'POST', `/episodes/${episodeId}/moves/${key}`, { requestId: newId(), ...more })

test('an elder calls for help: who is called reads what she wrote for it, nobody else does, and nobody once it is over [ELDER-08] (health card on the call chain)', async () => {
  const { personId, press } = await anElder()
  const written = { change: 'healthNoted', healthNote: note, textVersion: '2026-11', channel: 'counter' }
  expect((await change(personId, written)).statusCode).toBe(200)
  const episodeId = await press()
  expect(await open('gridWorker', episodeId)).toBe(note)
  expect(await open('communityWorker', episodeId)).toBe(note)
  // The township is on the next rung; the next cell and the next community do not even see the alarm.
  expect(await open('dispatcher', episodeId)).toEqual([403, 'signals.ladder_closed'])
  expect(await open('otherGridWorker', episodeId)).toEqual([404, 'signals.episode_unknown'])
  expect(await open('siblingWorker', episodeId)).toEqual([404, 'signals.episode_unknown'])
  await move('dispatcher', episodeId, 'acknowledge')
  expect(await open('dispatcher', episodeId)).toBe(note)
  // Every opening stands where she reads it, with the alarm as its reason.
  const { items } = (await send('communityWorker', 'GET', `/persons/${personId}/views`)).json() as {
    items: { kind: string; reason: string | null; fields: string[] }[]
  }
  const opened = items.filter(({ fields }) => fields.includes('healthNote'))
  expect(opened).toHaveLength(3)
  expect(opened[0]!.reason).toMatch(/^处置告警 JB-\d{8}-\d+$/)
  await move('gridWorker', episodeId, 'settle', { outcome: 'REAL', text: '已扶起，社区医生看过' })
  for (const by of ['gridWorker', 'communityWorker', 'dispatcher'] as const)
    expect(await open(by, episodeId)).toEqual([409, 'signals.episode_settled'])
})

test('the note is in no list, file, search or reveal, and lies sealed', async () => {
  const { personId, press } = await anElder()
  await change(personId, { change: 'healthNoted', healthNote: note, textVersion: '2026-11', channel: 'counter' })
  const episodeId = await press()
  const read = [
    `/persons/${personId}`,
    `/persons/${personId}/entries`,
    '/persons?limit=100',
    `/persons?q=${encodeURIComponent('青霉素')}`,
    `/episodes/${episodeId}`,
  ]
  for (const path of read) expect((await send('communityWorker', 'GET', path)).body).not.toContain('青霉素')
  const reveal = await send('communityWorker', 'POST', `/persons/${personId}/reveal`, { reason: '上门走访联系', fields: ['healthNote'] })
  expect(reveal.statusCode).toBe(400)
  const kept = await db.superuser<{ text: string }>(`
    SELECT (SELECT jsonb_agg(p) FROM registry.person p)::text || (SELECT jsonb_agg(e) FROM registry.person_entry e)::text
      || (SELECT jsonb_agg(a) FROM base.audit_entry a)::text AS text`)
  expect(kept[0]!.text).not.toContain('青霉素')
})

test('nothing is kept that she did not agree to, and taking it back takes it away from an alarm that is open', async () => {
  const { personId, press } = await anElder()
  const visit = { seenSeq: 2, madeAt: new Date().toISOString(), met: 'person', result: 'well', values: { healthNote: note } }
  const unasked = await send('gridWorker', 'POST', `/persons/${personId}/visits`, { requestId: newId(), ...visit })
  expect([unasked.statusCode, (unasked.json() as Problem).fields?.[0]?.path]).toEqual([422, 'healthAgreed'])
  await made('gridWorker', `/persons/${personId}/visits`, { ...visit, healthAgreed: '2026-11' })
  const episodeId = await press()
  expect(await open('gridWorker', episodeId)).toBe(note)
  const { consents } = await file(personId)
  expect(consents).toMatchObject([{ purpose: 'registry.health-note', channel: 'visit', withdrawnAt: null }])
  await change(personId, { change: 'consentWithdrawn', consentId: consents[0]!.consentId, channel: 'phone' })
  expect(await open('gridWorker', episodeId)).toBeNull()
  expect((await file(personId)).values.map(({ field }) => field)).not.toContain('healthNote')
})

test('the person writes it on her own phone, and a son for whom both agreed; whose bond is for alarms alone writes nothing', async () => {
  const { personId, press } = await anElder()
  const session = (of: string | null, phone: string) => db.system((system) => aResidentSession(system, of, platform.vault.seal(phone)))
  const [own, son, nephew] = [
    await session(personId, '19999995699'),
    await session(null, '19999995698'),
    await session(null, '19999995697'),
  ]
  const bind = async (phone: string, scope: string[]) => {
    const named = {
      change: 'proxyNamed',
      relation: '儿子',
      name: '吴强',
      phone,
      scope,
      from: '2026-01-01',
      textVersion: '1',
      channel: 'paper',
    }
    await change(personId, named)
    const { proxyId } = (await file(personId)).proxies.at(-1)!
    await change(personId, { change: 'proxyAccepted', proxyId, textVersion: '1', channel: 'paper' })
    return proxyId
  }
  const [ofSon, ofNephew] = [await bind('19999995698', ['alarms', 'file']), await bind('19999995697', ['alarms'])]
  const write = (by: { token: string }, body: object) =>
    send(by, 'POST', '/residents/me/health-notes', { requestId: newId(), textVersion: '2026-11', ...body })
  expect((await write(own, { note })).json()).toMatchObject({ own: { note }, family: [] })
  const episodeId = await press()
  expect(await open('gridWorker', episodeId)).toBe(note)
  // He writes, and is not shown what she wrote.
  const seen = (await send(son, 'GET', '/residents/me/health-notes')).json()
  expect(seen).toMatchObject({ own: null, family: [{ proxyId: ofSon, relation: '儿子', at: expect.any(String) }] })
  expect(JSON.stringify(seen)).not.toContain('青霉素')
  expect((await write(son, { proxyId: ofSon, note: '每天早晚服药' })).statusCode).toBe(200)
  expect(await open('gridWorker', episodeId)).toBe('每天早晚服药')
  for (const [by, proxyId] of [
    [nephew, ofNephew],
    [nephew, ofSon],
    [son, newId()],
  ] as const)
    expect((await write(by, { proxyId, note })).statusCode).toBe(404)
  expect((await write(nephew, { note })).statusCode).toBe(404)
  expect((await write(own, { note: null })).json()).toMatchObject({ own: { note: null, at: null } })
  expect(await open('gridWorker', episodeId)).toBeNull()
})
