import { expect, test } from 'vitest'
import { keepCursor, moveCursor, stepOf } from './list-cursor.ts'

const ids = ['a', 'b', 'c', 'd']

test('J and K walk the list and stop at its ends', () => {
  expect(moveCursor(ids, 'a', 'next')).toBe('b')
  expect(moveCursor(ids, 'd', 'next')).toBe('d')
  expect(moveCursor(ids, 'a', 'previous')).toBe('a')
})

test('the first J selects the first row, the first K the last', () => {
  expect(moveCursor(ids, undefined, 'next')).toBe('a')
  expect(moveCursor(ids, undefined, 'previous')).toBe('d')
  expect(moveCursor(ids, 'gone', 'next')).toBe('a')
})

test('an empty list selects nothing', () => {
  expect(moveCursor([], 'a', 'next')).toBeUndefined()
  expect(moveCursor([], undefined, 'last')).toBeUndefined()
})

test('Home and End go to the ends', () => {
  expect(moveCursor(ids, 'c', 'first')).toBe('a')
  expect(moveCursor(ids, 'b', 'last')).toBe('d')
})

test("letters in either case and arrows step; other keys are not the list's", () => {
  expect(stepOf('j')).toBe('next')
  expect(stepOf('K')).toBe('previous')
  expect(stepOf('ArrowDown')).toBe('next')
  expect(stepOf('x')).toBeUndefined()
})

test('when the selected case leaves the list, the next one takes its place', () => {
  expect(keepCursor(ids, ['a', 'c', 'd'], 'b')).toBe('c')
  expect(keepCursor(ids, ['a', 'b', 'c'], 'd')).toBe('c')
  expect(keepCursor(ids, [], 'b')).toBeUndefined()
})

test('a case that is still there stays selected, wherever the new order put it', () => {
  expect(keepCursor(ids, ['d', 'c', 'b', 'a'], 'b')).toBe('b')
  expect(keepCursor(ids, ids, undefined)).toBeUndefined()
})
