import type { TownArea } from '@linli/access/testing'
import type { Problem } from '@linli/base/contract'
import { newId } from '@linli/base/define'
import { sql } from '@linli/base/server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PersonFile, PersonRow } from '../contract/person.ts'
import { anIdNumber, aRegistry, type RegistryUnderTest } from '../testing/index.ts'

let registry: RegistryUnderTest
let home: string
beforeAll(async () => {
  registry = await aRegistry()
  home = await registry.aDwelling('gridWorker', 'xingfuCell1')
})
afterAll(() => registry?.close())

type By = Parameters<RegistryUnderTest['send']>[0]

async function record(by: By, values: object, extra: object = {}, area: TownArea = 'xingfu') {
  const body = { requestId: newId(), values, communityCode: registry.town.areas[area].code, source: 'visit', ...extra }
  return registry.send(by, 'POST', '/persons', body)
}

async function someone(values: object, by: By = 'communityWorker', extra: object = {}): Promise<string> {
  const answer = await record(by, { name: '吴桂兰', ...values }, extra)
  expect(answer.status).toBe(201)
  return answer.json<{ personId: string }>().personId
}

const file = (by: By, personId: string) => registry.send(by, 'GET', `/persons/${personId}`)
const seen = async (personId: string) => (await file('communityWorker', personId)).json<PersonFile>()
const search = async (by: By, q: string) =>
  (await registry.send(by, 'GET', `/persons?q=${encodeURIComponent(q)}`))
    .json<{ items: PersonRow[] }>()
    .items.map(({ personId }) => personId)
const change = (by: By, personId: string, expectedSeq: number, one: object) =>
  registry.send(by, 'POST', `/persons/${personId}/changes`, { requestId: newId(), expectedSeq, source: 'visit', change: one })
const code = (answer: { json<T>(): T }) => answer.json<Problem>().code
const inHome = () => ({ home: { addressId: home, residence: 'owner', on: '2026-01-05' } })

test('what is recorded is sealed where it lies and masked where it is shown [SEC-01] (masked by default, sealed at rest)', async () => {
  const idNumber = anIdNumber('1951-03-15', 24)
  const personId = await someone({ name: '吴桂兰', idNumber, phone: '19999990021' }, 'communityWorker', inHome())
  const shown = await seen(personId)
  const masks = Object.fromEntries(shown.values.map(({ field, masked }) => [field, masked]))
  expect(masks).toEqual({
    name: '吴*兰',
    idNumber: `239999********${idNumber.slice(-4)}`,
    birthDate: '1951',
    sex: '2',
    phone: '199****0021',
  })
  expect(shown.home).toMatchObject({ place: '幸福第一网格1号楼2单元501室', residence: 'owner' })
  const kept = await registry.db.superuser<{ kept: string }>(sql`
    SELECT to_jsonb(p)::text || (SELECT jsonb_agg(e)::text FROM registry.person_entry e WHERE e.person_id = p.person_id) AS kept
    FROM registry.person p WHERE p.person_id = ${personId}`)
  for (const secret of [idNumber, '19999990021', '桂兰', '1951-03-15']) expect(kept[0]!.kept).not.toContain(secret)
})

test('a person is found by two characters of the name, initials, tails, numbers and address, each in his own area only', async () => {
  const idNumber = anIdNumber('1948-11-02', 31)
  const personId = await someone({ name: '单建国', idNumber, phone: '19999993377' }, 'gridWorker', inHome())
  for (const words of ['单建国', '建国', 'sjg', 'SJ', idNumber, idNumber.slice(-4), '19999993377', '3377', '2单元501室']) {
    expect(await search('gridWorker', words), words).toContain(personId)
    expect(await search('siblingWorker', words), words).not.toContain(personId)
    expect(await search('otherGridWorker', words), words).not.toContain(personId)
  }
  expect(await search('communityWorker', '国建')).not.toContain(personId)
  expect((await registry.send('gridWorker', 'GET', '/persons?q=国')).status).toBe(400)
})

test('an address is meant from its beginning; where none begins so, any part of it finds', async () => {
  const dwelling = await registry.aDwelling('gridWorker', 'xingfuCell1', '602室')
  const personId = await someone({ name: '马春生' }, 'gridWorker', { home: { addressId: dwelling, residence: 'owner', on: '2026-01-05' } })
  for (const words of ['幸福第一网格1号楼2单元602室', '幸福第一网格 1号楼 2单元6', '幸福第一网格1号楼', '1号楼2单元602', '602室']) {
    expect(await search('gridWorker', words), words).toContain(personId)
    expect(await search('otherGridWorker', words), words).not.toContain(personId)
  }
  for (const words of ['幸福第一网格1号楼2单元603室', '幸福第一网格_号楼1%']) expect(await search('gridWorker', words), words).toEqual([])
})

