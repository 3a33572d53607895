import { expect, test } from 'vitest'
import { officeEntries } from './phone-entries.ts'
import type { PublicOffice } from './use-offices.ts'

const office = (name: string, level: PublicOffice['level'], phone: string): PublicOffice => ({
  kind: 'residentsCommittee',
  name,
  level,
  phone,
})
const levelName = (level: string) => ({ community: '社区', township: '街道、乡镇' })[level] ?? ''

test('the offices of the community and the township can be called under their own names, a county office is not on the list', () => {
  const offices = [
    office('朝阳社区居民委员会', 'community', '19999990504'),
    office('鹤山街道办事处', 'township', '19999990501'),
    office('县人民政府', 'county', '19999990500'),
  ]
  expect(officeEntries(offices, [], levelName)).toEqual([
    { name: '朝阳社区居民委员会', number: '19999990504', hint: '社区' },
    { name: '鹤山街道办事处', number: '19999990501', hint: '街道、乡镇' },
  ])
})

test('a number saved on this device is not said twice, however it was typed', () => {
  const offices = [office('朝阳社区居民委员会', 'community', '028-0000-0504')]
  expect(officeEntries(offices, ['02800000504'], levelName)).toEqual([])
})
