import type { EndedPost, HandedOver, HandoverParticipant, MovedCells, Moving } from '@linli/access/server'
import { locateNow } from '@linli/access/server'
import { type Ctx, sql } from '@linli/base/server'
import { applyEntry, type CasePlace, type CaseState, handoverMove } from '../define/fold.ts'
import type { CasesDeps } from './deps.ts'
import { type LockedCase, lockCase } from './lock-case.ts'
import { writeProjection } from './write-projection.ts'

/** An open case, as far as a handover asks. */
interface OpenCase {
  case_id: string
  number: string
  case_type: string
  title: string
  stage: string
  due_at: Date | null
  cell_id: string | null
  place: string | null
  lon: number | null
  lat: number | null
  handler_id: string | null
  main_org_id: string | null
}

/** One step of a handover: where the case goes, and whether its handler stays with it. */
interface Step {
  file: OpenCase
  /** Null: it stays where it is. */
  to: { cellId: string; name: string; place: CasePlace } | null
  fromAreaId: string
  toAreaId: string
  handlerLeft: boolean
}

/** What a handover of cases asks of the platform. */
export type CaseHandoverDeps = Pick<CasesDeps, 'catalogue' | 'calendar'>

/** Open cases go along when the cell around them is redrawn or ends, and when the post of whoever has them in hand ends. */
export function caseHandover(deps: CaseHandoverDeps): HandoverParticipant {
  const itemOf = ({ file, fromAreaId, toAreaId }: Step): HandedOver => ({
    itemId: file.case_id,
    label: file.number,
    note: file.title,
    stage: deps.catalogue.get(file.case_type).stages[file.stage]?.name ?? file.stage,
    dueAt: file.due_at,
    fromAreaId,
    toAreaId,
  })
  return {
    kind: 'case',
    survey: async (system, moving) => (await stepsOf(system, moving, false)).map(itemOf),
    async handOver(system, moving) {
      const steps = await stepsOf(system, moving, true)
      for (const step of steps) if (step.to || step.handlerLeft) await takeStep(system, deps, moving, step)
      return steps.map(itemOf)
    },
  }
}

const stepsOf = (system: Ctx, moving: Moving, isLocked: boolean): Promise<Step[]> =>
  moving.cause === 'cells' ? movesOf(system, moving, isLocked) : leftBy(system, moving, isLocked)

const columns = sql`f.case_id, f.number, f.case_type, f.title, f.stage, f.due_at, f.cell_id, f.place, f.lon, f.lat, f.handler_id, f.main_org_id`

/** The open cases of these cells whose place lies in another cell now. Where they are to be moved they are locked, in the order of their ids. */
async function movesOf(system: Ctx, moving: MovedCells, isLocked: boolean): Promise<Step[]> {
  const files = await system.rows(sql<OpenCase>`
    SELECT ${columns} FROM cases.case_file f WHERE f.cell_id = ANY (${moving.cellIds}::uuid[]) AND f.status = 'open' ORDER BY f.case_id
    ${isLocked ? sql`FOR NO KEY UPDATE` : sql``}`)
  const moved = files.flatMap((file) => {
    const { cell_id, place, lon, lat } = file
    if (cell_id === null) return []
    const cellId = moving.locate({ cellId: cell_id, words: place, position: lon !== null && lat !== null ? { lon, lat } : null })
    return cellId === cell_id ? [] : [{ file, cellId }]
  })
  if (!isLocked)
    return moved.map(({ file, cellId }) => ({ file, to: null, fromAreaId: file.cell_id!, toAreaId: cellId, handlerLeft: false }))
  const steps: Step[] = []
  for (const { file, cellId } of moved) {
    const place = moving.placeOf(cellId)
    const handlerLeft = await isOutOfReach(system, file, place.areaPath)
    steps.push({ file, to: { cellId, name: moving.nameOf(cellId), place }, fromAreaId: file.cell_id!, toAreaId: cellId, handlerLeft })
  }
  return steps
}

