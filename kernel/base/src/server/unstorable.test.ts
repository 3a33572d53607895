import { expect, test } from 'vitest'
import { findUnstorable } from './unstorable.ts'

const nested = (depth: number): unknown => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`)

test('NUL and half characters are found wherever they stand, in names too, and the field is named', () => {
  expect(findUnstorable({ a: '路灯', list: ['x', { deep: '\u0000' }] }, 'body')).toEqual({
    path: 'list.1.deep',
    message: '含有不能保存的字符',
  })
  expect(findUnstorable({ contact: { name: '\ud83d' } }, 'body')?.path).toBe('contact.name')
  expect(findUnstorable({ contact: { '\u0000': 1 } }, 'body')?.path).toBe('contact')
  expect(findUnstorable('\u0000', 'body')?.path).toBe('body')
})

test('ordinary input passes: emoji, empty, numbers, nothing at all', () => {
  for (const input of [undefined, null, 3, '', { detail: '😀 楼道\n灯', tags: [], position: { lon: 1 } }, nested(40)])
    expect(findUnstorable(input, 'body')).toBeUndefined()
})

test('a list nested a hundred thousand times is refused, not walked', () => {
  expect(findUnstorable({ data: nested(100_000) }, 'body')).toMatchObject({ message: '嵌套太深' })
})
