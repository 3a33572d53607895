import { aTown, type Town, type TownPost } from '@linli/access/testing'
import { newId } from '@linli/base/define'
import { loadPersonKey } from '@linli/base/server'
import { type TestDatabase, testDatabase } from '@linli/base/testing'
import { personSubscriber } from '@linli/cases/server'
import type { PersonFile } from '@linli/registry/contract'
import { findByPhone } from '@linli/registry/server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aPlatform } from './security/a-platform.ts'

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

async function send(by: TownPost | undefined, method: 'GET' | 'POST', path: string, payload?: object) {
  const headers = by ? town.signIn(by) : {}
  return platform.app.inject({ method, url: `/api/v1${path}`, headers, ...(payload && { payload }) })
}

async function made<T>(by: TownPost | undefined, path: string, payload: object): Promise<T> {
  const answer = await send(by, 'POST', path, { requestId: newId(), ...payload })
  expect(answer.statusCode, answer.body).toBe(201)
  return answer.json() as T
}

/** What the platform does with the event of an opening. */
async function report(area: 'xingfuCell1' | 'xiangyangCell1', detail: string, phone: string): Promise<string> {
  const { number } = await made<{ number: string }>(undefined, '/public/appeals', {
    detail,
    areaCode: town.areas[area].code,
    contact: { phone },
  })
  const [row] = await db.superuser<{ case_id: string }>(`SELECT case_id FROM cases.case_file WHERE number = '${number}'`)
  const { vault } = platform
  const links = personSubscriber({ vault, loadPersonKey: (ctx, keyId) => loadPersonKey(ctx, vault, keyId) }, (system, wanted) =>
    findByPhone(system, vault, wanted),
  )
  const event = { id: 1, event: 'case.opened', madeAt: new Date(), payload: { caseId: row!.case_id } }
  for (let again = 0; again < 2; again++) await db.system((system) => links.apply(system, event))
  return row!.case_id
}

const sectionsOf = async (by: TownPost, personId: string) => {
  const { sections } = (await send(by, 'GET', `/persons/${personId}`)).json() as PersonFile
  return Object.fromEntries(sections.map(({ key, items }) => [key, items.map(({ title }) => title.zh)]))
}

test('a profile holds what the reader may see elsewhere: devices worn and at home, and matters of the reporter in his own area, never a tip', async () => {
  const place = { buildingId: town.buildings.xingfuCell1, entrance: '2单元', dwelling: '501室' }
  const { addressId } = await made<{ addressId: string }>('gridWorker', '/addresses', place)
  const phone = '19999995501'
  const { personId } = await made<{ personId: string }>('communityWorker', '/persons', {
    values: { name: '吴桂兰', phone },
    communityCode: town.areas.xingfu.code,
    home: { addressId, residence: 'owner', on: '2026-01-05' },
    source: 'visit',
  })
  const { personId: other } = await made<{ personId: string }>('communityWorker', '/persons', {
    values: { name: '周德全', phone: '19999995502' },
    communityCode: town.areas.xingfu.code,
    source: 'visit',
  })
  const device = { name: '手环', areaCode: town.areas.xingfuCell1.code, place: '1号楼' }
  await made('communityWorker', '/devices', { ...device, code: 'P-WB', kind: 'wristband', subject: { kind: 'person', id: personId } })
  await made('communityWorker', '/devices', { ...device, code: 'P-DR', kind: 'door', subject: { kind: 'dwelling', id: addressId } })
  await report('xingfuCell1', '楼道的灯坏了', phone)
  // Reported in the next community: its own people see it, and they do not see this file.
  await report('xiangyangCell1', '河边的栏杆松了', phone)
  await report('xingfuCell1', '广场舞太吵了', '19999995503')
  const tip = await report('xingfuCell1', '有人收保护费', phone)
  await db.superuser(`UPDATE cases.case_file SET reporter_sealed = true WHERE case_id = '${tip}'`)

  const seen = { 'signals.alarms': [], 'signals.devices': ['门磁', '智能手环'], 'cases.matters': ['楼道的灯坏了'] }
  expect(await sectionsOf('communityWorker', personId)).toMatchObject(seen)
  expect(await sectionsOf('gridWorker', personId)).toMatchObject(seen)
  expect(await sectionsOf('communityWorker', other)).toMatchObject({ 'signals.alarms': [], 'signals.devices': [], 'cases.matters': [] })
  // Who took the contact back has no matters here either.
  await db.superuser(`UPDATE cases.case_file SET contact_erased_at = now() WHERE reporter_sealed = false`)
  expect((await sectionsOf('communityWorker', personId))['cases.matters']).toEqual([])
})

test('a matter that was linked stands on the page of its dwelling and of its device, for whoever sees the matter, and nowhere for another area', async () => {
  const place = { buildingId: town.buildings.xingfuCell1, entrance: '2单元', dwelling: '502室' }
  const { addressId } = await made<{ addressId: string }>('gridWorker', '/addresses', place)
  const { deviceId } = await made<{ deviceId: string }>('communityWorker', '/devices', {
    ...{ name: '门磁', areaCode: town.areas.xingfuCell1.code, place: '1号楼', code: 'P-DR2', kind: 'door' },
    subject: { kind: 'dwelling', id: addressId },
  })
  const caseBody = { kind: 'appeal', channel: 'counter', detail: '窗户漏风。', areaCode: town.areas.xingfuCell1.code }
  const subjects = [
    { kind: 'dwelling', id: addressId },
    { kind: 'device', id: deviceId },
  ]
  await made('communityWorker', '/cases', { ...caseBody, subjects })
  for (const path of [`/addresses/${addressId}`, `/devices/${deviceId}`]) {
    const about = (await send('communityWorker', 'GET', path)).json().sections.find(({ key }: { key: string }) => key === 'cases.about')
    expect(about.items.map(({ title }: { title: { zh: string } }) => title.zh)).toEqual(['窗户漏风'])
    expect((await send('siblingWorker', 'GET', path)).statusCode).toBe(404)
  }
})

test('a file is not erased while its person wears a device or has a matter open, and the refusal says both', async () => {
  const { personId } = await made<{ personId: string }>('communityWorker', '/persons', {
    values: { name: '钟秀英', phone: '19999995511' },
    communityCode: town.areas.xingfu.code,
    source: 'visit',
  })
  await made('communityWorker', '/devices', {
    ...{ name: '手环', areaCode: town.areas.xingfuCell1.code, place: '1号楼', code: 'P-WB2', kind: 'wristband' },
    subject: { kind: 'person', id: personId },
  })
  const caseBody = { kind: 'appeal', channel: 'counter', detail: '窗户漏风。', areaCode: town.areas.xingfuCell1.code }
  await made('communityWorker', '/cases', { ...caseBody, subjects: [{ kind: 'person', id: personId }] })
  const asked = await send('communityWorker', 'POST', `/persons/${personId}/erasures`, {
    ...{ requestId: newId(), ground: 'asked', reason: '本人书面要求删除' },
  })
  expect(asked.statusCode).toBe(409)
  expect(asked.json().detail).toBe('现在不能删除：还有 1 件没有办结的事项；还有 1 台随身设备没有停用。')
})
