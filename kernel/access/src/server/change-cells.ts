import { newId } from '@linli/base/define'
import { type Ctx, sql, systemActor } from '@linli/base/server'
import type { CellChange, CellChangePreview } from '../contract/cells.ts'
import { AccountError } from './account-error.ts'
import { type AreaRow, findArea, type Place, placeFrom } from './find-area.ts'
import type { HandedOver, HandoverParticipant, MovedCells } from './handover-slot.ts'
import { locator } from './locate-place.ts'
import { type PlannedChange, planChange } from './plan-change.ts'
import { type CurrentPlan, getCommunity, readPlan } from './read-plan.ts'
import { writeCells } from './write-cells.ts'
import { type ItemOfKind, listParties, partiesOfCells, presentItems, writeHandover } from './write-handover.ts'

interface Planned {
  community: AreaRow
  before: CurrentPlan
  change: PlannedChange
}

/** What the change would do, for whoever is about to decide it. Refuses what `changeCells` would refuse. */
export async function previewCellChange(
  ctx: Ctx,
  participants: readonly HandoverParticipant[],
  communityId: string,
  wanted: CellChange,
): Promise<CellChangePreview> {
  await checkMayDraw(ctx, communityId)
  return ctx.as(systemActor, async (system) => {
    const { before, change } = await plan(system, communityId, wanted)
    const moving = await movedCells(system, newId(), before, change)
    const items = [...buildingItems(change), ...(await collect(participants, (one) => one.survey(system, moving)))]
    const names = new Map([...before.cells, ...change.after.cells].map(({ cellId, name }) => [cellId, name]))
    const parties = await partiesOfCells(system, before.community, cellsOf(change, items))
    return { ...summaryOf(change), items: presentItems(items, names), parties: await listParties(system, parties) }
  })
}

/**
 * Carries a change of cells out: areas, buildings, and with them everything that engines hand over, in one transaction. Of two editors one
 * wins; the other gets 409 and the version there is now. Answers the handover list, null where nothing went from one cell to another.
 */
export async function changeCells(
  ctx: Ctx,
  participants: readonly HandoverParticipant[],
  communityId: string,
  wanted: CellChange,
): Promise<{ changeId: string; version: number; handoverId: string | null }> {
  await checkMayDraw(ctx, communityId)
  const { accountId, postId, orgId } = ctx.actor
  return ctx.as({ ...systemActor, accountId, postId, orgId }, async (system) => {
    // Whoever changes the cells of a community does so alone; files of single matters are locked after it, in the order of their ids.
    await system.run(sql`SELECT 1 FROM access.area WHERE area_id = ${communityId}::uuid FOR NO KEY UPDATE`)
    const { community, before, change } = await plan(system, communityId, wanted)
    const changeId = newId(system.now.getTime())
    const version = before.version + 1
    await writeCells(system, before, change, { changeId, version, reason: wanted.reason })
    const handoverId = newId(system.now.getTime())
    const moving = await movedCells(system, handoverId, before, change)
    const items = [...buildingItems(change), ...(await collect(participants, (one) => one.handOver(system, moving)))]
    const counts = { made: change.made.length, redrawn: change.redrawn.length, ended: change.ended.length, items: items.length }
    system.audit({
      action: 'access.cells_changed',
      subjectKind: 'area',
      subjectId: communityId,
      areaPath: community.areaPath,
      purpose: wanted.reason,
      detail: { changeId, version, ...counts, renamed: change.renamed.length },
    })
    system.emit('access.cells_changed', { communityId, areaPath: community.areaPath, version })
    if (items.length === 0) return { changeId, version, handoverId: null }
    const parties = await partiesOfCells(system, community, cellsOf(change, items))
    await writeHandover(system, { handoverId, cause: 'cells', changeId, area: community, reason: wanted.reason, parties, items })
    return { changeId, version, handoverId }
  })
}

/** Whoever draws does so in his own area; the community itself is no secret. */
async function checkMayDraw(ctx: Ctx, communityId: string): Promise<void> {
  const { areaPath } = await getCommunity(ctx, communityId)
  if (!ctx.actor.areaPath || !areaPath.startsWith(ctx.actor.areaPath))
    throw AccountError('area_forbidden', { detail: '这个社区（村）不在您的辖区，不能调整它的网格' })
}

async function plan(system: Ctx, communityId: string, wanted: CellChange): Promise<Planned> {
  const community = await getCommunity(system, communityId)
  const before = await readPlan(system, community)
  if (before.version !== wanted.expectedVersion) throw AccountError('cells_changed', { current: { version: before.version } })
  return { community, before, change: await planChange(system, before, wanted) }
}

function summaryOf({ made, redrawn, renamed, ended }: PlannedChange): Omit<CellChangePreview, 'items' | 'parties'> {
  return {
    made: made.map(({ name }) => name),
    redrawn: redrawn.map(({ name }) => name),
    renamed: renamed.map(({ cell, from }) => ({ from, to: cell.name })),
    ended: ended.map(({ cell }) => cell.name),
  }
}

async function movedCells(system: Ctx, handoverId: string, before: CurrentPlan, { after, ended }: PlannedChange): Promise<MovedCells> {
  const restTo = new Map(ended.map(({ cell, restTo }) => [cell.cellId, restTo]))
  const [then, now] = [locator(before, new Map()), locator(after, restTo)]
  const names = new Map([...before.cells, ...after.cells].map(({ cellId, name }) => [cellId, name]))
  const places = new Map<string, Place>()
  for (const { cellId } of after.cells) {
    // In a preview a new cell is not there yet, and nothing is written to it.
    const area = await findArea(system, cellId)
    if (area) places.set(cellId, placeFrom(area))
  }
  return {
    cause: 'cells',
    handoverId,
    cellIds: before.cells.map(({ cellId }) => cellId),
    // What counted to a cell that the change does not concern goes on doing so, whatever its words say.
    locate: (place) => {
      const cellId = now(place)
      return cellId === then(place) && !restTo.has(place.cellId) ? place.cellId : cellId
    },
    placeOf: (cellId) => {
      const place = places.get(cellId)
      if (!place) throw new Error(`no place of cell ${cellId}`)
      return place
    },
    nameOf: (cellId) => names.get(cellId) ?? '',
  }
}

const buildingItems = ({ buildings }: PlannedChange): ItemOfKind[] =>
  buildings.map(({ buildingId, name, fromCellId, toCellId }) => ({
    kind: 'building',
    itemId: buildingId,
    label: name,
    note: null,
    stage: null,
    dueAt: null,
    fromAreaId: fromCellId,
    toAreaId: toCellId,
  }))

async function collect(
  participants: readonly HandoverParticipant[],
  ask: (participant: HandoverParticipant) => Promise<HandedOver[]>,
): Promise<ItemOfKind[]> {
  const items: ItemOfKind[] = []
  for (const participant of participants) {
    for (const item of await ask(participant)) items.push({ kind: participant.kind, ...item })
  }
  return items
}

/** Of which cells something goes, and to which. */
function cellsOf({ ended }: PlannedChange, items: readonly ItemOfKind[]): { giving: string[]; taking: string[] } {
  const giving = new Set([...ended.map(({ cell }) => cell.cellId), ...items.map((item) => item.fromAreaId)])
  return { giving: [...giving], taking: [...new Set([...ended.map(({ restTo }) => restTo), ...items.map((item) => item.toAreaId)])] }
}
