import { expect, test } from 'vitest'
import { rowsAsText } from './list-column.ts'

const columns = [
  { head: '编号', text: (row: string[]) => row[0] ?? '' },
  { head: '事由', text: (row: string[]) => row[1] ?? '' },
]

test('rows are copied with their heads, one line each, cells by tabs', () => {
  const rows = [
    ['20260302-000017', '路灯\n不亮\t了'],
    ['20260302-000018', ''],
  ]
  expect(rowsAsText(columns, rows)).toBe('编号\t事由\n20260302-000017\t路灯 不亮 了\n20260302-000018\t')
})

test('what a sheet would take for a formula is pasted as a text', () => {
  for (const words of ['=1+1', '+86 电话', '-5 度', '@某人']) expect(rowsAsText(columns, [['1', words]])).toContain(`\t'${words}`)
})
