import { expect, test } from 'vitest'
import type { ListColumn } from './list-column.ts'
import { readLook } from './list-look.ts'

const column = (key: string, more: Partial<ListColumn<string>> = {}): ListColumn<string> => ({
  key,
  head: key,
  cell: (row) => row,
  text: (row) => row,
  ...more,
})
const known = [column('title', { isFixed: true }), column('place'), column('score', { isExtra: true })]

test('a list begins with its usual columns', () => {
  expect(readLook(undefined, known)).toEqual({ columns: ['title', 'place'], isDense: false })
})

test('what was chosen is kept in the order of the list; what is gone is not missed, and a row always says what it is', () => {
  expect(readLook(JSON.stringify({ columns: ['score', 'gone'], isDense: true }), known)).toEqual({
    columns: ['title', 'score'],
    isDense: true,
  })
  expect(readLook(JSON.stringify({ columns: [] }), known).columns).toEqual(['title'])
})

test('what cannot be read is as if nothing had been remembered', () => {
  for (const stored of ['', 'x', '[]', 'null', '{"columns":"title"}', '3'])
    expect(readLook(stored, known).columns).toEqual(['title', 'place'])
})
