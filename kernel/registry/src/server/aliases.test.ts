import { newId } from '@linli/base/define'
import { sql } from '@linli/base/server'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AddressMatch, Dwelling } from '../contract/index.ts'
import { levelNumber } from '../define/address-forms.ts'
import { aRegistry, type RegistryUnderTest } from '../testing/index.ts'

type By = Parameters<RegistryUnderTest['send']>[0]
interface Matched {
  items: AddressMatch[]
  settled: string | null
}

let registry: RegistryUnderTest
let home: string
let other: string
let building: string
beforeAll(async () => {
  registry = await aRegistry()
  home = await registry.aDwelling('gridWorker', 'xingfuCell1', '501室')
  other = await registry.aDwelling('gridWorker', 'xingfuCell1', '502室')
  building = (await dwelling(home)).standard.buildingAddressId
})
afterAll(() => registry?.close())

const dwelling = async (id: string, by: By = 'gridWorker') => (await registry.send(by, 'GET', `/addresses/${id}`)).json<Dwelling>()
const alias = (id: string, name: string, by: By = 'gridWorker', requestId = newId()) =>
  registry.send(by, 'POST', `/addresses/${id}/aliases`, { requestId, name })
const match = async (text: string, by: By = 'communityWorker') => {
  const answer = await registry.send(by, 'GET', `/addresses/match?text=${encodeURIComponent(text)}`)
  expect(answer.status).toBe(200)
  return answer.json<Matched>()
}
const persons = async (q: string) =>
  (await registry.send('communityWorker', 'GET', `/persons?q=${encodeURIComponent(q)}`))
    .json<{ items: { personId: string }[] }>()
    .items.map(({ personId }) => personId)

test('an address has its divisions with their codes, its place, and the other names people know it by [DATA-02] (hierarchy, code, coordinates, aliases)', async () => {
  expect((await alias(building, '红砖楼')).status).toBe(201)
  expect((await alias(home, '老王裁缝铺')).status).toBe(201)
  const { standard, address } = await dwelling(home)
  expect(address.fullName).toContain('1号楼2单元501室')
  expect(standard.divisions.map(({ name }) => name)).toEqual(expect.arrayContaining([expect.stringContaining('幸福社区')]))
  expect(standard.divisions.every(({ code }) => /^\d{2,12}$/.test(code))).toBe(true)
  expect(standard.divisions.at(-1)!.code).toHaveLength(12)
  expect([Math.abs(standard.lon) <= 180, Math.abs(standard.lat) <= 90]).toEqual([true, true])
  expect(Object.fromEntries(standard.aliases.map(({ name, addressId }) => [name, addressId]))).toEqual({
    红砖楼: building,
    老王裁缝铺: home,
  })
  expect((await dwelling(other)).standard.aliases.map(({ name }) => name)).toEqual(['红砖楼'])
})

test('what people call a place finds it, and one who lives there, until the name is said no more [DATA-02] (aliases)', async () => {
  const personId = await registry.aPerson({ name: '吴桂兰' }, { home: { addressId: home, residence: 'owner', on: '2026-01-05' } })
  for (const text of ['红砖楼2单元501', '红砖楼二单元５０１室', '红砖楼501', '就在红砖楼2-501', '老王裁缝铺'])
    expect([text, (await match(text)).settled]).toEqual([text, home])
  expect(await persons('红砖楼501')).toEqual([personId])
  expect(await persons('红砖楼2单元501')).toEqual([personId])
  expect(await persons('红砖楼502')).toEqual([])

  const made = (await alias(home, '临时的叫法')).json<{ aliasId: string }>()
  const end = () => registry.send('gridWorker', 'POST', `/addresses/${home}/aliases/${made.aliasId}/end`, { requestId: newId() })
  expect((await match('临时的叫法')).settled).toBe(home)
  expect((await end()).status).toBe(200)
  expect((await match('临时的叫法')).settled).toBeNull()
  expect((await end()).status).toBe(200)
  expect(await registry.db.superuser(`SELECT count(*)::int AS n FROM base.audit_entry WHERE action = 'registry.alias_ended'`)).toEqual([
    { n: 1 },
  ])
})

