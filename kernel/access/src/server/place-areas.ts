import { newId } from '@linli/base/define'
import { type Ctx, sql } from '@linli/base/server'
import { AccountError } from './account-error.ts'
import { type AreaRow, findArea } from './find-area.ts'

export interface NewArea {
  /** Code or id of the area it lies in; none for the root. */
  parent?: string | null
  level: AreaRow['level']
  /** `subdistrict`, `town`, `urban_community`, `village`, `grid`, `micro_cell` … (standards 1.3). */
  kind: string
  code: string
  name: string
  /** GeoJSON geometry. */
  boundary?: unknown
  center?: { lon: number; lat: number }
  validFrom?: string
}

/** Sets up one area below its parent; path and level columns follow from the parent. As system. */
export async function addArea(ctx: Ctx, area: NewArea): Promise<AreaRow> {
  const parent = area.parent ? await findArea(ctx, area.parent) : undefined
  if (area.parent && !parent) throw AccountError('area_unknown', { detail: `没有区划 ${area.parent}` })
  const areaId = newId(ctx.now.getTime())
  await ctx.run(sql`
    INSERT INTO access.area (area_id, parent_id, level, kind, code, name, boundary, center_lon, center_lat, valid_from)
    VALUES (${areaId}::uuid, ${parent?.areaId ?? null}::uuid, ${area.level}, ${area.kind}, ${area.code}, ${area.name},
      ${area.boundary === undefined ? null : JSON.stringify(area.boundary)}::jsonb, ${area.center?.lon ?? null}, ${area.center?.lat ?? null},
      ${area.validFrom ?? '2020-01-01'}::date)`)
  return (await findArea(ctx, areaId)) as AreaRow
}

export interface NewBuilding {
  /** Code or id of its cell. */
  cell: string
  name: string
  lon: number
  lat: number
}

/** Sets up one building in its cell. As system. Answers its id. */
export async function addBuilding(ctx: Ctx, { cell, name, lon, lat }: NewBuilding): Promise<string> {
  const area = await findArea(ctx, cell)
  if (!area) throw AccountError('area_unknown', { detail: `没有网格 ${cell}` })
  const buildingId = newId(ctx.now.getTime())
  await ctx.run(sql`INSERT INTO access.building (building_id, cell_id, name, lon, lat)
    VALUES (${buildingId}::uuid, ${area.areaId}::uuid, ${name}, ${lon}, ${lat})`)
  return buildingId
}

export interface NewOrganization {
  kind: string
  name: string
  /** Code or id of the area it serves. */
  area: string
  parentId?: string | null
  template?: string | null
  /** The number it answers for the public. */
  phone?: string | null
}

/** Sets up one organization. As system. Answers its id. */
export async function addOrganization(ctx: Ctx, { kind, name, area, parentId, template, phone }: NewOrganization): Promise<string> {
  const place = await findArea(ctx, area)
  if (!place) throw AccountError('area_unknown', { detail: `没有区划 ${area}` })
  const orgId = newId(ctx.now.getTime())
  await ctx.run(sql`INSERT INTO access.organization (org_id, kind, name, parent_id, area_id, template, phone)
    VALUES (${orgId}::uuid, ${kind}, ${name}, ${parentId ?? null}::uuid, ${place.areaId}::uuid, ${template ?? null}, ${phone ?? null})`)
  return orgId
}
