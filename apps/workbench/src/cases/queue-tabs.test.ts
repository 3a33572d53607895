import { expect, test } from 'vitest'
import { chosenTab, tabsOf } from './queue-tabs.ts'

const post = (...permissions: string[]) => tabsOf({ permissions, actingPost: { reach: 'township' } as never })
const keys = (...permissions: string[]) => post(...permissions).map((tab) => tab.key)

test('each post has the queues that it may work on, and no others', () => {
  expect(keys('cases.read', 'cases.accept', 'cases.dispatch', 'cases.followUp')).toEqual(['accept', 'dispatch', 'follow', 'all'])
  expect(keys('cases.read', 'cases.approveExtension')).toEqual(['extension', 'all'])
  expect(keys('cases.read', 'cases.rule')).toEqual(['rule', 'all'])
  expect(keys('cases.read')).toEqual(['all'])
})

test('the address decides; without it the first queue with work in it', () => {
  const tabs = post('cases.read', 'cases.accept', 'cases.dispatch')
  expect(chosenTab(tabs, 'all', undefined)?.key).toBe('all')
  expect(chosenTab(tabs, undefined, { accept: { total: 0 }, dispatch: { total: 3 }, all: { total: 9 } })?.key).toBe('dispatch')
  expect(chosenTab(tabs, 'nonsense', { accept: { total: 0 }, dispatch: { total: 0 }, all: { total: 9 } })?.key).toBe('accept')
})