test('a file of another area is not there: neither its page, nor a change, nor a value [SEC-01] (scope)', async () => {
  const personId = await someone({ name: '何家成' })
  for (const by of ['siblingWorker', 'otherDispatcher', 'gridWorker'] as const) {
    const answers =
      by === 'otherDispatcher'
        ? [await file(by, personId)]
        : [
            await file(by, personId),
            await change(by, personId, 1, { change: 'died', on: '2026-02-01' }),
            await registry.send(by, 'POST', `/persons/${personId}/reveal`, { reason: '上门走访联系', fields: ['phone'] }),
          ]
    for (const answer of answers) expect(['registry.person_unknown', 'access.forbidden']).toContain(code(answer))
  }
  expect(code(await record('siblingWorker', { name: '何家成' }))).toBe('access.area_forbidden')
  expect(code(await record('siblingWorker', { name: '何家成' }, inHome(), 'xiangyang'))).toBe('registry.address_unknown')
})

test('a number has one file, whoever records it and however many at once', async () => {
  const idNumber = anIdNumber('1970-06-06', 77)
  const answers = await Promise.all([1, 2, 3, 4].map(() => record('communityWorker', { name: '丁一', idNumber })))
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409])
  const elsewhere = await record('siblingWorker', { name: '丁一', idNumber }, {}, 'xiangyang')
  expect(code(elsewhere)).toBe('registry.person_exists')
  expect(JSON.stringify(elsewhere.json())).not.toMatch(/幸福|丁一/)
})

test('who has moved out goes on with the same file where a home is recorded, under the same name [DATA-03] (moving on)', async () => {
  const idNumber = anIdNumber('1966-04-04', 61)
  const personId = await someone({ name: '宋一帆', idNumber }, 'communityWorker', inHome())
  const there = await registry.aDwelling('siblingWorker', 'xiangyangCell1', '302室')
  const arrives = (name: string, extra: object = { home: { addressId: there, residence: 'tenant', on: '2026-02-10' } }) =>
    record('siblingWorker', { name, idNumber }, extra, 'xiangyang')
  expect(code(await arrives('宋一帆'))).toBe('registry.person_exists')
  await change('communityWorker', personId, 2, { change: 'movedOut', on: '2026-02-09' })
  expect(code(await arrives('宋一凡'))).toBe('registry.person_exists')
  expect(code(await arrives('宋一帆', {}))).toBe('registry.person_exists')
  expect((await arrives('宋一帆')).json()).toEqual({ personId, seq: 4 })
  expect((await file('siblingWorker', personId)).json<PersonFile>()).toMatchObject({ status: 'here', home: { residence: 'tenant' } })
  expect((await file('communityWorker', personId)).status).toBe(404)
})

test('a wrong number, and a birth that contradicts it, are refused by name of the field and write nothing', async () => {
  const idNumber = anIdNumber('1970-06-06', 78)
  const wrong = `${idNumber.slice(0, 17)}${idNumber[17] === '1' ? '2' : '1'}`
  for (const [values, path] of [
    [{ idNumber: wrong }, 'values.idNumber'],
    [{ idNumber, birthDate: '1971-06-06' }, 'values.birthDate'],
  ] as const) {
    const answer = await record('communityWorker', { name: '戊二', ...values })
    expect([answer.status, answer.json<Problem>().fields?.[0]?.path]).toEqual([422, path])
  }
  expect(await search('communityWorker', '戊二')).toEqual([])
})

test('of two who change a file at once one wins, and the other is told how far it is', async () => {
  const personId = await someone({ name: '己三' })
  const answers = await Promise.all(
    ['19999990001', '19999990002'].map((phone) => change('communityWorker', personId, 1, { change: 'corrected', values: { phone } })),
  )
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
  const lost = answers.find(({ status }) => status === 409)!
  expect(lost.json<Problem & { current: unknown }>()).toMatchObject({ code: 'registry.person_changed', current: { seq: 2 } })
})

