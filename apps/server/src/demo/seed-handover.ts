import { moveBuildings } from '@linli/access/define'
import { changeCells, readCommunityPlan, setDeputy } from '@linli/access/server'
import { dayOf, formatDay } from '@linli/base/define'
import type { Ctx } from '@linli/base/server'
import { type CaseHandoverDeps, caseHandover } from '@linli/cases/server'
import { actorOf, datedBack } from './in-the-past.ts'
import type { Town } from './seed-town.ts'
import { placeCodes } from './town-places.ts'

const days = 86_400_000

/** A cell redrawn three days ago with the open work of one house, and a colleague who stands in this week. As system, after the history. */
export async function seedHandover(system: Ctx, town: Town, deps: CaseHandoverDeps): Promise<void> {
  const past = datedBack(system, new Date(system.now.getTime() - 3 * days))
  const community = town.areas.get(placeCodes.village)!
  await past.as(await actorOf(past, town, 'village'), async (ctx) => {
    const before = await readCommunityPlan(ctx, community.areaId)
    const house = before.buildings.find(({ name }) => name === '1 组 9 号院')!
    const next = before.cells.find(({ name }) => name === '两河第二网格')!
    const after = moveBuildings(before, [house.buildingId], next.cellId)
    await changeCells(ctx, [caseHandover(deps)], community.areaId, {
      expectedVersion: before.version,
      reason: '村道改线，9 号院改从第二网格进出',
      cells: after.cells.filter((cell, i) => cell.boundary !== before.cells[i]?.boundary) as Parameters<typeof changeCells>[3]['cells'],
      ended: [],
      buildings: [{ buildingId: house.buildingId, cellId: next.cellId }],
    })
  })
  const holder = town.members.find(({ account }) => account === 'grid-5')!
  const deputy = town.members.find(({ account }) => account === 'grid-6')!
  const day = (from: number): string => formatDay(dayOf(system.now.getTime() + from * days))
  await system.as(await actorOf(system, town, 'grid-5'), (ctx) =>
    setDeputy(ctx, holder.postId, { accountId: deputy.accountId, from: day(0), until: day(4), reason: 'leave' }),
  )
}
