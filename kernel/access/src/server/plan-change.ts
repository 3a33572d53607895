import type { FieldProblem } from '@linli/base/contract'
import { type Ctx, sql } from '@linli/base/server'
import type { CellChange } from '../contract/cells.ts'
import { type CellPlan, type PlanCell, type PlanFindings, surveyPlan } from '../define/cell-plan.ts'
import { AccountError } from './account-error.ts'
import type { CurrentCell, CurrentPlan } from './read-plan.ts'

/** What a change does to a plan, checked and ready to be carried out. */
export interface PlannedChange {
  after: CellPlan
  made: PlanCell[]
  redrawn: PlanCell[]
  renamed: { cell: PlanCell; from: string }[]
  ended: { cell: CurrentCell; restTo: string }[]
  /** Buildings that go to another cell. */
  buildings: { buildingId: string; name: string; fromCellId: string; toCellId: string }[]
}

type Wanted = Omit<CellChange, 'expectedVersion' | 'reason'>

/**
 * The plan after a change. Throws `access.cells_invalid` naming every cell and building that does not go together, and `access.cells_same`
 * where nothing would change.
 */
export async function planChange(ctx: Ctx, before: CurrentPlan, wanted: Wanted): Promise<PlannedChange> {
  refuse(referenceProblems(before, wanted, await foreignIds(ctx, before, wanted)))
  const planned = merge(before, wanted)
  refuse(nameProblems(planned.after.cells))
  const findings = surveyPlan(planned.after)
  refuse(findingProblems(findings), findingDetail(planned.after, findings))
  if (planned.made.length + planned.redrawn.length + planned.renamed.length + planned.ended.length + planned.buildings.length === 0)
    throw AccountError('cells_same')
  return planned
}

function refuse(problems: FieldProblem[], detail = '这样调整不行，请看标出的地方'): void {
  if (problems.length > 0) throw AccountError('cells_invalid', { detail, fields: problems.slice(0, 50) })
}

/** Ids given to new cells that something else bears already. */
async function foreignIds(ctx: Ctx, before: CurrentPlan, { cells }: Wanted): Promise<ReadonlySet<string>> {
  const known = new Set(before.cells.map(({ cellId }) => cellId))
  const fresh = cells.map(({ cellId }) => cellId).filter((id) => !known.has(id))
  const rows = await ctx.rows(sql<{ id: string }>`SELECT area_id AS id FROM access.area WHERE area_id = ANY (${fresh}::uuid[])`)
  return new Set(rows.map(({ id }) => id))
}

function referenceProblems(before: CurrentPlan, { cells, ended, buildings }: Wanted, foreign: ReadonlySet<string>): FieldProblem[] {
  const problems: FieldProblem[] = []
  const add = (path: string, message: string) => problems.push({ path, message })
  const current = new Map(before.cells.map((cell) => [cell.cellId, cell]))
  const gone = new Set(ended.map(({ cellId }) => cellId))
  const after = new Set([...current.keys(), ...cells.map(({ cellId }) => cellId)].filter((id) => !gone.has(id)))
  for (const { cellId } of cells) if (foreign.has(cellId)) add(`cells.${cellId}`, foreignCell)
  for (const cellId of repeated([...cells, ...ended].map((cell) => cell.cellId))) add(`cells.${cellId}`, '同一个网格写了两次')
  for (const { cellId, restTo } of ended) {
    const cell = current.get(cellId)
    if (!cell) add(`cells.${cellId}`, foreignCell)
    else if (cell.hasMicroCells) add(`cells.${cellId}`, '它下面还有微网格，请先撤销微网格')
    if (!after.has(restTo)) add(`cells.${cellId}`, '剩下的要交给一个还在的网格')
  }
  const known = new Set(before.buildings.map(({ buildingId }) => buildingId))
  for (const { buildingId, cellId } of buildings) {
    if (!known.has(buildingId)) add(`buildings.${buildingId}`, '这栋楼不在这个社区')
    else if (!after.has(cellId)) add(`buildings.${buildingId}`, '要交给的网格不在这个社区')
  }
  for (const buildingId of repeated(buildings.map((one) => one.buildingId))) add(`buildings.${buildingId}`, '同一栋楼写了两次')
  return problems
}

