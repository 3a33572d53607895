import { placeInside } from '@linli/access/server'
import { type Ctx, sql } from '@linli/base/server'
import type { CasesDeps } from '../deps.ts'

interface Terms {
  stages: { key: string; name: string }[]
  area: { areaId: string; name: string }[]
  org: { orgId: string; name: string } | null
}

/** What the filters of a list of this kind are called. */
export async function listTerms(
  ctx: Ctx,
  deps: CasesDeps,
  asked: { kind: string; area?: string | undefined; org?: string | undefined },
): Promise<Terms> {
  const types = deps.catalogue.all().filter(({ kind }) => kind === asked.kind)
  const stages = new Map(types.flatMap((type) => Object.entries(type.stages).map(([key, { name }]) => [key, name] as const)))
  return {
    stages: [...stages].map(([key, name]) => ({ key, name })),
    area: asked.area === undefined ? [] : await wayTo(ctx, asked.area),
    org: asked.org === undefined ? null : await findOrganization(ctx, asked.org),
  }
}

/** An area with those above it, as far as they lie inside of the acting post's own. */
async function wayTo(ctx: Ctx, areaId: string): Promise<Terms['area']> {
  const { area_path } = await placeInside(ctx, areaId)
  const ids = area_path.split('/').filter(Boolean).map(Number)
  const own = ctx.actor.areaPath ?? ''
  return ctx.rows(sql<{ areaId: string; name: string }>`
    SELECT area_id AS "areaId", name FROM access.area
    WHERE short_id = ANY (${ids}::bigint[]) AND starts_with(area_path, ${own}) AND area_path <> ${own} ORDER BY length(area_path)`)
}

async function findOrganization(ctx: Ctx, orgId: string): Promise<Terms['org']> {
  return (
    (await ctx.find(
      sql<{ orgId: string; name: string }>`SELECT org_id AS "orgId", name FROM access.organization WHERE org_id = ${orgId}::uuid`,
    )) ?? null
  )
}
