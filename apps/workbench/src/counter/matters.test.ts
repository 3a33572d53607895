import { expect, test } from 'vitest'
import { findMatters, idOf, listMatters } from './matters.ts'

const category = (kind: 'appeal' | 'event', key: string, name: string, ...examples: string[]) => ({ kind, key, name, examples })
const kindName = (kind: string) => ({ appeal: '居民诉求', event: '网格事件', callOut: '吹哨报到' })[kind] ?? kind
const categories = [
  category('appeal', 'city', '市政设施', '路灯不亮', '井盖响'),
  category('event', 'ev-fac', '公共设施', '井盖松动'),
  category('event', 'ev-env', '市容环境'),
]
const words = { kind: kindName, category: ({ name }: { name: string }) => name, later: '类别受理时再定' }
const matters = listMatters(categories, words)
const found = (words: string) => findMatters(matters, words, kindName).map(idOf)

test('one list holds everything that the window takes, of every kind of work [SERV-06] (any item without switching)', () => {
  expect(found('')).toEqual(['appeal:', 'appeal:city', 'event:ev-fac', 'event:ev-env', 'callOut:'])
})

test('a kind that is switched off at the place is not offered', () => {
  expect(listMatters(categories, words, ['event']).map(idOf)).toEqual(['appeal:', 'appeal:city', 'callOut:'])
  expect(listMatters(categories, words, ['appeal', 'callOut']).map(idOf)).toEqual(['event:ev-fac', 'event:ev-env'])
})

test('a word finds by name first, then by what people say, then by the kind of work', () => {
  expect(found('设施')).toEqual(['appeal:city', 'event:ev-fac'])
  expect(found('井盖')).toEqual(['appeal:city', 'event:ev-fac'])
  expect(found('吹哨')).toEqual(['callOut:'])
  expect(found('网格')).toEqual(['event:ev-fac', 'event:ev-env'])
  expect(found('彩票')).toEqual([])
})
