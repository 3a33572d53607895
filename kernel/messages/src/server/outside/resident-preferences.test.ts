import { createSessions, phoneHash } from '@linli/access/server'
import { aResidentSession } from '@linli/access/testing'
import { newId } from '@linli/base/define'
import { type TestDatabase, testDatabase, testHttp } from '@linli/base/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { collectTemplates } from '../../define/template.ts'
import { createHub } from '../live/hub.ts'
import { serveMessages } from '../routes.ts'
import { wishesOf } from './resident-preferences.ts'

let db: TestDatabase
let app: Awaited<ReturnType<typeof testHttp>>
beforeAll(async () => {
  db = await testDatabase({ through: 'messages' })
  const sessions = createSessions({ pool: db.pool, clock: db.clock, publicUrl: 'http://127.0.0.1' })
  const hub = createHub({ ...db.deps, topics: [] })
  const templates = collectTemplates([])
  app = await testHttp((http) => serveMessages(http, { ...db.deps, sessions, templates, terms: () => ({}), hub, channels: new Map() }))
})
afterAll(async () => {
  await app.close()
  await db.close()
})

const path = '/api/v1/residents/me/message-preference'
const night = { sms: 'always', voice: 'awake', quietFrom: 22 * 60, quietTo: 7 * 60, lang: 'en' }
const signedIn = async (phone: string) => {
  const { vault } = db.deps
  const { token } = await db.system((system) => aResidentSession(system, null, vault.seal(phone), phoneHash(vault, phone)))
  const headers = { authorization: `Bearer ${token}` }
  const put = (payload: object) => app.inject({ method: 'PUT', url: path, headers, payload: { requestId: newId(), ...payload } })
  return { put, get: async () => (await app.inject({ url: path, headers })).json() as object }
}
const heldOf = (phones: string[]) => db.system(async (system) => [...(await wishesOf(system, db.deps.vault, phones))])

test('a resident says by which ways and when the phone may ring; another has a preference of its own [PLAT-12] (preferences of residents)', async () => {
  const [phone, other] = ['19999996001', '19999996002']
  const [son, neighbor] = [await signedIn(phone), await signedIn(other)]
  expect(await son.get()).toEqual({ sms: 'always', voice: 'always', quietFrom: 22 * 60, quietTo: 7 * 60, lang: 'zh' })
  expect(await heldOf([phone, other])).toEqual([])
  const saved = await son.put(night)
  expect([saved.statusCode, saved.json()]).toEqual([200, night])
  await son.put({ ...night, voice: 'never' })
  expect(await son.get()).toEqual({ ...night, voice: 'never' })
  expect(await neighbor.get()).toMatchObject({ voice: 'always', lang: 'zh' })
  expect(await heldOf([phone, other, '19999996003'])).toEqual([
    [phone, { welcome: { sms: 'always', voice: 'never' }, quiet: { from: 1320, to: 420 }, lang: 'en' }],
  ])
})

test('sent twice it is written once; the same request with other words is refused', async () => {
  const son = await signedIn('19999996004')
  const requestId = newId()
  const answers = [await son.put({ ...night, requestId }), await son.put({ ...night, requestId })]
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200])
  expect((await son.put({ ...night, requestId, sms: 'never' })).statusCode).toBe(409)
  expect(await son.get()).toEqual(night)
})

test('what is no preference is refused by its field, and nobody who is not signed in reads or writes one', async () => {
  const son = await signedIn('19999996005')
  const fieldOf = async (said: object) => {
    const answer = await son.put({ ...night, ...said })
    expect(answer.statusCode, answer.body).toBeGreaterThanOrEqual(400)
    expect(answer.statusCode).toBeLessThan(500)
    return (answer.json() as { fields: { path: string }[] }).fields.map(({ path: at }) => at)
  }
  expect(await fieldOf({ quietTo: 22 * 60 })).toEqual(['quietTo'])
  expect(await fieldOf({ quietFrom: 1440 })).toEqual(['quietFrom'])
  expect(await fieldOf({ quietFrom: null })).toEqual(['quietFrom'])
  expect(await fieldOf({ voice: 'sometimes' })).toEqual(['voice'])
  expect(await fieldOf({ sms: undefined })).toEqual(['sms'])
  expect((await app.inject({ url: path })).statusCode).toBe(401)
  expect((await app.inject({ method: 'PUT', url: path, payload: { requestId: newId(), ...night } })).statusCode).toBe(401)
})
