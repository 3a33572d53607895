import { expect, test } from 'vitest'
import { suggest } from './suggest.ts'

const categories = [
  { key: 'building', name: '城乡建设', examples: ['路灯不亮', '井盖破损', '下水道堵了', '电梯坏了'] },
  { key: 'environment', name: '环境保护', examples: ['夜里施工吵', '油烟呛人'] },
  { key: 'transport', name: '交通运输', examples: ['红绿灯坏了', '路面坑洼'] },
]
const first = (words: string) => suggest(words, categories)[0]

test('words typed bring the saying they are about to the front', () => {
  expect(first('小区路灯坏了，晚上看不见')).toEqual({ saying: '路灯不亮', category: 'building' })
  expect(first('门口井盖裂了')?.saying).toBe('井盖破损')
  expect(first('半夜还在施工')?.saying).toBe('夜里施工吵')
})

test('a saying typed whole wins', () => {
  expect(first('路口红绿灯坏了')?.saying).toBe('红绿灯坏了')
})

test('without words the commonest sayings stand there, five at most', () => {
  expect(suggest('', categories).map(({ saying }) => saying)).toEqual(['路灯不亮', '井盖破损', '下水道堵了', '电梯坏了', '夜里施工吵'])
})

test('no saying comes twice', () => {
  const twice = [...categories, { key: 'other', name: '其他', examples: ['路灯不亮'] }]
  const sayings = suggest('路灯', twice, undefined, 20).map(({ saying }) => saying)
  expect(new Set(sayings).size).toBe(sayings.length)
})

test('words typed in English find the saying by its English name, and Chinese ones still by its own', () => {
  const english: Record<string, string> = { 路灯不亮: 'Street light out', 井盖破损: 'Broken manhole cover', 下水道堵了: 'Blocked drain' }
  const name = (saying: string) => english[saying] ?? saying
  expect(suggest('The manhole at the gate is broken', categories, name)[0]).toEqual({ saying: '井盖破损', category: 'building' })
  expect(suggest('门口路灯坏了', categories, name)[0]?.saying).toBe('路灯不亮')
})
