import { type Ctx, sql } from '@linli/base/server'
import type { CasesDeps, Place } from '../deps.ts'

/** Where a row of a file lies, or why that is not known. */
export type Located = { place: Place } | { code: 'area_unknown' | 'area_outside' } | { code: 'area_ambiguous'; more: string }

interface Named extends Place {
  name: string
}

/**
 * Places by what a file calls them: a code, also one of earlier years, or a name that only one place within the area has. Each is looked up
 * once. As system.
 */
export async function locate(
  system: Ctx,
  deps: Pick<CasesDeps, 'findPlace'>,
  areaPath: string,
  called: Iterable<string>,
): Promise<Map<string, Located>> {
  const all = [...new Set(called)]
  const located = new Map<string, Located>()
  for (const code of all.filter(isCode)) {
    const place = await deps.findPlace(system, code)
    located.set(code, !place ? { code: 'area_unknown' } : place.areaPath.startsWith(areaPath) ? { place } : { code: 'area_outside' })
  }
  const names = all.filter((one) => !isCode(one))
  if (names.length === 0) return located
  const found = await system.rows(sql<Named>`
    SELECT name, area_id AS "areaId", area_path AS "areaPath", county_id AS "countyId", township_id AS "townshipId",
      community_id AS "communityId", cell_id AS "cellId"
    FROM access.area WHERE name = ANY (${names}::text[]) AND starts_with(area_path, ${areaPath}) AND valid_to IS NULL`)
  for (const name of names) {
    const [first, ...others] = found.filter((one) => one.name === name)
    if (!first) located.set(name, { code: 'area_unknown' })
    else if (others.length > 0) located.set(name, { code: 'area_ambiguous', more: String(others.length + 1) })
    else {
      const { name: _, ...place } = first
      located.set(name, { place })
    }
  }
  return located
}

const isCode = (text: string): boolean => /^\d{2,17}$/.test(text)

interface Drawn extends Place {
  boundary: Geometry
}
type Ring = readonly (readonly [number, number])[]
type Geometry = { type: 'Polygon'; coordinates: readonly Ring[] } | { type: 'MultiPolygon'; coordinates: readonly (readonly Ring[])[] }

/** A finder of the smallest place within the area whose boundary a point lies in. As system. */
export async function placesByPoint(system: Ctx, areaPath: string): Promise<(lon: number, lat: number) => Place | undefined> {
  const drawn = await system.rows(sql<Drawn>`
    SELECT boundary, area_id AS "areaId", area_path AS "areaPath", county_id AS "countyId", township_id AS "townshipId",
      community_id AS "communityId", cell_id AS "cellId"
    FROM access.area WHERE boundary IS NOT NULL AND starts_with(area_path, ${areaPath}) AND valid_to IS NULL
    ORDER BY length(area_path) DESC`)
  return (lon, lat) => {
    const found = drawn.find(({ boundary }) => polygonsOf(boundary).some((rings) => isInside(rings, lon, lat)))
    if (!found) return undefined
    const { boundary: _, ...place } = found
    return place
  }
}

const polygonsOf = ({ type, coordinates }: Geometry): readonly (readonly Ring[])[] => (type === 'Polygon' ? [coordinates] : coordinates)

/** Even and odd over all rings: a hole is outside again. */
function isInside(rings: readonly Ring[], lon: number, lat: number): boolean {
  let inside = false
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [x1, y1] = ring[i]!
      const [x2, y2] = ring[j]!
      if (y1 > lat !== y2 > lat && lon < ((x2 - x1) * (lat - y1)) / (y2 - y1) + x1) inside = !inside
    }
  }
  return inside
}
