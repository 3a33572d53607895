import type { ExportColumn } from '@linli/base/define'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cellOf, looksLikeFormula, maskNumbers } from './cell-text.ts'

test.each([
  ['请打 13812341234 找我', '请打 138****1234 找我'],
  ['138 1234 1234、138-1234-1234', '138****1234、138****1234'],
  ['座机028-85551234', '座机028****1234'],
  ['身份证 239999199001011234', '身份证 **************1234'],
  ['23999919900101123X 的', '**************123X 的'],
  ['老证 239999900101123', '老证 ***********1123'],
  ['编号 20260302-000017 不是电话', '编号 20260302-000017 不是电话'],
  ['3 号楼 1202 室，2026-03-02', '3 号楼 1202 室，2026-03-02'],
])('numbers that lead to a person are masked in what people typed: %s', (typed, shown) => {
  expect(maskNumbers(typed)).toBe(shown)
})

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', '\r=1', '＝1+1', '＋1', '－1', '＠A', '\u200b=1'])(
  '%j looks like a formula',
  (text) => {
    expect(looksLikeFormula(text)).toBe(true)
  },
)

test.each(['路灯', '1+1', 'a=b', '（-1）', ''])('%j does not', (text) => expect(looksLikeFormula(text)).toBe(false))

test('a masked column never shows what it masks, and no cell holds what no file can hold', () => {
  const column = (traits: Partial<ExportColumn<string>>): ExportColumn<string> => ({
    key: 'x',
    zh: 'x',
    en: 'x',
    kind: 'text',
    width: 10,
    value: (row) => row,
    ...traits,
  })
  expect(cellOf(column({ mask: 'name' }), '欧阳小明', 'zh')).toBe('欧阳**')
  expect(cellOf(column({ mask: 'phone' }), '19999990042', 'zh')).toBe('199****0042')
  expect(cellOf(column({ kind: 'code' }), '19999990042', 'zh')).toBe('19999990042')
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      const cell = cellOf(column({ kind: 'code' }), text, 'zh') as string
      expect(cell.isWellFormed()).toBe(true)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: none of these may be left
      expect(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(cell)).toBe(false)
    }),
  )
  expect(cellOf(column({}), 'x'.repeat(40_000), 'zh')).toHaveLength(32_767)
})
