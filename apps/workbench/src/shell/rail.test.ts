import { expect, test } from 'vitest'
import type { Me } from '../api/queries.ts'
import { waitsFor } from '../cases/queue-tabs.ts'
import { railOf } from './rail.tsx'

const rail = (reach: string, ...permissions: string[]) => railOf({ permissions, actingPost: { reach } } as unknown as Me)

test('the rail of a post holds its own pages and nothing that the server would refuse', () => {
  expect(rail('township', 'cases.read', 'cases.open', 'cases.accept', 'cases.dispatch').map((item) => item.text)).toEqual([
    'dispatch',
    'list',
    'intake',
    'statistics',
    'duties',
    'topics',
  ])
  expect(rail('line', 'cases.read', 'cases.handle').map((item) => item.text)).toEqual(['inbox', 'statistics', 'duties', 'topics'])
  expect(rail('none', 'access.view', 'access.administer').map((item) => item.text)).toEqual(['people', 'roles'])
  expect(rail('none', 'access.view', 'scene.switch').map((item) => item.text)).toEqual(['people', 'roles', 'scenes'])
  expect(rail('none', 'audit.read').map((item) => item.text)).toEqual(['audit'])
})

test('a badge counts only what this post may act on', () => {
  const waits = (reach: string, kind: 'appeal' | 'event', ...permissions: string[]) =>
    waitsFor({ permissions: ['cases.read', ...permissions], actingPost: { reach } } as unknown as Me, kind)
  expect(waits('community', 'appeal', 'cases.accept', 'cases.register')).toEqual(['accept'])
  expect(waits('community', 'event', 'cases.accept', 'cases.register', 'cases.check')).toEqual(['accept', 'check'])
  expect(waits('township', 'appeal', 'cases.accept', 'cases.dispatch')).toEqual(['accept', 'dispatch'])
  expect(waits('township', 'event', 'cases.approveExtension')).toEqual(['extension'])
  expect(waits('county', 'appeal', 'cases.rule')).toEqual(['rule'])
  expect(waits('line', 'event', 'cases.handle')).toEqual(['mine'])
})

test('whoever takes lists along or decides about it has the download center', () => {
  expect(rail('line', 'cases.read', 'exchange.export').map((item) => item.text)).toEqual([
    'inbox',
    'statistics',
    'duties',
    'topics',
    'exports',
  ])
  expect(rail('none', 'audit.readRefused', 'exchange.decide').map((item) => item.text)).toEqual(['audit', 'exports'])
})

test('an account without a post has an empty rail', () => {
  expect(railOf({ permissions: ['cases.read', 'audit.read'], actingPost: null } as unknown as Me)).toEqual([])
})

test('where no scene takes matters in, what is open is still worked on, and nothing new is offered [PLAT-16] (menu)', () => {
  const worker = { permissions: ['cases.read', 'cases.accept', 'cases.open'], actingPost: { reach: 'community' } } as unknown as Me
  expect(railOf(worker, new Set(['event', 'assistance'])).map(({ to }) => to)).toEqual([
    '/queue',
    '/list',
    '/intake',
    '/statistics',
    '/duties',
    '/topics',
  ])
  expect(railOf(worker, new Set(['assistance'])).map(({ to }) => to)).toEqual(['/queue', '/list', '/statistics', '/duties', '/topics'])
})
