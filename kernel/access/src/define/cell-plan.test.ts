import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CellPlan, isSound, surveyPlan } from './cell-plan.ts'
import { type Boundary, type Corner, shapeOf, squareMeters } from './cell-shapes.ts'
import { drawCell, endCell, moveBuildings, settleBuildings } from './redraw.ts'

/** A hundred steps to a side: one step is ten meters north, a little less east. */
const step = 1e-4
const at = (x: number, y: number): Corner => [Math.round((128 + x * step) * 1e7) / 1e7, Math.round((46 + y * step) * 1e7) / 1e7]
const ring = (corners: readonly (readonly [number, number])[]): Corner[] => [...corners, corners[0]!].map(([x, y]) => at(x, y))
const polygon = (...corners: [number, number][]): Boundary => ({ type: 'Polygon', coordinates: [ring(corners)] })
const box = (left: number, bottom: number, right: number, top: number): Boundary =>
  polygon([left, bottom], [right, bottom], [right, top], [left, top])
const squareStep = squareMeters(shapeOf(box(0, 0, 1, 1)))

/** Four quarters of a square of a hundred steps, and a building at each of these steps, in the quarter that it lies in. */
function quarters(points: readonly (readonly [number, number])[] = []): CellPlan {
  const cells = [
    { cellId: 'sw', name: 'sw', boundary: box(0, 0, 50, 50) },
    { cellId: 'se', name: 'se', boundary: box(50, 0, 100, 50) },
    { cellId: 'nw', name: 'nw', boundary: box(0, 50, 50, 100) },
    { cellId: 'ne', name: 'ne', boundary: box(50, 50, 100, 100) },
  ]
  const buildings = points.map(([x, y], i) => {
    const [lon, lat] = at(x, y)
    return { buildingId: `b${i}`, name: `${i} 号楼`, lon, lat, cellId: `${y < 50 ? 's' : 'n'}${x < 50 ? 'w' : 'e'}` }
  })
  return { outline: box(0, 0, 100, 100), cells, buildings }
}
const withCell = (plan: CellPlan, cellId: string, boundary: Boundary | null): CellPlan => ({
  ...plan,
  cells: plan.cells.map((cell) => (cell.cellId === cellId ? { ...cell, boundary } : cell)),
})

describe('what is wrong with a plan', () => {
  test('a plan whose cells fit has no finding [GRID-01] (each address in exactly one cell)', () => {
    const findings = surveyPlan(
      quarters([
        [10, 10],
        [60, 20],
        [20, 70],
        [90, 90],
      ]),
    )
    expect(findings).toEqual({ tangled: [], overlaps: [], outside: [], gaps: [], adrift: [] })
    expect(isSound(findings)).toBe(true)
  })

  test('two cells that overlap are named with the ground they share, and the building that lies there', () => {
    const plan = withCell(quarters([[55, 10]]), 'sw', box(0, 0, 60, 50))
    const { overlaps, adrift, gaps } = surveyPlan(plan)
    expect(overlaps.map(({ cells }) => cells)).toEqual([['sw', 'se']])
    expect(overlaps[0]!.squareMeters / (500 * squareStep)).toBeCloseTo(1, 2)
    expect(adrift).toEqual([{ buildingId: 'b0', drawnIn: ['sw', 'se'] }])
    expect(gaps).toEqual([])
  })

  test('ground of nobody is named with the buildings on it, and alone is no reason to refuse', () => {
    const empty = surveyPlan(withCell(quarters(), 'ne', box(50, 50, 100, 90)))
    expect(empty.gaps).toHaveLength(1)
    expect(empty.gaps[0]!.squareMeters / (500 * squareStep)).toBeCloseTo(1, 2)
    expect(isSound(empty)).toBe(true)
    const inhabited = surveyPlan(withCell(quarters([[75, 95]]), 'ne', box(50, 50, 100, 90)))
    expect(inhabited.gaps[0]!.buildings).toEqual(['b0'])
    expect(inhabited.adrift).toEqual([{ buildingId: 'b0', drawnIn: [] }])
    expect(isSound(inhabited)).toBe(false)
  })

  test('a cell that leaves the community, crosses itself or has no inside is named', () => {
    expect(surveyPlan(withCell(quarters(), 'ne', box(50, 50, 110, 100))).outside).toMatchObject([{ cellId: 'ne' }])
    const bow = polygon([50, 50], [100, 100], [100, 50], [50, 100])
    expect(surveyPlan(withCell(quarters(), 'ne', bow)).tangled).toEqual(['ne'])
    const twice = polygon([50, 50], [100, 50], [100, 100], [50, 100], [50, 50], [100, 50], [100, 100], [50, 100])
    expect(surveyPlan(withCell(quarters(), 'ne', twice)).tangled).toEqual(['ne'])
    expect(surveyPlan(withCell(quarters(), 'ne', polygon([50, 50], [60, 50], [70, 50]))).tangled).toEqual(['ne'])
  })

  test('without any drawing the list alone says what belongs where', () => {
    const plan = quarters([[10, 10]])
    const undrawn = { ...plan, cells: plan.cells.map((cell) => ({ ...cell, boundary: null })) }
    expect(isSound(surveyPlan(undrawn))).toBe(true)
  })

  const span = fc.tuple(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 1, max: 60 }))
  const boxOf = fc.tuple(span, span).map(([[x, w], [y, h]]) => [x, y, Math.min(100, x + w), Math.min(100, y + h)] as const)

  /** A step in the north of the square is a few thousandths of a percent smaller than one in the south. */
  const isAbout = (squareMeters: number, squares: number): void =>
    expect(Math.abs(squareMeters / squareStep - squares)).toBeLessThanOrEqual(0.1 + squares * 3e-4)

  test('overlap and gap of any boxes are those that counting squares finds', () => {
    fc.assert(
      fc.property(fc.array(boxOf, { minLength: 2, maxLength: 4 }), (boxes) => {
        const plan: CellPlan = {
          outline: box(0, 0, 100, 100),
          cells: boxes.map((corners, i) => ({ cellId: `c${i}`, name: '', boundary: box(...corners) })),
          buildings: [],
        }
        const holdsSquare = ([left, bottom, right, top]: readonly [number, number, number, number], x: number, y: number) =>
          left <= x && x < right && bottom <= y && y < top
        const { overlaps, gaps, tangled, outside } = surveyPlan(plan)
        expect([tangled, outside]).toEqual([[], []])
        let free = 0
        const shared = new Map<string, number>()
        for (let x = 0; x < 100; x++) {
          for (let y = 0; y < 100; y++) {
            const inside = boxes.flatMap((one, i) => (holdsSquare(one, x, y) ? [`c${i}`] : []))
            if (inside.length === 0) free++
            for (const [i, a] of inside.entries())
              for (const b of inside.slice(i + 1)) shared.set(`${a} ${b}`, (shared.get(`${a} ${b}`) ?? 0) + 1)
          }
        }
        expect(overlaps.map(({ cells }) => cells.join(' ')).toSorted()).toEqual([...shared.keys()].toSorted())
        for (const { cells, squareMeters } of overlaps) isAbout(squareMeters, shared.get(cells.join(' '))!)
        isAbout(
          gaps.reduce((sum, gap) => sum + gap.squareMeters, 0),
          free,
        )
      }),
      { numRuns: 60 },
    )
  })
})

