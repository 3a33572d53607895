import { type Ctx, type Statement, sql, sqlAnd } from '@linli/base/server'
import type { Area, Organization, PublicOffice } from '../contract/administration.ts'
import { AccountError } from './account-error.ts'
import { findArea } from './find-area.ts'

/** One list holds no more than this; pickers go down the tree level by level. */
const most = 1000

interface AreasWanted {
  parent?: string
  level?: Area['level']
  code?: string
}

/**
 * Areas in force for pickers: the one with a code, the children of a parent, all of a level below a parent (however deep),
 * all of a level, or the roots. Outlines come with the ones that were asked for by place: thousands of a whole level are for nobody.
 */
export async function listAreas(ctx: Ctx, { parent, level, code }: AreasWanted): Promise<Area[]> {
  const conditions: Statement[] = [sql`c.valid_to IS NULL`]
  if (code) conditions.push(sql`c.code = ${code}`)
  if (level) conditions.push(sql`c.level = ${level}`)
  if (parent && level) conditions.push(sql`c.area_path > p.area_path AND c.area_path < p.area_path || '~'`)
  else if (parent) conditions.push(sql`c.parent_id = p.area_id`)
  else if (!level && !code) conditions.push(sql`c.parent_id IS NULL`)
  const from = parent ? sql`access.area p JOIN access.area c ON p.area_id = ${parent}::uuid` : sql`access.area c`
  return ctx.rows(sql<Area>`
    SELECT c.area_id AS "areaId", c.parent_id AS "parentId", c.level, c.kind, c.code, c.name,
      ${parent || code ? sql`c.boundary` : sql`NULL`} AS boundary
    FROM ${from} WHERE ${sqlAnd(conditions)} ORDER BY c.code LIMIT ${most}`)
}

interface BuildingRow {
  buildingId: string
  cellId: string
  name: string
  lon: number
  lat: number
}

/** Buildings of a community in the order a person would look for them: 2号楼 before 10号楼. */
export async function listBuildings(ctx: Ctx, communityId: string): Promise<BuildingRow[]> {
  const rows = await ctx.rows(sql<BuildingRow>`
    SELECT building_id AS "buildingId", cell_id AS "cellId", name, lon, lat FROM access.building WHERE community_id = ${communityId} LIMIT ${most}`)
  return rows.sort((a, b) => byName.compare(a.name, b.name))
}

const byName = new Intl.Collator('zh-CN', { numeric: true })

/** Offices with a number, of the area with this code and of those it lies in: the nearest first. */
export async function listOffices(ctx: Ctx, areaCode: string): Promise<PublicOffice[]> {
  const area = await findArea(ctx, areaCode)
  if (!area) throw AccountError('area_unknown', { detail: `没有区划 ${areaCode}` })
  return ctx.rows(sql<PublicOffice>`
    SELECT o.kind, o.name, a.level, o.phone FROM access.area a JOIN access.organization o ON o.area_id = a.area_id
    WHERE a.area_id IN (${area.areaId}::uuid, ${area.cellId}::uuid, ${area.communityId}::uuid, ${area.townshipId}::uuid, ${area.countyId}::uuid)
      AND o.phone IS NOT NULL ORDER BY a.area_path DESC, o.name LIMIT ${most}`)
}

/** Organizations by kind and by part of their name. */
export function listOrganizations(ctx: Ctx, { kind, q }: { kind?: string; q?: string }): Promise<Organization[]> {
  const conditions: Statement[] = []
  if (kind) conditions.push(sql`o.kind = ${kind}`)
  if (q) conditions.push(sql`strpos(o.name, ${q}) > 0`)
  return ctx.rows(sql<Organization>`
    SELECT o.org_id AS "orgId", o.kind, o.name, o.area_id AS "areaId", a.name AS "areaName", o.parent_id AS "parentId"
    FROM access.organization o JOIN access.area a ON a.area_id = o.area_id
    WHERE ${sqlAnd(conditions)} ORDER BY o.area_path, o.kind, o.name LIMIT ${most}`)
}