const foreignCell = '这不是这个社区在用的网格'
const repeated = (ids: readonly string[]): string[] => [...new Set(ids.filter((id, i) => ids.indexOf(id) !== i))]

function merge(before: CurrentPlan, { cells, ended, buildings }: Wanted): PlannedChange {
  const wanted = new Map(cells.map((cell) => [cell.cellId, cell]))
  const restTo = new Map(ended.map((one) => [one.cellId, one.restTo]))
  const homes = new Map(buildings.map(({ buildingId, cellId }) => [buildingId, cellId]))
  const known = new Map(before.cells.map((cell) => [cell.cellId, cell]))
  const kept = before.cells.filter(({ cellId }) => !restTo.has(cellId))
  const made = cells.filter(({ cellId }) => !known.has(cellId))
  const after: CellPlan = {
    outline: before.outline,
    cells: [...kept.map((cell) => wanted.get(cell.cellId) ?? cell), ...made],
    buildings: before.buildings.map((building) => ({
      ...building,
      cellId: homes.get(building.buildingId) ?? restTo.get(building.cellId) ?? building.cellId,
    })),
  }
  return {
    after,
    made,
    redrawn: cells.filter(({ cellId, boundary }) => known.has(cellId) && !isSameBoundary(known.get(cellId)!.boundary, boundary)),
    renamed: cells.flatMap((cell) => {
      const from = known.get(cell.cellId)?.name
      return from && from !== cell.name ? [{ cell, from }] : []
    }),
    ended: before.cells.flatMap((cell) => (restTo.has(cell.cellId) ? [{ cell, restTo: restTo.get(cell.cellId)! }] : [])),
    buildings: after.buildings.flatMap(({ buildingId, name, cellId }, i) => {
      const fromCellId = before.buildings[i]!.cellId
      return fromCellId === cellId ? [] : [{ buildingId, name, fromCellId, toCellId: cellId }]
    }),
  }
}

/** As they are kept; the order of keys is the database's. */
const isSameBoundary = (a: PlanCell['boundary'], b: PlanCell['boundary']): boolean =>
  a?.type === b?.type && JSON.stringify(a?.coordinates) === JSON.stringify(b?.coordinates)

function nameProblems(cells: readonly PlanCell[]): FieldProblem[] {
  const doubled = new Set(repeated(cells.map(({ name }) => name)))
  return cells.filter(({ name }) => doubled.has(name)).map(({ cellId }) => ({ path: `cells.${cellId}`, message: '另一个网格也叫这个名称' }))
}

function findingProblems({ tangled, overlaps, outside, adrift }: PlanFindings): FieldProblem[] {
  return [
    ...tangled.map((cellId) => ({ path: `cells.${cellId}`, message: '边界线自己交叉了' })),
    ...overlaps.flatMap(({ cells }) => cells.map((cellId) => ({ path: `cells.${cellId}`, message: '与另一个网格重叠' }))),
    ...outside.map(({ cellId }) => ({ path: `cells.${cellId}`, message: '画到社区外面去了' })),
    ...adrift.map(({ buildingId }) => ({ path: `buildings.${buildingId}`, message: '这栋楼没有画在它所属的一个网格里' })),
  ]
}

/** In words, with names: what a person would look for on the plan. */
function findingDetail({ cells, buildings }: CellPlan, { tangled, overlaps, outside, adrift }: PlanFindings): string {
  const cellName = (id: string): string => cells.find(({ cellId }) => cellId === id)?.name ?? ''
  const buildingName = (id: string): string => buildings.find(({ buildingId }) => buildingId === id)?.name ?? ''
  return [
    ...tangled.map((id) => `${cellName(id)}的边界线自己交叉了`),
    ...overlaps.map((one) => `${cellName(one.cells[0])}与${cellName(one.cells[1])}重叠 ${one.squareMeters} 平方米`),
    ...outside.map((one) => `${cellName(one.cellId)}画到社区外面 ${one.squareMeters} 平方米`),
    ...adrift.map(({ buildingId, drawnIn }) =>
      drawnIn.length === 0
        ? `${buildingName(buildingId)}不在任何网格里`
        : `${buildingName(buildingId)}画在${drawnIn.map(cellName).join('和')}里`,
    ),
  ]
    .slice(0, 5)
    .join('；')
}
