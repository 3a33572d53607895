import { expect, test } from 'vitest'
import { aScene } from '../testing/a-scene.ts'
import { loadScenes } from './load-scenes.ts'
import { decide, type SwitchBook } from './switch-book.ts'

const allOn: SwitchBook = { isOn: () => true, note: () => {}, stop: () => {} }

test('packs that do not fit are refused at the start, every problem named', () => {
  expect(() => loadScenes([aScene({ because: '', messages: [] })], { switches: allOn })).toThrow(
    /has no basis[\s\S]*unknown message lamps\.reported/,
  )
})

test('loaded packs give the engines their case types, categories and messages', () => {
  const { catalogue, templates } = loadScenes([aScene()], { switches: allOn })
  expect(catalogue.get('lamps.repair').name).toBe('路灯报修')
  expect(catalogue.categoriesFor('appeal').map(({ key }) => key)).toEqual(['lamp'])
  expect([...templates.keys()]).toEqual(['lamps.reported', 'lamps.late'])
})

test.each([
  ['/1/2/3/', true],
  ['/1/2/', false],
  ['/1/2/33/', false],
  ['/1/', true],
  ['/', true],
])('at %s the switches /1/2/ off and /1/2/3/ on make it %s', (areaPath, isOn) => {
  const pages = new Map([
    ['lamps /1/2/', false],
    ['lamps /1/2/3/', true],
    ['roofs /1/', false],
  ])
  expect(decide(pages, 'lamps', areaPath)).toBe(isOn)
})
