import { aResidentSession, aTown, type Town } from '@linli/access/testing'
import { newId } from '@linli/base/define'
import { type TestDatabase, testDatabase } from '@linli/base/testing'
import type { PersonFile } from '@linli/registry/contract'
import { eraseFile } from '@linli/registry/server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aPlatform } from './security/a-platform.ts'
import { residentSubscriber } from './wire-residents.ts'

let db: TestDatabase
let town: Town
let platform: Awaited<ReturnType<typeof aPlatform>>
beforeAll(async () => {
  db = await testDatabase()
  town = await db.system((system) => aTown(system))
  platform = await aPlatform(db)
})
afterAll(async () => {
  await platform?.stop()
  await db?.close()
})

const post = (path: string, payload: object) =>
  platform.app.inject({
    method: 'POST',
    url: `/api/v1${path}`,
    headers: town.signIn('communityWorker'),
    payload: { requestId: newId(), ...payload },
  })

async function aPerson(phone?: string): Promise<string> {
  const values = { name: '吴桂兰', ...(phone && { phone }) }
  const answer = await post('/persons', { values, communityCode: town.areas.xingfu.code, source: 'visit' })
  expect(answer.statusCode, answer.body).toBe(201)
  return (answer.json() as { personId: string }).personId
}

async function change(personId: string, one: object): Promise<void> {
  const { seq } = (
    await platform.app.inject({ url: `/api/v1/persons/${personId}`, headers: town.signIn('communityWorker') })
  ).json() as PersonFile
  expect((await post(`/persons/${personId}/changes`, { expectedSeq: seq, source: 'counter', change: one })).statusCode).toBe(200)
}

/** Everything that was told since the last time, to the one who keeps the sessions. */
let heard = 0
async function settle(): Promise<void> {
  const { events, apply } = residentSubscriber(platform.vault)
  const told = await db.superuser<{ id: number; event: string; payload: Record<string, unknown>; made_at: Date }>(
    `SELECT outbox_id::int AS id, event, payload, made_at FROM base.outbox WHERE outbox_id > ${heard} ORDER BY outbox_id`,
  )
  for (const { made_at: madeAt, ...event } of told)
    if (events.includes(event.event)) await db.system((system) => apply(system, { ...event, madeAt }))
  heard = told.at(-1)?.id ?? heard
}

async function signedIn(phone: string, personId: string | null) {
  const { token, residentId } = await db.system((system) => aResidentSession(system, personId, platform.vault.seal(phone)))
  const hash = platform.vault.keyedHash('access.resident', phone).toString('hex')
  await db.superuser(`UPDATE access.resident SET phone_hash = '\\x${hash}' WHERE resident_id = '${residentId}'`)
  return async (): Promise<string | null> => {
    const me = await platform.app.inject({ url: '/api/v1/residents/me', headers: { authorization: `Bearer ${token}` } })
    return (me.json() as { name: string | null }).name
  }
}

test('a session of ninety days follows the file: the number leaves it, comes into it, is borne by two, or the file is erased', async () => {
  const [first, second] = ['19999995701', '19999995702']
  const personId = await aPerson(first)
  const [own, next] = [await signedIn(first, personId), await signedIn(second, null)]
  await settle()
  expect([await own(), await next()]).toEqual(['吴*兰', null])
  await change(personId, { change: 'corrected', values: { phone: second } })
  await settle()
  expect([await own(), await next()]).toEqual([null, '吴*兰'])
  // A second file with the number: it is nobody's in particular, until one of the two lets go of it.
  const other = await aPerson(second)
  await settle()
  expect(await next()).toBeNull()
  await change(other, { change: 'corrected', values: { phone: first } })
  await settle()
  expect([await own(), await next()]).toEqual(['吴*兰', '吴*兰'])
  await change(other, { change: 'died', on: '2026-02-01' })
  await db.system((system) => eraseFile(system, platform.vault, personId))
  await settle()
  expect([await own(), await next()]).toEqual([null, null])
})
