import { sql } from '@linli/base/server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Look } from '../contract/look.ts'
import { aRegistry, type RegistryUnderTest } from '../testing/index.ts'

let registry: RegistryUnderTest
let personId: string
beforeAll(async () => {
  registry = await aRegistry()
  const addressId = await registry.aDwelling('gridWorker', 'xingfuCell1')
  personId = await registry.aPerson({ name: '吴桂兰', phone: '19999994811' }, { home: { addressId, residence: 'owner', on: '2026-01-05' } })
  await registry.file(personId)
  await registry.file(personId, 'gridWorker')
  await registry.send('gridWorker', 'POST', `/persons/${personId}/reveal`, { reason: '上门走访联系', fields: ['phone'] })
})
afterAll(() => registry?.close())

type By = Parameters<RegistryUnderTest['send']>[0]

const looks = async (query = '', by: By = 'securityAdmin') =>
  (await registry.send(by, 'GET', `/looks${query}`)).json<{ items: Look[]; next: string | null }>()

test('the security administrator reads who looked, in which post and what for, and of whose file only the mask [SEC-07] (audit of views)', async () => {
  const { items } = await looks()
  // All in one instant, as far as a fast machine can tell.
  expect(items.map(({ kind }) => kind).sort()).toEqual(['profile', 'profile', 'reveal'])
  const shown = items.find(({ kind }) => kind === 'reveal')
  expect(shown).toMatchObject({ fields: ['phone'], reason: '上门走访联系', roleName: '网格员', roleNameEn: 'Grid worker', name: '吴*兰' })
  expect(shown!.accountName).not.toBe('')
  expect(JSON.stringify(items)).not.toContain('19999994811')
  for (const by of ['communityWorker', 'systemAdmin', 'dispatcher'] as const)
    expect((await registry.send(by, 'GET', '/looks')).status).toBe(403)
  expect((await looks('', 'auditAdmin')).items).toHaveLength(3)
})

test('an account, a person, a day and a kind narrow the list, and every figure opens to as many rows', async () => {
  const all = (await looks()).items
  const worker = all.find(({ roleName }) => roleName === '网格员')!
  expect((await looks(`?account=${encodeURIComponent(worker.accountName)}`)).items).toHaveLength(2)
  expect((await looks(`?person=${personId}`)).items).toHaveLength(3)
  expect((await looks(`?person=${worker.viewId}`)).items).toEqual([])
  expect((await looks('?day=2020-01-01')).items).toEqual([])
  const { days } = (await registry.send('securityAdmin', 'GET', '/looks/figures')).json<{
    days: { day: string; profile: number; reveal: number }[]
  }>()
  expect(days).toHaveLength(14)
  for (const kind of ['profile', 'reveal'] as const)
    expect((await looks(`?day=${days[0]!.day}&kind=${kind}`)).items).toHaveLength(days[0]![kind])
  expect([days[0]!.profile, days[0]!.reveal]).toEqual([2, 1])
  for (const wrong of ['?day=gestern', '?person=x', '?kind=all', '?cursor=x'])
    expect((await registry.send('securityAdmin', 'GET', `/looks${wrong}`)).status).toBe(400)
})

test('pages follow each other without a gap, also where many looked in the same instant', async () => {
  await registry.db.superuser(sql`
    INSERT INTO registry.person_view (view_id, person_id, account_id, by_name, kind, viewed_at)
    SELECT gen_random_uuid(), ${personId}::uuid, gen_random_uuid(), '王工作人员', 'profile', '2026-01-02T00:00:00Z' FROM generate_series(1, 120)`)
  const seen = new Set<string>()
  let cursor = ''
  do {
    const page = await looks(cursor && `?cursor=${encodeURIComponent(cursor)}`)
    for (const { viewId } of page.items) seen.add(viewId)
    cursor = page.next ?? ''
  } while (cursor)
  expect(seen.size).toBe(123)
})

test('that it was read is on the trail, by the names of the filters alone', async () => {
  await looks(`?person=${personId}&kind=reveal`)
  const [line] = await registry.db.superuser<{ detail: object; account_id: string }>(
    sql`SELECT detail, account_id FROM base.audit_entry WHERE action = 'registry.looks_read' ORDER BY audit_id DESC LIMIT 1`,
  )
  expect(line).toEqual({ detail: { by: ['person', 'kind'] }, account_id: registry.town.posts.securityAdmin.accountId })
})
