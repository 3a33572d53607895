import type { Clock, Ctx } from '@linli/base/server'
import { type Statement, sql } from '@linli/base/server'

export interface AreaRow {
  areaId: string
  parentId: string | null
  level: 'province' | 'prefecture' | 'county' | 'township' | 'community' | 'cell'
  kind: string
  code: string
  name: string
  areaPath: string
  countyId: string | null
  townshipId: string | null
  communityId: string | null
  cellId: string | null
  centerLon: number | null
  centerLat: number | null
}

/** Where something lies, ready for the level columns of a projection row. */
export interface Place {
  areaId: string
  areaPath: string
  countyId: string | null
  townshipId: string | null
  communityId: string | null
  cellId: string | null
}

const columns: Statement = sql`area_id AS "areaId", parent_id AS "parentId", level, kind, code, name, area_path AS "areaPath", county_id AS "countyId",
  township_id AS "townshipId", community_id AS "communityId", cell_id AS "cellId", center_lon AS "centerLon", center_lat AS "centerLat"`

/**
 * The area with this id or this code, in force. A code of earlier years finds the area that bore it last, and where that was merged or
 * moved into one other, that one; what was split stays itself, for the code does not say which part is meant.
 */
export async function findArea(ctx: Ctx, codeOrId: string): Promise<AreaRow | undefined> {
  if (isId(codeOrId)) return ctx.find(sql<AreaRow>`SELECT ${columns} FROM access.area WHERE area_id = ${codeOrId}::uuid`)
  const now = await ctx.find(sql<AreaRow>`SELECT ${columns} FROM access.area WHERE code = ${codeOrId} AND valid_to IS NULL`)
  if (now) return now
  return ctx.find(sql<AreaRow>`
    WITH RECURSIVE bearer AS (
      (SELECT area_id, 0 AS steps FROM access.area_code WHERE code = ${codeOrId} ORDER BY valid_from DESC LIMIT 1)
      UNION ALL
      SELECT heir.area_id, bearer.steps + 1 FROM bearer JOIN access.area old ON old.area_id = bearer.area_id AND old.valid_to IS NOT NULL
      CROSS JOIN LATERAL (
        SELECT (array_agg(new_area_id))[1] AS area_id FROM access.area_successor WHERE old_area_id = old.area_id AND valid_from = old.valid_to
        HAVING count(*) = 1
      ) heir WHERE bearer.steps < 50
    )
    SELECT ${columns} FROM access.area WHERE area_id = (SELECT area_id FROM bearer ORDER BY steps DESC LIMIT 1)`)
}

/** Level columns of an area; throws when there is no such area, for the id came from our own tables. */
export async function placeOf(ctx: Ctx, areaId: string): Promise<Place> {
  return placeFrom(await ctx.get(sql<AreaRow>`SELECT ${columns} FROM access.area WHERE area_id = ${areaId}::uuid`))
}

export function placeFrom({ areaId, areaPath, countyId, townshipId, communityId, cellId }: AreaRow): Place {
  return { areaId, areaPath, countyId, townshipId, communityId, cellId }
}

/**
 * Areas looked up again and again (every appeal names one) without asking the database each time. Areas change rarely and
 * their place never does; a new name or code is seen after `ttlMs`. One per process and database.
 */
export interface AreaBook {
  find(ctx: Ctx, codeOrId: string): Promise<AreaRow | undefined>
  place(ctx: Ctx, areaId: string): Promise<Place | undefined>
  forget(): void
}

const kept = 20_000

export function createAreaBook(clock: Clock, ttlMs = 60_000): AreaBook {
  const pages = new Map<string, { area: AreaRow; until: number }>()
  const find = async (ctx: Ctx, codeOrId: string): Promise<AreaRow | undefined> => {
    const now = clock.now().getTime()
    const page = pages.get(codeOrId)
    if (page && page.until > now) return page.area
    const area = await findArea(ctx, codeOrId)
    // What is not there is not remembered: it may be set up a moment later, and anybody can invent codes.
    if (!area) {
      pages.delete(codeOrId)
      return undefined
    }
    if (pages.size >= kept) pages.clear()
    pages.set(codeOrId, { area, until: now + ttlMs })
    return area
  }
  return {
    find,
    place: async (ctx, areaId) => {
      const area = await find(ctx, areaId)
      return area && placeFrom(area)
    },
    forget: () => pages.clear(),
  }
}

const isId = (text: string): boolean => text.length === 36 && text[8] === '-'
