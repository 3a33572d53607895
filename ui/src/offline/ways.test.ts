import { expect, test } from 'vitest'
import { wayOf } from './ways.ts'

const home = 'https://linli.example'
const ask = (path: string, change: { method?: string; mode?: string } = {}) =>
  wayOf({ method: 'GET', mode: 'cors', url: new URL(path, home).href, ...change }, { home, base: '/resident/' })

test('nothing about a matter or a person is kept by the worker', () => {
  for (const path of [
    '/api/v1/public/cases/LL0000?tail=0001',
    '/api/v1/public/cases/LL0000/files/1?tail=0001',
    '/api/v1/public/ratings?days=30',
    '/api/v1/public/speech?text=1',
    '/api/v1/me',
    '/api/v1/cases',
  ])
    expect(ask(path), path).toBe('network')
})

test('what writes goes to the network, whatever its address', () => {
  expect(ask('/api/v1/public/appeals', { method: 'POST' })).toBe('network')
  expect(ask('/api/v1/public/categories', { method: 'POST' })).toBe('network')
})

test('pages, their parts and the open lists are there without a network', () => {
  expect(ask('/resident/progress/LL0000?tail=0001', { mode: 'navigate' })).toBe('page')
  expect(ask('/resident/assets/index-abc.js')).toBe('part')
  for (const list of ['categories?kind=event', 'areas?level=community', 'buildings?communityId=1', 'offices?areaCode=1'])
    expect(ask(`/api/v1/public/${list}`), list).toBe('list')
})

test('an address of somebody else is left alone', () => {
  expect(wayOf({ method: 'GET', mode: 'navigate', url: 'https://elsewhere.example/resident/' }, { home, base: '/resident/' })).toBe(
    'network',
  )
})
