import { dayOf, formatDay } from '@linli/base/define'
import { type Ctx, sql } from '@linli/base/server'
import type { PlanCell } from '../define/cell-plan.ts'
import { AccountError } from './account-error.ts'
import type { PlannedChange } from './plan-change.ts'
import type { CurrentPlan } from './read-plan.ts'

/** Writes a planned change: cells made, redrawn, renamed and ended, buildings moved, and the change itself noted. As the system. */
export async function writeCells(
  system: Ctx,
  before: CurrentPlan,
  change: PlannedChange,
  note: Omit<ChangeNote, 'before' | 'change'>,
): Promise<void> {
  await makeCells(system, before, change)
  await redrawCells(system, change)
  await moveBuildings(system, change)
  await endCells(system, change)
  await noteChange(system, { ...note, before, change })
}

/** New cells get the next code of three digits that was never borne; a code is not given twice. */
async function makeCells(system: Ctx, { community }: CurrentPlan, { made }: PlannedChange): Promise<void> {
  if (made.length === 0) return
  const used = await system.rows(sql<{ code: string }>`
    SELECT code FROM access.area_code WHERE code ~ ${`^${community.code}[0-9]{3}$`} UNION SELECT code FROM access.area WHERE parent_id = ${community.areaId}::uuid`)
  let last = Math.max(0, ...used.map(({ code }) => Number(code.slice(-3))))
  for (const cell of made) {
    last++
    if (last > 999) throw AccountError('cells_invalid', { detail: '这个社区的网格代码用完了', fields: [] })
    const code = `${community.code}${String(last).padStart(3, '0')}`
    await system.run(sql`
      INSERT INTO access.area (area_id, parent_id, level, kind, code, name, boundary, center_lon, center_lat, valid_from)
      VALUES (${cell.cellId}::uuid, ${community.areaId}::uuid, 'cell', 'grid', ${code}, ${cell.name}, ${boundaryText(cell)}::jsonb,
        ${centerOf(cell)?.lon ?? null}, ${centerOf(cell)?.lat ?? null}, ${today(system)}::date)`)
  }
}

async function redrawCells(system: Ctx, { redrawn, renamed }: PlannedChange): Promise<void> {
  for (const cell of redrawn) {
    await system.run(sql`
      UPDATE access.area SET boundary = ${boundaryText(cell)}::jsonb, center_lon = ${centerOf(cell)?.lon ?? null}, center_lat = ${centerOf(cell)?.lat ?? null}
      WHERE area_id = ${cell.cellId}::uuid`)
  }
  for (const { cell, from } of renamed) {
    // The history of a name is days: of two names on one day the first is not kept.
    const closed = await system.run(sql`
      UPDATE access.area_code SET valid_to = ${today(system)}::date, name = ${from}
      WHERE area_id = ${cell.cellId}::uuid AND valid_to IS NULL AND valid_from < ${today(system)}::date`)
    if (closed > 0) {
      await system.run(sql`
        INSERT INTO access.area_code (area_id, code, valid_from) SELECT area_id, code, ${today(system)}::date FROM access.area WHERE area_id = ${cell.cellId}::uuid`)
    }
    await system.run(sql`UPDATE access.area SET name = ${cell.name} WHERE area_id = ${cell.cellId}::uuid`)
  }
}

async function moveBuildings(system: Ctx, { buildings }: PlannedChange): Promise<void> {
  await system.run(sql`
    UPDATE access.building b SET cell_id = moved."toCellId"
    FROM jsonb_to_recordset(${JSON.stringify(buildings)}::jsonb) AS moved("buildingId" uuid, "toCellId" uuid) WHERE b.building_id = moved."buildingId"`)
}

/** What is ended stays on record with the cell that its rest went to, so that its code still finds a place. */
async function endCells(system: Ctx, { ended }: PlannedChange): Promise<void> {
  for (const { cell, restTo } of ended) {
    // A day is the smallest span of an area: one that is ended on its first day was there for that day.
    await system.run(sql`
      WITH last AS (SELECT greatest(${today(system)}::date, valid_from + 1) AS day FROM access.area WHERE area_id = ${cell.cellId}::uuid),
      ended AS (UPDATE access.area SET valid_to = last.day FROM last WHERE area_id = ${cell.cellId}::uuid),
      closed AS (
        UPDATE access.area_code SET valid_to = greatest(last.day, valid_from + 1), name = ${cell.name} FROM last
        WHERE area_id = ${cell.cellId}::uuid AND valid_to IS NULL
      )
      INSERT INTO access.area_successor (old_area_id, new_area_id, valid_from, source, made_at)
      SELECT ${cell.cellId}::uuid, ${restTo}::uuid, last.day, 'cells', ${system.now}::timestamptz FROM last`)
  }
}

interface ChangeNote {
  changeId: string
  version: number
  reason: string
  before: CurrentPlan
  change: PlannedChange
}

async function noteChange(system: Ctx, { changeId, version, reason, before, change }: ChangeNote): Promise<void> {
  const cells = [
    ...change.made.map((cell) => ({ cellId: cell.cellId, before: null, after: drawn(cell) })),
    ...change.ended.map(({ cell }) => ({ cellId: cell.cellId, before: drawn(cell), after: null })),
    ...[...new Set([...change.redrawn, ...change.renamed.map(({ cell }) => cell)])].map((cell) => {
      const old = before.cells.find(({ cellId }) => cellId === cell.cellId)
      return { cellId: cell.cellId, before: old ? drawn(old) : null, after: drawn(cell) }
    }),
  ]
  const { accountId, postId } = system.actor
  const { areaId, areaPath } = before.community
  await system.run(sql`
    INSERT INTO access.cell_change (change_id, community_id, area_path, version, reason, cells, made_at, made_by, post_id)
    VALUES (${changeId}::uuid, ${areaId}::uuid, ${areaPath}, ${version}, ${reason}, ${JSON.stringify(cells)}::jsonb, ${system.now}, ${accountId}::uuid, ${postId}::uuid)`)
}

const drawn = ({ name, boundary }: PlanCell) => ({ name, boundary })

const boundaryText = ({ boundary }: PlanCell): string | null => boundary && JSON.stringify(boundary)

/** In the middle of its corners: where a map begins to look. */
export function centerOf({ boundary }: Pick<PlanCell, 'boundary'>): { lon: number; lat: number } | undefined {
  const ring = boundary?.type === 'Polygon' ? boundary.coordinates[0] : boundary?.coordinates[0]?.[0]
  if (!ring) return undefined
  const corners = ring.slice(1)
  const mean = (axis: 0 | 1): number => Math.round((corners.reduce((sum, corner) => sum + corner[axis], 0) / corners.length) * 1e7) / 1e7
  return { lon: mean(0), lat: mean(1) }
}

/** The day in Shanghai. */
const today = ({ now }: Pick<Ctx, 'now'>): string => formatDay(dayOf(now.getTime()))
