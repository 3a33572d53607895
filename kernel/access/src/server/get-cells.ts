import { type Ctx, may, sql, systemActor } from '@linli/base/server'
import type { Cell, CellWorker, CommunityCells } from '../contract/cells.ts'
import { AccountError } from './account-error.ts'
import { livePost } from './find-posts.ts'
import { getCommunity, readPlan } from './read-plan.ts'

/** How a community is divided and who works in its cells, for posts of the community, of its cells, and of what lies above it. */
export async function getCells(ctx: Ctx, communityId: string): Promise<CommunityCells> {
  const { actor } = ctx
  const community = await getCommunity(ctx, communityId)
  const own = actor.areaPath ?? ''
  const isInside = own !== '' && community.areaPath.startsWith(own)
  if (!isInside && !own.startsWith(community.areaPath)) throw AccountError('area_forbidden', { detail: '这个社区（村）不在您的范围内' })
  // Who is on duty where is for everybody who works there; posts are otherwise the matter of one's own organization.
  const { plan, workers, township } = await ctx.as(systemActor, async (system) => ({
    plan: await readPlan(system, community),
    workers: await listWorkers(system, communityId),
    township: await system.find(sql<{ name: string }>`SELECT name FROM access.area WHERE area_id = ${community.townshipId}::uuid`),
  }))
  return {
    communityId,
    code: community.code,
    name: community.name,
    townshipName: township?.name ?? null,
    boundary: plan.outline as CommunityCells['boundary'],
    version: plan.version,
    mayDraw: isInside && may(actor, 'access.drawCells'),
    cells: plan.cells.map(({ cellId, code, name, boundary }) => ({
      cellId,
      code,
      name,
      boundary: boundary as Cell['boundary'],
      workers: workers.filter((worker) => worker.cellId === cellId).map(({ cellId: _, ...worker }) => worker),
    })),
    buildings: plan.buildings.map(({ buildingId, cellId, name, lon, lat }) => ({ buildingId, cellId, name, lon, lat })),
  }
}

interface WorkerRow extends Omit<CellWorker, 'deputy'> {
  cellId: string
  deputyName: string | null
  deputyUntil: string | null
}

async function listWorkers(system: Ctx, communityId: string): Promise<(CellWorker & { cellId: string })[]> {
  const rows = await system.rows(sql<WorkerRow>`
    SELECT ar.cell_id AS "cellId", p.post_id AS "postId", a.display_name AS name, p.role_key AS role, r.name AS "roleName",
      other.display_name AS "deputyName", d.valid_to AS "deputyUntil"
    FROM access.post p JOIN access.account a ON a.account_id = p.account_id JOIN access.role r ON r.role_key = p.role_key
    JOIN access.area ar ON ar.area_id = p.area_id
    LEFT JOIN access.post_deputy d ON d.post_id = p.post_id AND d.ended_at IS NULL
      AND (${system.now}::timestamptz AT TIME ZONE 'Asia/Shanghai')::date BETWEEN d.valid_from AND d.valid_to
    LEFT JOIN access.account other ON other.account_id = d.account_id
    WHERE ar.community_id = ${communityId}::uuid AND ar.level = 'cell' AND ${livePost(system.now)}
    ORDER BY p.role_key, a.display_name`)
  return rows.map(({ deputyName, deputyUntil, ...worker }) => ({
    ...worker,
    deputy: deputyName !== null && deputyUntil !== null ? { name: deputyName, until: deputyUntil } : null,
  }))
}
