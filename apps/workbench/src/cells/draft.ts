import type { CellPlan, Corner } from '@linli/access/define'
import { settleBuildings } from '@linli/access/define'
import type { InputOf } from '@linli/ui/client'
import type { CommunityCells } from './queries.ts'

/** A division being worked on: the plan, and the cells that are to end. */
export interface Draft {
  plan: CellPlan
  ended: readonly { cellId: string; restTo: string }[]
}

/** Every state of a draft since it was begun, so that each step can be taken back. */
export interface History {
  past: readonly Draft[]
  now: Draft
}

export const begin = ({ boundary, cells, buildings }: CommunityCells): History => ({
  past: [],
  now: { plan: { outline: boundary, cells, buildings }, ended: [] },
})
export const step = ({ past, now }: History, next: Draft): History => ({ past: [...past, now].slice(-100), now: next })
export const undo = (history: History): History => {
  const last = history.past.at(-1)
  return last ? { past: history.past.slice(0, -1), now: last } : history
}

type Change = Omit<InputOf<'POST /communities/:communityId/cell-changes/preview'>['body'], 'reason'>

/** What the draft changes of the division as it was read; nothing else is sent. */
export function changeOf(base: CommunityCells, { plan, ended }: Draft): Change {
  const before = new Map(base.cells.map((cell) => [cell.cellId, cell]))
  const homes = new Map(base.buildings.map(({ buildingId, cellId }) => [buildingId, cellId]))
  const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)
  return {
    expectedVersion: base.version,
    cells: plan.cells
      .filter(({ cellId, name, boundary }) => {
        const old = before.get(cellId)
        return !old || old.name !== name || !same(old.boundary, boundary)
      })
      .map(({ cellId, name, boundary }) => ({ cellId, name, boundary })) as Change['cells'],
    ended: ended.filter(({ cellId }) => before.has(cellId)),
    buildings: plan.buildings
      .filter(({ buildingId, cellId }) => homes.get(buildingId) !== cellId)
      .map(({ buildingId, cellId }) => ({ buildingId, cellId })),
  }
}

export const isChanged = ({ cells, ended = [], buildings = [] }: Change): boolean => cells.length + ended.length + buildings.length > 0

export const addCell = (plan: CellPlan, cellId: string, name: string): CellPlan => ({
  ...plan,
  cells: [...plan.cells, { cellId, name, boundary: null }],
})

export const renameCell = (plan: CellPlan, cellId: string, name: string): CellPlan => ({
  ...plan,
  cells: plan.cells.map((cell) => (cell.cellId === cellId ? { ...cell, name } : cell)),
})

/** The outlines of a cell, holes among them, as lists of corners without the closing one. */
export function ringsOf({ boundary }: CellPlan['cells'][number]): (readonly Corner[])[] {
  if (!boundary) return []
  const pieces = boundary.type === 'Polygon' ? [boundary.coordinates] : boundary.coordinates
  return pieces.flat().map((ring) => ring.slice(0, -1))
}

const isSame = (a: Corner, b: Corner): boolean => Math.abs(a[0] - b[0]) < 2e-7 && Math.abs(a[1] - b[1]) < 2e-7

/** Changes the corners of outlines: of one cell alone, or of all of them, so that neighbors keep the line they share. */
function mapRings(plan: CellPlan, only: string | undefined, change: (ring: readonly Corner[]) => readonly Corner[]): CellPlan {
  const closed = (ring: readonly Corner[]): Corner[] => {
    const open = change(ring.slice(0, -1))
    return open.length < 3 ? [...ring] : [...open, open[0]!]
  }
  const cells = plan.cells.map((cell) => {
    const { boundary } = cell
    if (!boundary || (only !== undefined && cell.cellId !== only)) return cell
    return {
      ...cell,
      boundary:
        boundary.type === 'Polygon'
          ? { ...boundary, coordinates: boundary.coordinates.map(closed) }
          : { ...boundary, coordinates: boundary.coordinates.map((rings) => rings.map(closed)) },
    }
  })
  return settleBuildings({ ...plan, cells })
}

export const moveCorner = (plan: CellPlan, only: string | undefined, from: Corner, to: Corner): CellPlan =>
  mapRings(plan, only, (ring) => ring.map((corner) => (isSame(corner, from) ? to : corner)))

export const removeCorner = (plan: CellPlan, only: string | undefined, gone: Corner): CellPlan =>
  mapRings(plan, only, (ring) => ring.filter((corner) => !isSame(corner, gone)))

/** A corner in the middle of this side. */
export function addCorner(plan: CellPlan, only: string | undefined, a: Corner, b: Corner): CellPlan {
  const middle = middleOf(a, b)
  return mapRings(plan, only, (ring) =>
    ring.flatMap((corner, i) => {
      const next = ring[(i + 1) % ring.length]!
      const isSide = (isSame(corner, a) && isSame(next, b)) || (isSame(corner, b) && isSame(next, a))
      return isSide ? [corner, middle] : [corner]
    }),
  )
}

const round = (degrees: number): number => Math.round(degrees * 1e7) / 1e7
export const middleOf = (a: Corner, b: Corner): Corner => [round((a[0] + b[0]) / 2), round((a[1] + b[1]) / 2)]
