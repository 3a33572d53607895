import { aResidentSession, aTown, type Town } from '@linli/access/testing'
import { newId } from '@linli/base/define'
import { aClock, type TestDatabase, testDatabase } from '@linli/base/testing'
import { SseClient } from '@linli/messages/testing'
import type { PersonFile } from '@linli/registry/contract'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { aPlatform } from './security/a-platform.ts'

let db: TestDatabase
let town: Town
let platform: Awaited<ReturnType<typeof aPlatform>>
const pages: SseClient[] = []

beforeAll(async () => {
  db = await testDatabase({ clock: aClock(new Date()) })
  town = await db.system((system) => aTown(system))
  platform = await aPlatform(db)
})
afterEach(() => {
  for (const page of pages.splice(0)) page.close()
})
afterAll(async () => {
  await platform?.stop()
  await db?.close()
})

// An event is told when no older transaction is open anywhere on the server, and other tests load whole counties beside this one.
vi.setConfig({ testTimeout: 150_000 })
const until = <T>(check: () => T | Promise<T>): Promise<T> => vi.waitFor(check, { timeout: 120_000 })

interface Resident {
  residentId: string
  authorization: string
}

async function send(headers: { authorization?: string }, method: 'GET' | 'POST' | 'DELETE', path: string, payload?: object) {
  const answer = await platform.app.inject({ method, url: `/api/v1${path}`, headers, ...(payload && { payload }) })
  expect(answer.statusCode, answer.body).toBeLessThan(300)
  return answer.body ? answer.json() : undefined
}
const asWorker = (method: 'GET' | 'POST', path: string, payload?: object) =>
  send(town.signIn('communityWorker'), method, path, payload && { requestId: newId(), ...payload })

async function signIn(phone: string, personId: string | null = null): Promise<Resident> {
  const { token, residentId } = await db.system((system) => aResidentSession(system, personId, platform.vault.seal(phone)))
  const hash = platform.vault.keyedHash('access.resident', phone).toString('hex')
  await db.superuser(`UPDATE access.resident SET phone_hash = '\\x${hash}' WHERE resident_id = '${residentId}'`)
  return { residentId, authorization: `Bearer ${token}` }
}

let people = 0
async function anElder(): Promise<{ personId: string; resident: Resident; press(): Promise<string> }> {
  const phone = `1999999470${++people}`
  const { addressId } = await asWorker('POST', '/addresses', {
    ...{ buildingId: town.buildings.xingfuCell1, entrance: '2单元', dwelling: `60${people}室` },
  })
  const { personId } = await asWorker('POST', '/persons', {
    ...{ values: { name: '吴桂兰', phone }, communityCode: town.areas.xingfu.code, source: 'visit' },
    home: { addressId, residence: 'owner', on: '2026-01-05' },
  })
  const resident = await signIn(phone, personId)
  const press = async () => (await send(resident, 'POST', '/residents/me/alarms', { requestId: newId() })).episodeId as string
  return { personId, resident, press }
}

/** Named by her at the counter, and not yet agreed to by him. */
async function named(personId: string, phone: string, scope = ['alarms']): Promise<string> {
  const { seq } = (await asWorker('GET', `/persons/${personId}`)) as PersonFile
  const change = {
    change: 'proxyNamed',
    relation: '儿子',
    name: '吴小远',
    phone,
    scope,
    from: '2026-01-01',
    textVersion: '2026-01',
    channel: 'paper',
  }
  await asWorker('POST', `/persons/${personId}/changes`, { expectedSeq: seq, source: 'counter', change })
  return ((await asWorker('GET', `/persons/${personId}`)) as PersonFile).proxies.at(-1)!.proxyId
}
const agree = (member: Resident, proxyId: string) =>
  send(member, 'POST', `/residents/me/family/${proxyId}/acceptance`, { requestId: newId(), textVersion: '2026-02' })

async function listen({ authorization }: Resident): Promise<SseClient> {
  const page = new SseClient()
  pages.push(page)
  const { port } = platform.app.server.address() as { port: number }
  expect(await page.open(`http://127.0.0.1:${port}/api/v1/residents/me/stream`, { authorization })).toBe(200)
  return page
}
const heard = ({ events }: SseClient): string[] => events.map(({ event, data }) => `${event} ${JSON.stringify(data)}`)
const of = (episodeId: string): string => `episode {"episodeId":"${episodeId}"}`
const move = (episodeId: string, key: string) =>
  send(town.signIn('gridWorker'), 'POST', `/episodes/${episodeId}/moves/${key}`, { requestId: newId() })

test('an elder’s page and that of the son hear of her alarm by its id, nobody else’s hears, and whoever is bound no more hears nothing from then on (in-app push, resident) [PLAT-12]', async () => {
  const [elder, other] = [await anElder(), await anElder()]
  const [son, asked, forFile, stranger] = [
    await signIn('19999994711'),
    await signIn('19999994712'),
    await signIn('19999994713'),
    await signIn('19999994714'),
  ]
  const bond = await named(elder.personId, '19999994711')
  await agree(son, bond)
  await named(elder.personId, '19999994712')
  await agree(forFile, await named(elder.personId, '19999994713', ['file']))
  const [hers, his, ...others] = [
    await listen(elder.resident),
    await listen(son),
    await listen(asked),
    await listen(forFile),
    await listen(stranger),
    await listen(other.resident),
  ]
  const episodeId = await elder.press()
  await until(() => expect([heard(hers!).at(-1), heard(his!).at(-1)]).toEqual([of(episodeId), of(episodeId)]))

  const before = heard(his!).length
  await send(son, 'DELETE', `/residents/me/family/${bond}`)
  const since = heard(hers!).length
  await move(episodeId, 'acknowledge')
  await move(episodeId, 'depart')
  await until(() => expect(heard(hers!).length).toBeGreaterThan(since))
  // What was told to all others is told: an alarm of the other elder comes after it, and is hers alone.
  const last = await other.press()
  await until(() => expect(heard(others.at(-1)!)).toContain(of(last)))
  expect(heard(his!)).toHaveLength(before)
  expect(new Set(heard(hers!))).toEqual(new Set([of(episodeId)]))
  expect(new Set(heard(others.at(-1)!))).toEqual(new Set([of(last)]))
  expect(others.slice(0, 3).flatMap(heard)).toEqual([])
})

test('the stream of a resident who signs out ends by itself', async () => {
  const { resident, press } = await anElder()
  const page = await listen(resident)
  await press()
  await until(() => expect(heard(page)).not.toEqual([]))
  await send(resident, 'DELETE', '/residents/me/session')
  await until(() => expect(page.isOpen).toBe(false))
  expect(page.isWhole).toBe(true)
})
