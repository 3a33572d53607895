import { expect, test } from 'vitest'
import { touchedBy } from './touched.ts'

test('a case event touches that case, the lists and the counts, and nothing else', () => {
  expect(touchedBy([{ kind: 'case', caseId: 'a' }])).toEqual([['cases'], ['counts'], ['case', 'a'], ['entries', 'a'], ['route', 'a']])
})

test('a burst of events touches each query once', () => {
  const keys = touchedBy([
    { kind: 'case', caseId: 'a' },
    { kind: 'case', caseId: 'b' },
    { kind: 'case', caseId: 'a' },
    { kind: 'inbox', unread: 2 },
  ])
  expect(keys.filter(([first]) => first === 'cases')).toHaveLength(1)
  expect(keys.filter(([first]) => first === 'case')).toEqual([
    ['case', 'a'],
    ['case', 'b'],
  ])
  expect(keys).toContainEqual(['inbox'])
})

test('an inbox event leaves the cases alone', () => {
  expect(touchedBy([{ kind: 'inbox', unread: 1 }])).toEqual([['inbox']])
})

test('an export event touches the download center alone', () => {
  expect(touchedBy([{ kind: 'export' }])).toEqual([['exports']])
})

test('a reset touches everything that can change, once', () => {
  const keys = touchedBy([{ kind: 'case', caseId: 'a' }, { kind: 'reset' }])
  expect(keys).toContainEqual(['case'])
  expect(keys).toContainEqual(['inbox'])
  expect(new Set(keys.map(String)).size).toBe(keys.length)
})
