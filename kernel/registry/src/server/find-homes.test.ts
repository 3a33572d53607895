import { afterAll, beforeAll, expect, test } from 'vitest'
import { aRegistry, type RegistryUnderTest } from '../testing/index.ts'

let registry: RegistryUnderTest
let personId: string
let place: string
beforeAll(async () => {
  registry = await aRegistry()
  const addressId = await registry.aDwelling('gridWorker', 'xingfuCell1')
  personId = await registry.aPerson({ name: '吴桂兰' }, { home: { addressId, residence: 'owner', on: '2026-01-05' } })
  place = (await registry.file(personId)).home!.place
})
afterAll(() => registry?.close())

const persons = async (q: string, by: Parameters<RegistryUnderTest['send']>[0] = 'communityWorker') => {
  const answer = await registry.send(by, 'GET', `/persons?q=${encodeURIComponent(q)}`)
  return answer.json<{ items: { personId: string }[] }>().items.map((one) => one.personId)
}

test('a home is found however its building and entrance are written, by whoever sees it alone', async () => {
  // The registry writes 幸福第一网格1号楼2单元501室.
  expect(place).toContain('1号楼2单元501室')
  for (const q of [
    '1号楼2单元501',
    '1栋2单元501',
    '１幢２单元５０１室',
    '一号楼二单元501',
    '1-2-501',
    '1座2单元501户',
    '2单元501',
    '1栋501',
    '幸福第一网格一号楼501室',
  ])
    expect([q, await persons(q)]).toEqual([q, [personId]])
  for (const q of ['1栋3单元501', '2栋2单元501', '1-2-502', '1栋502', '2栋501', '11栋501', '1栋1501', '1栋50', '1栋%01', '栋%501'])
    expect([q, await persons(q)]).toEqual([q, []])
  expect(await persons('1栋2单元501', 'siblingWorker')).toEqual([])
  const { items } = (await registry.send('gridWorker', 'GET', `/addresses?q=${encodeURIComponent('1栋2单元501')}`)).json<{
    items: { fullName: string }[]
  }>()
  expect(items.map(({ fullName }) => fullName)).toEqual([place])
  const left = (await registry.send('gridWorker', 'GET', `/addresses?q=${encodeURIComponent('1栋501')}`)).json<{ items: object[] }>()
  expect(left.items).toHaveLength(1)
})
