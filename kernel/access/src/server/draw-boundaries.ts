import { type Ctx, sql } from '@linli/base/server'
import { z } from 'zod'
import { type Boundary, isTangled } from '../define/cell-shapes.ts'
import { findArea } from './find-area.ts'
import { centerOf } from './write-cells.ts'

export interface GivenBoundary {
  code: string
  /** GeoJSON, longitude and latitude in CGCS2000. */
  geometry: unknown
}

export interface DrawnBoundaries {
  drawn: number
  /** Had this outline already. */
  same: number
  /** Places in the list that were left out, and why, for the operator. */
  refused: { place: number; message: string }[]
}

/** China with its seas: a pair in the wrong order, or in meters, lies outside. */
const Corner = z
  .tuple([z.number().min(73).max(136), z.number().min(3).max(54)])
  .rest(z.number())
  .transform(([lon, lat]) => [lon, lat] as [number, number])
const Ring = z
  .array(Corner)
  .min(4)
  .max(20_000)
  .refine((ring) => ring[0]?.[0] === ring.at(-1)?.[0] && ring[0]?.[1] === ring.at(-1)?.[1], 'a ring is not closed')
const Geometry = z.discriminatedUnion('type', [
  z.object({ type: z.literal('Polygon'), coordinates: z.array(Ring).min(1) }),
  z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(Ring).min(1)).min(1) }),
])

/**
 * Gives areas above the cell their outlines, by code. Cells are redrawn where they are worked in, since buildings and open work go
 * along; here only pictures change. Drawing the same again changes nothing. As system.
 */
export async function drawBoundaries(ctx: Ctx, given: readonly GivenBoundary[], source: string): Promise<DrawnBoundaries> {
  const report: DrawnBoundaries = { drawn: 0, same: 0, refused: [] }
  for (const [place, { code, geometry }] of given.entries()) {
    const outcome = await drawOne(ctx, code, geometry)
    if (outcome === 'drawn' || outcome === 'same') report[outcome]++
    else report.refused.push({ place, message: outcome.message })
  }
  if (report.drawn > 0)
    ctx.audit({
      action: 'access.boundaries_drawn',
      subjectKind: 'area',
      detail: { source, drawn: report.drawn, same: report.same, refused: report.refused.length },
    })
  return report
}

async function drawOne(ctx: Ctx, code: string, geometry: unknown): Promise<'drawn' | 'same' | { message: string }> {
  const parsed = Geometry.safeParse(geometry)
  if (!parsed.success) return { message: `${code || 'no code'}: ${parsed.error.issues[0]?.message ?? 'is no polygon'}` }
  const boundary: Boundary = parsed.data
  const area = code === '' ? undefined : await findArea(ctx, code)
  if (!area) return { message: `${code || 'no code'}: there is no such area` }
  if (area.level === 'cell') return { message: `${code}: cells are redrawn in the workbench` }
  if (isTangled(boundary)) return { message: `${code}: the outline crosses itself` }
  const center = centerOf({ boundary })
  const changed = await ctx.run(sql`
    UPDATE access.area SET boundary = ${JSON.stringify(boundary)}::jsonb, center_lon = ${center?.lon ?? null}, center_lat = ${center?.lat ?? null}
    WHERE area_id = ${area.areaId}::uuid AND boundary IS DISTINCT FROM ${JSON.stringify(boundary)}::jsonb`)
  return changed > 0 ? 'drawn' : 'same'
}
