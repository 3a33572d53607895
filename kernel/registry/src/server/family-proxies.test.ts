import type { Problem } from '@linli/base/contract'
import { newId } from '@linli/base/define'
import { publicActor, sql, transact } from '@linli/base/server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aRegistry, type RegistryUnderTest } from '../testing/index.ts'
import { acceptProxy, findProxies, leaveProxy, listWards, type Ward } from './family-proxies.ts'

let registry: RegistryUnderTest
beforeAll(async () => {
  registry = await aRegistry()
})
afterAll(() => registry?.close())

const anElder = () => registry.aPerson({ name: '吴桂兰' })
const file = (personId: string) => registry.file(personId)
const change = (personId: string, one: object) => registry.change(personId, one)
const agreed = { textVersion: '2026-01', channel: 'paper' }
const named = (phone: string, more: object = {}) => ({
  change: 'proxyNamed',
  ...{ relation: '女儿', name: '吴小妹', phone, scope: ['alarms', 'file'], from: '2026-01-01' },
  ...agreed,
  ...more,
})
const proxyOf = async (personId: string) => (await file(personId)).proxies[0]!
const wards = (phone: string): Promise<Ward[]> => registry.db.system((system) => listWards(system, registry.deps.vault, phone))
const family = (personId: string, scope: 'alarms' | 'matters' | 'file') =>
  registry.db.system((system) => findProxies(system, registry.deps.vault, personId, scope))
const events = async (personId: string) =>
  (await registry.db.superuser<{ event: string }>(sql`SELECT event FROM base.outbox WHERE payload ->> 'personId' = ${personId}`)).map(
    ({ event }) => event,
  )

test('a member of the family is bound by both consents, for what was said and no more, and either ends it at once [SEC-05] (text, time and channel of both; ended at once)', async () => {
  const [personId, phone] = [await anElder(), '19999997701']
  expect((await change(personId, named(phone))).status).toBe(200)
  expect(await proxyOf(personId)).toMatchObject({ name: '吴*妹', phone: '199****7701', state: 'asked', named: agreed, accepted: null })
  // Asked is not bound: nobody is told anything yet.
  expect(await family(personId, 'alarms')).toEqual([])
  const [ward] = await wards(phone)
  expect(ward).toMatchObject({ personId, name: '吴*兰', state: 'asked' })

  await transact(registry.deps, publicActor, (ctx) =>
    acceptProxy(ctx, registry.deps.vault, phone, { proxyId: ward!.proxyId, textVersion: '2026-02' }),
  )
  expect(await proxyOf(personId)).toMatchObject({ state: 'inForce', accepted: { textVersion: '2026-02', channel: 'resident' } })
  expect(await family(personId, 'alarms')).toMatchObject([{ relation: '女儿', name: '吴小妹', phone }])
  expect(await family(personId, 'matters')).toEqual([])

  await transact(registry.deps, publicActor, (ctx) => leaveProxy(ctx, registry.deps.vault, phone, ward!.proxyId))
  expect(await family(personId, 'alarms')).toEqual([])
  expect(await wards(phone)).toEqual([])
  expect(await proxyOf(personId)).toMatchObject({ state: 'ended', ended: { by: 'member' } })
  expect(await events(personId)).toEqual(expect.arrayContaining(['proxy.bound', 'proxy.ended']))
})

test('another phone neither accepts nor ends what it was not named for, and learns nothing', async () => {
  const personId = await anElder()
  await change(personId, named('19999997702'))
  const { proxyId } = await proxyOf(personId)
  const { vault } = registry.deps
  for (const phone of ['19999997799', '']) {
    await expect(
      transact(registry.deps, publicActor, (ctx) => acceptProxy(ctx, vault, phone, { proxyId, textVersion: '1' })),
    ).rejects.toMatchObject({
      code: 'registry.person_unknown',
    })
    await expect(transact(registry.deps, publicActor, (ctx) => leaveProxy(ctx, vault, phone, proxyId))).rejects.toMatchObject({
      code: 'registry.person_unknown',
    })
    expect(await wards(phone)).toEqual([])
  }
  expect(await proxyOf(personId)).toMatchObject({ state: 'asked' })
})

test('what a bond says is checked field by field, and a second one for the same phone waits for the end of the first', async () => {
  const personId = await anElder()
  const wrong = async (one: object, path: string) => {
    const answer = await change(personId, one)
    expect([answer.status, answer.json<Problem>().fields?.[0]?.path], JSON.stringify(one)).toEqual([
      answer.status === 400 ? 400 : 422,
      path,
    ])
  }
  await wrong(named('19999997703', { scope: [] }), 'change.scope')
  await wrong(named('19999997703', { scope: ['money'] }), 'change.scope.0')
  await wrong(named('19999997703', { to: '2025-12-31' }), 'change.to')
  await wrong({ change: 'proxyAccepted', proxyId: newId(), ...agreed }, 'change.proxyId')
  await wrong({ change: 'proxyEnded', proxyId: newId(), by: 'person', channel: 'phone' }, 'change.proxyId')
  expect((await change(personId, named('19999997703'))).status).toBe(200)
  await wrong(named('19999997703'), 'change.phone')
  const { proxyId } = await proxyOf(personId)
  expect((await change(personId, { change: 'proxyEnded', proxyId, by: 'person', channel: 'phone' })).status).toBe(200)
  expect((await change(personId, named('19999997703'))).status).toBe(200)
})

test('a bond begins and runs out by the day, and somebody recorded as dead is nobody to act for', async () => {
  const [personId, phone] = [await anElder(), '19999997704']
  const today = registry.db.clock.now()
  const day = (days: number) => new Date(today.getTime() + days * 86_400_000).toISOString().slice(0, 10)
  await change(personId, named(phone, { from: day(2), to: day(4) }))
  const { proxyId } = await proxyOf(personId)
  await change(personId, { change: 'proxyAccepted', proxyId, ...agreed })
  expect(await proxyOf(personId)).toMatchObject({ state: 'later' })
  expect(await family(personId, 'alarms')).toEqual([])
  const other = await anElder()
  await change(other, named(phone))
  await change(other, { change: 'proxyAccepted', proxyId: (await proxyOf(other)).proxyId, ...agreed })
  expect(await family(other, 'alarms')).toHaveLength(1)
  await change(other, { change: 'died', on: '2026-03-01' })
  expect(await family(other, 'alarms')).toEqual([])
  expect((await wards(phone)).map(({ personId }) => personId)).toEqual([personId])
})

test('a withdrawn consent is said to every engine by its purpose, in the transaction of the withdrawal [SEC-05] (withdrawal at once)', async () => {
  const personId = await anElder()
  await change(personId, { change: 'consented', purpose: 'lamps.dark-home', ...agreed })
  const { consentId } = (await file(personId)).consents[0]!
  await change(personId, { change: 'consentWithdrawn', consentId, channel: 'phone' })
  const told = await registry.db.superuser<{ payload: unknown }>(
    sql`SELECT payload FROM base.outbox WHERE event = 'consent.withdrawn' AND payload ->> 'personId' = ${personId}`,
  )
  expect(told).toEqual([{ payload: { personId, consentId, purpose: 'lamps.dark-home' } }])
})
