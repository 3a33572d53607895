import { expect, test } from 'vitest'
import { homeOf } from './home.ts'

const post = (reach: string, ...permissions: string[]) => ({ actingPost: { reach }, permissions })

test('a dispatcher begins at the queue, a department clerk at the inbox table', () => {
  expect(homeOf(post('township', 'cases.read', 'cases.dispatch'))).toBe('/queue')
  expect(homeOf(post('line', 'cases.read'))).toBe('/list')
})

test('a post that only reads begins at the table', () => {
  expect(homeOf(post('county', 'cases.read'))).toBe('/list')
})

test('the administrators begin where their own work is, without seeing cases', () => {
  expect(homeOf(post('none', 'access.view', 'access.administer'))).toBe('/people')
  expect(homeOf(post('none', 'audit.read'))).toBe('/audit')
})

test('an account without a post is told so instead of being sent around', () => {
  expect(homeOf({ actingPost: null, permissions: ['cases.read'] })).toBe('/welcome')
})
