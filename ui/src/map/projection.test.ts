import fc from 'fast-check'
import { expect, test } from 'vitest'
import { boxAround, metersBetween, nearestBuilding, projectionAround, shapeBox } from './projection.ts'

const home = { lon: 118.7, lat: 32.1 }
const at = (x: number, y: number) => projectionAround(home).toPosition({ x, y })
const building = (name: string, x: number, y: number) => ({ buildingId: name, name, ...at(x, y) })

test('a position comes back from the plan to within two centimeters', () => {
  fc.assert(
    fc.property(fc.double({ min: -2000, max: 2000, noNaN: true }), fc.double({ min: -2000, max: 2000, noNaN: true }), (x, y) => {
      const plan = projectionAround(home)
      const back = plan.toPoint(plan.toPosition({ x, y }))
      return Math.abs(back.x - x) < 0.02 && Math.abs(back.y - y) < 0.02
    }),
  )
})

test('north is up and east is right', () => {
  const { x, y } = projectionAround(home).toPoint({ lon: home.lon + 0.001, lat: home.lat + 0.001 })
  expect(x).toBeGreaterThan(90)
  expect(y).toBeLessThan(-100)
  expect(metersBetween(home, { lon: home.lon, lat: home.lat + 0.001 })).toBeCloseTo(110.5, 0)
})

test('a spot is named by its nearest building and the side of it', () => {
  const buildings = [building('3 号楼', 0, 0), building('6 号楼', 100, 0)]
  expect(nearestBuilding(buildings, at(5, 5))).toMatchObject({ building: { name: '3 号楼' }, side: 'at' })
  expect(nearestBuilding(buildings, at(40, 2))).toMatchObject({ building: { name: '3 号楼' }, side: 'e' })
  expect(nearestBuilding(buildings, at(0, -30))).toMatchObject({ side: 'n' })
  expect(nearestBuilding(buildings, at(-25, 25))).toMatchObject({ side: 'sw' })
  expect(nearestBuilding(buildings, at(100, 90))).toMatchObject({ building: { name: '6 号楼' }, side: 'near' })
})

test('a spot far from every building is not named after one', () => {
  expect(nearestBuilding([building('3 号楼', 0, 0)], at(900, 0))).toBeUndefined()
  expect(nearestBuilding([], home)).toBeUndefined()
})

test('a box takes the shape of its frame and keeps what it held', () => {
  const box = boxAround(
    [
      { x: 0, y: 0 },
      { x: 100, y: 20 },
    ],
    10,
  )
  expect(box).toEqual({ x: -10, y: -10, width: 120, height: 40 })
  const shaped = shapeBox(box, 1.5)
  expect(shaped.width / shaped.height).toBeCloseTo(1.5)
  expect(shaped.y).toBeLessThanOrEqual(box.y)
  expect(shaped.y + shaped.height).toBeGreaterThanOrEqual(30)
})
