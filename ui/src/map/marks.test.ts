import fc from 'fast-check'
import { expect, test } from 'vitest'
import { groupMarks, type Mark, touching } from './marks.ts'

const aMark = (id: string, lon: number, level = 3): Mark => ({
  id,
  level,
  isRinging: false,
  name: id,
  position: { lon, lat: 0 },
  isRough: false,
})
const pixelOf = ({ lon, lat }: Mark['position']) => [lon, lat] as const

test('marks at one place are one group, named after the most urgent of them', () => {
  const [group, ...others] = groupMarks([aMark('smoke', 100), aMark('sos', 104, 1)], pixelOf)
  expect(others).toEqual([])
  expect(group).toMatchObject({ key: 'sos', x: 104 })
  expect(group?.marks.map(({ id }) => id)).toEqual(['sos', 'smoke'])
})

test('marks that have room stand alone', () => {
  expect(groupMarks([aMark('a', 0), aMark('b', touching)], pixelOf).map(({ marks }) => marks.length)).toEqual([1, 1])
})

test('no mark is lost and none is drawn twice, whatever stands where', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 1, max: 4 })), { maxLength: 40 }), (spots) => {
      const marks = spots.map(([lon, level], n) => aMark(String(n), lon, level))
      const drawn = groupMarks(marks, pixelOf).flatMap((group) => group.marks.map(({ id }) => id))
      expect(drawn.sort()).toEqual(marks.map(({ id }) => id).sort())
    }),
  )
})

test('before the first picture of the map there is nothing to draw', () => {
  expect(groupMarks([aMark('a', 0)], () => undefined)).toEqual([])
})