test('moving in, care, contacts and consent are dated entries, and what ended stays to be read [DATA-03] (moves with date and source; households to come)', async () => {
  const personId = await someone({ name: '庚四' })
  const steps = [
    { change: 'movedIn', addressId: home, residence: 'family', on: '2026-01-10' },
    { change: 'tagged', careGroup: 'elder.lives-alone', basis: '入户走访', from: '2026-01-10' },
    { change: 'contactAdded', kind: 'emergency', relation: '儿子', rank: 1, name: '庚小五', phone: '19999990055', from: '2026-01-10' },
    { change: 'consented', purpose: 'lamps.dark-home', textVersion: '2026-01', channel: 'paper' },
  ]
  for (const [at, step] of steps.entries()) expect((await change('communityWorker', personId, at + 1, step)).status).toBe(200)
  const now = await seen(personId)
  expect(now.careGroups).toMatchObject([{ name: '独居老人', to: null }])
  expect(now.careGroups[0]!.because).toContain('探访关爱')
  expect(now.contacts).toMatchObject([{ name: '庚*五', phone: '199****0055', rank: 1 }])
  const { consentId } = now.consents[0]!
  expect(code(await change('communityWorker', personId, 5, { ...steps[1] }))).toBe('registry.data_invalid')
  await change('communityWorker', personId, 5, { change: 'consentWithdrawn', consentId, channel: 'phone' })
  await change('communityWorker', personId, 6, {
    change: 'untagged',
    tagId: now.careGroups[0]!.tagId,
    on: '2026-02-01',
    reason: '儿子搬来同住',
  })
  await change('communityWorker', personId, 7, { change: 'movedOut', on: '2026-02-20' })
  const later = await seen(personId)
  expect(later).toMatchObject({ status: 'away', home: null, careGroups: [{ to: '2026-02-01' }] })
  expect(later.consents[0]!.withdrawnAt).not.toBeNull()
  expect((await file('gridWorker', personId)).status).toBe(404)
})

test('a value in clear takes a reason, is limited, and stands with every opening where the person reads it [SEC-01] (who looked)', async () => {
  const personId = await someone({ name: '辛六', phone: '19999990066' })
  await seen(personId)
  const reveal = () =>
    registry.send('communityWorker', 'POST', `/persons/${personId}/reveal`, { reason: '上门走访联系', fields: ['phone', 'idNumber'] })
  expect((await reveal()).json()).toEqual({ values: { phone: '19999990066', idNumber: null }, contacts: [] })
  for (let i = 0; i < 29; i++) await reveal()
  expect(code(await reveal())).toBe('registry.reveal_exhausted')
  const views = (await registry.send('communityWorker', 'GET', `/persons/${personId}/views`)).json<{
    items: { kind: string; by: string }[]
  }>().items
  expect(views.filter(({ kind }) => kind === 'reveal')).toHaveLength(30)
  expect(views).toContainEqual(expect.objectContaining({ kind: 'profile', by: '王工作人员' }))
})

test('the telephone of a contact is shown as a value is: for a reason, and on record', async () => {
  const personId = await someone({ name: '辛七' }, 'gridWorker', inHome())
  const son = { kind: 'emergency', relation: '儿子', rank: 1, name: '辛小七', phone: '19999990077', from: '2026-01-10' }
  await change('gridWorker', personId, 2, { change: 'contactAdded', ...son })
  const { contactId } = (await seen(personId)).contacts[0]!
  const reveal = (wanted: object) =>
    registry.send('gridWorker', 'POST', `/persons/${personId}/reveal`, { reason: '上门走访联系', ...wanted })
  expect((await reveal({ contacts: [contactId, newId()] })).json()).toEqual({
    values: {},
    contacts: [{ contactId, name: '辛小七', phone: '19999990077' }],
  })
  expect(code(await reveal({}))).toBe('registry.data_invalid')
  const views = await registry.send('gridWorker', 'GET', `/persons/${personId}/views`)
  expect(views.json<{ items: object[] }>().items).toContainEqual(expect.objectContaining({ kind: 'reveal', fields: ['contact'] }))
})

test('without its key a file is noise, and takes no change', async () => {
  const personId = await someone({ name: '壬七八', phone: '19999990078' }, 'communityWorker', inHome())
  await registry.db.superuser(
    sql`DELETE FROM base.person_key WHERE key_id = (SELECT key_id FROM registry.person WHERE person_id = ${personId})`,
  )
  const answer = await registry.send('gridWorker', 'POST', `/persons/${personId}/reveal`, {
    reason: '上门走访联系',
    fields: ['phone'],
  })
  expect(answer.json()).toEqual({ values: { phone: null }, contacts: [] })
  expect((await change('communityWorker', personId, 2, { change: 'died', on: '2026-02-01' })).status).toBe(409)
})

test('the same recording sent twice is one file', async () => {
  const body = { requestId: newId(), values: { name: '癸九' }, communityCode: registry.town.areas.xingfu.code, source: 'counter' }
  const [first, second] = [
    await registry.send('communityWorker', 'POST', '/persons', body),
    await registry.send('communityWorker', 'POST', '/persons', body),
  ]
  expect([first.status, second.status]).toEqual([201, 200])
  expect(second.json()).toEqual(first.json())
})