/** Where the post was for a cell, its open cases; everywhere, what its holder had in hand himself and has no other post for. */
async function leftBy(system: Ctx, { accountId, orgId, area }: EndedPost, isLocked: boolean): Promise<Step[]> {
  const files = await system.rows(sql<OpenCase & { area_path: string }>`
    SELECT ${columns}, f.area_path FROM cases.case_file f
    WHERE f.status = 'open' AND (f.cell_id = ${area.areaId}::uuid OR (f.handler_id = ${accountId}::uuid AND f.main_org_id = ${orgId}::uuid)) ORDER BY f.case_id
    ${isLocked ? sql`FOR NO KEY UPDATE` : sql``}`)
  const steps: Step[] = []
  for (const file of files) {
    const wasHandler = file.handler_id === accountId && file.main_org_id === orgId
    const handlerLeft = wasHandler && (await isOutOfReach(system, file, file.area_path))
    if (handlerLeft || file.cell_id === area.areaId) {
      const areaId = file.cell_id ?? area.areaId
      steps.push({ file, to: null, fromAreaId: areaId, toAreaId: areaId, handlerLeft })
    }
  }
  return steps
}

/** Whether whoever has it in hand holds no live post of that organization at this place. */
async function isOutOfReach(system: Ctx, { handler_id, main_org_id }: OpenCase, areaPath: string): Promise<boolean> {
  if (!handler_id || !main_org_id) return false
  const post = await system.find(sql`
    SELECT 1 AS here FROM access.post p WHERE p.account_id = ${handler_id}::uuid AND p.org_id = ${main_org_id}::uuid AND p.ended_at IS NULL
      AND (starts_with(${areaPath}, p.area_path) OR p.reach = 'line') LIMIT 1`)
  return post === undefined
}

async function takeStep(
  system: Ctx,
  deps: CaseHandoverDeps,
  { handoverId }: Moving,
  { file, to, fromAreaId, handlerLeft }: Step,
): Promise<void> {
  const locked = await lockCase(system, deps, file.case_id)
  const from = await system.get(sql<{ name: string }>`SELECT name FROM access.area WHERE area_id = ${fromAreaId}::uuid`)
  await appendHandover(system, deps, locked, {
    handoverId,
    ...(to && { from: from.name, to: to.name, place: to.place }),
    ...(handlerLeft && { handlerLeft: true }),
  })
}

interface HandoverData {
  handoverId?: string
  from?: string
  to?: string
  place?: CasePlace
  handlerLeft?: true
}

/** One more entry of a case that the caller has locked. */
async function appendHandover(
  system: Ctx,
  deps: CaseHandoverDeps,
  { type, file, state }: LockedCase,
  data: HandoverData,
): Promise<CaseState> {
  const { accountId, postId, orgId } = system.actor
  const at = new Date(Math.max(system.now.getTime(), state.movedAt.getTime()))
  const entry = { seq: state.seq + 1, move: handoverMove, data: { ...data }, at, accountId, orgId }
  const next = applyEntry(type, state, entry)
  await system.run(sql`
    INSERT INTO cases.case_entry (case_id, seq, move, stage, data, account_id, post_id, org_id, made_at)
    VALUES (${file.case_id}, ${entry.seq}, ${handoverMove}, ${next.stage}, ${JSON.stringify(data)}::jsonb, ${accountId}, ${postId}, ${orgId}, ${at})`)
  await writeProjection(system, deps, type, file, next)
  const areaPath = next.place?.areaPath ?? file.area_path
  const { seq, stage, mainOrgId } = next
  system.emit('case.moved', { caseId: file.case_id, kind: type.kind, areaPath, move: handoverMove, from: stage, stage, seq, mainOrgId })
  system.audit({ action: `cases.${handoverMove}`, subjectKind: 'case', subjectId: file.case_id, areaPath, detail: { seq, stage } })
  return next
}

/** A closed case stays where it was counted. One that is taken up again is for whoever works there now. */
export async function settleReopened(system: Ctx, deps: CaseHandoverDeps, locked: LockedCase): Promise<CaseState> {
  const { file, state } = locked
  if (!file.cell_id || !file.community_id) return state
  const position = file.lon !== null && file.lat !== null ? { lon: file.lon, lat: file.lat } : null
  const place = await locateNow(system, file.community_id, { cellId: file.cell_id, words: file.place, position })
  if (!place || place.cellId === file.cell_id) return state
  const names = await system.rows(
    sql<{
      id: string
      name: string
    }>`SELECT area_id AS id, name FROM access.area WHERE area_id = ANY (${[file.cell_id, place.areaId]}::uuid[])`,
  )
  const nameOf = (id: string): string => names.find((area) => area.id === id)?.name ?? ''
  return appendHandover(system, deps, locked, { from: nameOf(file.cell_id), to: nameOf(place.areaId), place })
}
