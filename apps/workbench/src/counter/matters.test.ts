import { expect, test } from 'vitest'
import { findMatters, idOf, listMatters } from './matters.ts'

const category = (kind: 'appeal' | 'event', key: string, name: string, ...examples: string[]) => ({ kind, key, name, examples })
const kindName = (kind: string) => ({ appeal: '居民诉求', event: '网格事件', callOut: '吹哨报到' })[kind] ?? kind
const matters = listMatters(
  [
    category('appeal', 'city', '市政设施', '路灯不亮', '井盖响'),
    category('event', 'ev-fac', '公共设施', '井盖松动'),
    category('event', 'ev-env', '市容环境'),
  ],
  { kind: kindName, category: ({ name }) => name, later: '类别受理时再定' },
)
const found = (words: string) => findMatters(matters, words, kindName).map(idOf)

test('one list holds everything that the window takes, of every kind of work [SERV-06] (any item without switching)', () => {
  expect(found('')).toEqual(['appeal:', 'appeal:city', 'event:ev-fac', 'event:ev-env', 'callOut:'])
})

test('a word finds by name first, then by what people say, then by the kind of work', () => {
  expect(found('设施')).toEqual(['appeal:city', 'event:ev-fac'])
  expect(found('井盖')).toEqual(['appeal:city', 'event:ev-fac'])
  expect(found('吹哨')).toEqual(['callOut:'])
  expect(found('网格')).toEqual(['event:ev-fac', 'event:ev-env'])
  expect(found('彩票')).toEqual([])
})
