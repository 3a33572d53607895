import { expect, test } from 'vitest'
import { absence, all, any, checkCondition, holds, not, offline, pathsOf, tagged, threshold, timedOf } from './condition.ts'

const smoke = threshold('smoke.smoke', 'atLeast', 1)
const test1 = threshold('smoke.test', 'atLeast', 1)

test('all, any and not say of a message what their parts say; a value that was not said holds nothing [RISK-04] (combination)', () => {
  expect(holds(all(smoke, not(test1)), 'smoke', { smoke: 1 })).toBe(true)
  expect(holds(all(smoke, not(test1)), 'smoke', { smoke: 1, test: 1 })).toBe(false)
  expect(holds(any(smoke, test1), 'smoke', { test: 1 })).toBe(true)
  expect(holds(any(smoke, test1), 'smoke', {})).toBe(false)
  expect(holds(smoke, 'door', { smoke: 1 })).toBe(false)
})

test('no message alone holds what takes time or asks who somebody is', () => {
  for (const condition of [absence(['door.passage'], 'PT24H'), offline(['smoke'], 'PT30M'), tagged('elder.lives-alone')])
    expect(holds(condition, 'smoke', { smoke: 1 })).toBe(false)
})

test('what waits is found, with everything it listens to, and stands beside a care group at most', () => {
  const watched = all(tagged('elder.lives-alone'), absence(['motion.active', 'door.passage'], 'PT12H'))
  expect(timedOf(watched)).toMatchObject({ op: 'absence', for: 'PT12H' })
  expect(pathsOf(watched)).toEqual(['motion.active', 'door.passage'])
  expect(checkCondition(watched)).toEqual([])
  expect(checkCondition(all(smoke, absence(['door.passage'], 'PT1H')))).toEqual(['waits beside what only a message says'])
  expect(checkCondition(not(absence(['door.passage'], 'PT1H')))).toContain('waits for something under any or not')
  expect(checkCondition(all(absence(['door.passage'], 'PT1H'), offline(['smoke'], 'PT1H')))).toContain('waits for more than one thing')
  expect(checkCondition(absence(['door.passage'], 'P1D'))).toEqual(['waits for P1D'])
  expect(checkCondition(tagged('elder.lives-alone'))).toEqual(['asks for a care group, which no message says'])
})
