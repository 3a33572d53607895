import type { Problem } from '@linli/base/contract'
import { newId } from '@linli/base/define'
import { sql } from '@linli/base/server'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Erasure } from '../contract/erasure.ts'
import { aRegistry, type RegistryUnderTest } from '../testing/index.ts'

let registry: RegistryUnderTest
/** Lamps that somebody has not put out yet. */
let lamps = 0
beforeAll(async () => {
  registry = await aRegistry({ erasureHolds: [{ said: (count) => `还有 ${count} 盏灯亮着`, count: async () => lamps }] })
})
afterAll(() => registry?.close())
afterEach(() => {
  lamps = 0
})

type By = Parameters<RegistryUnderTest['send']>[0]

const ask = (personId: string, by: By, more: object = {}) =>
  registry.send(by, 'POST', `/persons/${personId}/erasures`, { requestId: newId(), ground: 'asked', reason: '本人书面要求删除', ...more })
const decide = (personId: string, erasureId: string, outcome: string, by: By) =>
  registry.send(by, 'POST', `/persons/${personId}/erasures/${erasureId}`, { requestId: newId(), outcome })
const list = async (by: By, state = 'open') =>
  (await registry.send(by, 'GET', `/erasures?state=${state}`)).json<{ items: Erasure[] }>().items
const code = async (answer: ReturnType<typeof ask>) => {
  const { status, json } = await answer
  return [status, json<Problem>().code]
}

async function someone(): Promise<string> {
  const addressId = await registry.aDwelling('gridWorker', 'xingfuCell1', `${Math.trunc(performance.now() * 1000)}室`)
  return registry.aPerson({ name: '邹桂芝', phone: '19999994711' }, { home: { addressId, residence: 'owner', on: '2026-01-05' } })
}

test('one asks, another of the community decides, and of the file only that it was there is left [SEC-01] (erasure)', async () => {
  const personId = await someone()
  const homeOf = (await registry.file(personId)).home!
  const asked = await ask(personId, 'gridWorker')
  expect(asked.status).toBe(201)
  const { erasureId } = asked.json<Erasure>()
  expect(asked.json<Erasure>()).toMatchObject({ reason: '本人书面要求删除', ground: 'asked', outcome: null, mayDecide: false })
  expect((await list('communityWorker')).find((one) => one.erasureId === erasureId)).toMatchObject({ name: '邹*芝', mayDecide: true })
  expect(await code(decide(personId, erasureId, 'erased', 'gridWorker'))).toEqual([403, 'access.forbidden'])
  expect((await decide(personId, erasureId, 'erased', 'communityWorker')).json<Erasure>()).toMatchObject({
    outcome: 'erased',
    reason: null,
  })
  const file = await registry.file(personId)
  expect(file).toMatchObject({ status: 'erased', values: [], home: null, careGroups: [], contacts: [], stays: [], sections: [] })
  expect(file.erasure).toMatchObject({ ground: 'asked', outcome: 'erased', name: '' })
  expect((await registry.send('gridWorker', 'GET', `/addresses/${homeOf.addressId}`)).json()).toMatchObject({ now: [], before: [] })
  for (const q of ['', '?q=19999994711', `?address=${homeOf.addressId}`])
    expect(
      (await registry.send('communityWorker', 'GET', `/persons${q}`)).json<{ items: { personId: string }[] }>().items,
    ).not.toContainEqual(expect.objectContaining({ personId }))
  // Nothing is written into it any more, and nothing asked again.
  expect((await registry.change(personId, { change: 'died', on: '2026-02-01' })).status).toBe(409)
  expect(await code(ask(personId, 'gridWorker'))).toEqual([409, 'registry.erasure_done'])
  const trail = await registry.db.superuser<{ action: string }>(
    sql`SELECT action FROM base.audit_entry WHERE subject_id = ${personId} AND action LIKE 'registry.eras%' ORDER BY audit_id`,
  )
  expect(trail.map(({ action }) => action)).toEqual(['registry.erasure_asked', 'registry.erased', 'registry.erasure_decided'])
})

test('whoever asked does not decide, one request waits at a time, and of two who decide at once one does', async () => {
  const personId = await someone()
  const twins = await Promise.all([ask(personId, 'communityWorker'), ask(personId, 'communityWorker')])
  expect(twins.map(({ status }) => status).sort()).toEqual([201, 409])
  const { erasureId } = twins.find(({ status }) => status === 201)!.json<Erasure>()
  expect(await code(decide(personId, erasureId, 'erased', 'communityWorker'))).toEqual([403, 'registry.erasure_own'])
  await expect(
    registry.db.superuser(
      sql`UPDATE registry.erasure SET outcome = 'kept', decided_at = asked_at, decided_name = '', decided_by = asked_by WHERE erasure_id = ${erasureId}`,
    ),
  ).rejects.toThrow('erasure_decided_by_another')
  const other = await someone()
  const second = (await ask(other, 'gridWorker')).json<Erasure>()
  const both = await Promise.all([
    decide(other, second.erasureId, 'kept', 'communityWorker'),
    decide(other, second.erasureId, 'kept', 'communityWorker'),
  ])
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
  expect((await registry.file(other)).erasure).toMatchObject({ outcome: 'kept', reason: '本人书面要求删除' })
  // Kept once, it may be asked for again.
  expect((await ask(other, 'gridWorker')).status).toBe(201)
})

test('what is not over holds the file, when it is asked and still when it is decided, and the refusal says what', async () => {
  const personId = await someone()
  lamps = 2
  const refused = await ask(personId, 'gridWorker')
  expect(refused.json<Problem>()).toMatchObject({ code: 'registry.erasure_held', detail: '现在不能删除：还有 2 盏灯亮着。' })
  lamps = 0
  const { erasureId } = (await ask(personId, 'gridWorker')).json<Erasure>()
  lamps = 1
  expect(await code(decide(personId, erasureId, 'erased', 'communityWorker'))).toEqual([409, 'registry.erasure_held'])
  expect((await registry.file(personId)).status).toBe('here')
  expect((await decide(personId, erasureId, 'kept', 'communityWorker')).status).toBe(200)
})

test('another area neither sees, asks nor decides, and the reason lies sealed', async () => {
  const personId = await someone()
  const { erasureId } = (await ask(personId, 'gridWorker')).json<Erasure>()
  for (const by of ['siblingWorker', 'otherGridWorker'] as const) {
    expect((await list(by)).map((one) => one.erasureId)).not.toContain(erasureId)
    expect((await ask(personId, by)).status).toBe(404)
  }
  expect((await decide(personId, erasureId, 'erased', 'siblingWorker')).status).toBe(404)
  expect((await registry.send('dispatcher', 'GET', '/erasures')).status).toBe(403)
  const [kept] = await registry.db.superuser<{ kept: string }>(
    sql`SELECT to_jsonb(e)::text AS kept FROM registry.erasure e WHERE erasure_id = ${erasureId}`,
  )
  expect(kept!.kept).not.toContain('书面')
  expect((await ask(personId, 'gridWorker', { reason: '短' })).status).toBe(400)
})
