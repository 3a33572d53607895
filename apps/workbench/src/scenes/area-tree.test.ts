import { expect, test } from 'vitest'
import { findAreas, isOnIn, keptInside, treeOf } from './area-tree.ts'

const area = (areaId: string, parentId: string | null) => ({ areaId, parentId, name: `${areaId}社区` })
const tree = treeOf(area('county', null), [area('east', 'county'), area('far', 'other'), area('lane', 'east'), area('away', 'far')])
const decided = (areaId: string, isOn: boolean) => ({ areaId, areaName: areaId, isOn, reason: '', madeAt: '', byName: null })

test('only what lies in the own area can be chosen, each with what it lies in', () => {
  expect(tree.below.map(({ areaId }) => areaId)).toEqual(['east', 'lane'])
  expect(findAreas(tree, '')).toHaveLength(3)
  expect(findAreas(tree, ' lane ')).toEqual([{ id: 'lane', label: 'lane社区', note: 'east社区' }])
})

test('the nearest decision at or above an area says whether a scene is on there [PLAT-16] (switch, as its page says it)', () => {
  const scene = { isOn: true, switches: [decided('county', true), decided('east', false)] }
  expect([isOnIn(tree, scene, 'county'), isOnIn(tree, scene, 'east'), isOnIn(tree, scene, 'lane')]).toEqual([true, false, false])
  expect(isOnIn(tree, { isOn: false, switches: [] }, 'lane')).toBe(false)
})

test('who decides for a whole area is told which places inside keep their own decision', () => {
  const scene = { switches: [decided('county', true), decided('lane', true)] }
  expect(keptInside(tree, scene, 'county', false)).toEqual(['lane'])
  expect(keptInside(tree, scene, 'county', true)).toEqual([])
  expect(keptInside(tree, scene, 'lane', false)).toEqual([])
})