test('a text that leaves open which home is meant settles none, and says what it may mean with how much fits', async () => {
  const third = await registry.aDwelling('gridWorker', 'xingfuCell1', '601室')
  const answer = await registry.send('gridWorker', 'POST', '/addresses', {
    ...{ requestId: newId(), buildingId: registry.town.buildings.xingfuCell1, entrance: '1单元', dwelling: '601室' },
  })
  const fourth = answer.json<{ addressId: string }>().addressId
  const open = await match('红砖楼601')
  expect(open.settled).toBeNull()
  expect(open.items.map(({ address }) => address.addressId).toSorted()).toEqual([third, fourth].toSorted())
  expect(open.items.every(({ score }) => score < 0.95)).toBe(true)
  // A home that is not on record: its building, so that it can be set up.
  const unknown = await match('红砖楼2单元907')
  expect(unknown.settled).toBeNull()
  expect(unknown.items[0]).toMatchObject({ address: { addressId: building, kind: 'building' } })
  expect((await match('在河边走走')).items).toEqual([])
})

test('names are kept once, by who works there; a number alone, an entrance and a strange area are refused, and twenty are enough', async () => {
  const { aliasId } = (await alias(building, '红砖楼')).json<{ aliasId: string }>()
  const again = await Promise.all([alias(building, ' 红砖楼 '), alias(building, '红砖楼'), alias(building, '红 砖 楼')])
  expect(again.map((answer) => answer.json<{ aliasId: string }>().aliasId)).toEqual([aliasId, aliasId, aliasId])
  for (const name of ['3号楼', '501', '第12栋', '三单元', '３号楼', '3 号 楼', '５０１']) {
    const answer = await alias(home, name)
    expect([answer.status, answer.json<{ fields: { path: string }[] }>().fields.map(({ path }) => path)]).toEqual([422, ['name']])
  }
  expect((await alias(home, '啊')).status).toBe(400)
  const [{ entrance }] = (await registry.db.superuser<{ entrance: string }>(
    `SELECT parent_id AS entrance FROM registry.address WHERE address_id = '${home}'`,
  )) as [{ entrance: string }]
  expect((await alias(entrance, '东单元口')).status).toBe(422)
  expect((await alias(home, '别处的名字', 'siblingWorker')).status).toBe(404)
  expect((await match('红砖楼501', 'siblingWorker')).items).toEqual([])
  for (let at = 0; at < 19; at += 1) await alias(other, `铺面${'甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉'[at]}`)
  const both = await Promise.all([alias(other, '铺面戌'), alias(other, '铺面亥')])
  expect(both.map(({ status }) => status).toSorted()).toEqual([201, 409])
})

test('a name and its key are one to the database and to whoever reads a text', async () => {
  const chinese = (n: number): string => {
    const digits = '〇一二三四五六七八九'
    const tens = Math.trunc(n / 10) % 10
    const hundreds = Math.trunc(n / 100)
    const below = `${tens > 1 || (hundreds && tens) ? digits[tens] : ''}${tens ? '十' : ''}${n % 10 ? digits[n % 10] : ''}`
    return hundreds ? `${digits[hundreds]}百${tens || !(n % 10) ? '' : '零'}${below}` : below
  }
  const named = fc.record({
    stem: fc.constantFrom('', '幸福小区', '三里屯', '紫金花园B区'),
    number: fc.integer({ min: 1, max: 199 }),
    how: fc.constantFrom('arabic', 'chinese', 'wide'),
    suffix: fc.constantFrom('号楼', '栋', '幢', '座', '单元', '室'),
  })
  const cases = fc.sample(named, 300).map(({ stem, number, how, suffix }) => {
    const written =
      how === 'chinese'
        ? chinese(number)
        : how === 'wide'
          ? String(number).replace(/\d/g, (d) => String.fromCharCode(d.charCodeAt(0) + 0xfee0))
          : String(number)
    return {
      name: `${stem}${written}${suffix}`,
      key: `${stem.toLowerCase()}#${number}`,
      read: levelNumber(`${how === 'chinese' ? written : number}${suffix}`),
      number,
    }
  })
  const rows = await registry.db.superuser(sql<{ key: string }>`
    SELECT registry.name_key(name) AS key FROM unnest(${cases.map(({ name }) => name)}::text[]) WITH ORDINALITY AS n(name, nth) ORDER BY nth`)
  expect(rows.map(({ key }) => key)).toEqual(cases.map(({ key }) => key))
  expect(cases.map(({ read }) => read)).toEqual(cases.map(({ number }) => String(number)))
})