describe('redrawing', () => {
  const points = fc.uniqueArray(
    fc.tuple(fc.integer({ min: 1, max: 99 }), fc.integer({ min: 1, max: 99 })).filter(([x, y]) => x !== 50 && y !== 50),
    { minLength: 2, maxLength: 25, selector: ([x, y]) => `${x} ${y}` },
  )
  const cell = fc.constantFrom('sw', 'se', 'nw', 'ne')

  test('a building moved by list takes its ground along: no overlap, no gap, no address in two cells or in none', () => {
    fc.assert(
      fc.property(points, fc.array(fc.tuple(fc.nat(), cell), { minLength: 1, maxLength: 8 }), (spots, moves) => {
        const plan = moves.reduce((next, [n, to]) => moveBuildings(next, [`b${n % spots.length}`], to), quarters(spots))
        const { gaps, ...findings } = surveyPlan(plan)
        expect(findings).toEqual({ overlaps: [], tangled: [], outside: [], adrift: [] })
        // A corner that is at the edge of what is ignored may be ignored on one side alone.
        expect(gaps.filter(({ squareMeters }) => squareMeters > 2)).toEqual([])
        for (const [n, to] of moves.slice(-1)) expect(plan.buildings[n % spots.length]!.cellId).toBe(to)
      }),
      {
        numRuns: 60,
        // A wedge of 273 m by 8 cm is left beside the cut: as a crumb it was nobody's.
        examples: [
          [
            [
              [1, 1],
              [1, 2],
              [86, 77],
              [1, 3],
              [53, 91],
              [29, 87],
              [1, 37],
            ],
            [
              [4, 'nw'],
              [2, 'sw'],
            ],
          ],
          [
            [
              [43, 94],
              [82, 70],
              [14, 69],
            ],
            [
              [1, 'sw'],
              [1, 'se'],
              [2, 'se'],
              [1, 'sw'],
            ],
          ],
        ],
      },
    )
  })

  test('a cell that ends leaves nobody behind, whoever gets the rest', () => {
    fc.assert(
      fc.property(points, cell, cell, (spots, gone, heir) => {
        fc.pre(gone !== heir)
        const plan = endCell(quarters(spots), gone, heir)
        expect(plan.cells).toHaveLength(3)
        expect(plan.buildings).toHaveLength(spots.length)
        const { gaps, ...rest } = surveyPlan(plan)
        expect(isSound({ gaps, ...rest })).toBe(true)
        expect(gaps).toEqual([])
      }),
      { numRuns: 40 },
    )
  })

  test('a cell drawn anew takes what it covers from the others and keeps to the community; what it leaves is shown', () => {
    const plan = drawCell(
      quarters([
        [45, 45],
        [55, 45],
        [5, 5],
      ]),
      'se',
      ring([
        [40, -20],
        [100, -20],
        [100, 50],
        [40, 50],
      ]),
    )
    expect(plan.buildings.map(({ cellId }) => cellId)).toEqual(['se', 'se', 'sw'])
    expect(isSound(surveyPlan(plan))).toBe(true)
    const shrunk = drawCell(
      quarters([[95, 5]]),
      'se',
      ring([
        [50, 0],
        [60, 0],
        [60, 50],
        [50, 50],
      ]),
    )
    const { gaps, adrift } = surveyPlan(shrunk)
    expect(gaps).toHaveLength(1)
    expect(adrift).toEqual([{ buildingId: 'b0', drawnIn: [] }])
  })

  test('what is drawn in two cells stays where it was until somebody decides', () => {
    const plan = withCell(quarters([[55, 10]]), 'sw', box(0, 0, 60, 50))
    expect(settleBuildings(plan).buildings[0]!.cellId).toBe('se')
  })
})
