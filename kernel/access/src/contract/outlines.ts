import { endpoint, Id } from '@linli/base/contract'
import { z } from 'zod'
import { AreaLevel } from './session.ts'

const Corner = z.tuple([z.number(), z.number()])
const Rings = z.array(z.array(Corner))

/** An area as a map draws it. Without an outline there may be a middle; without either it is on the list alone. */
export const MapArea = z.object({
  areaId: Id,
  name: z.string(),
  level: AreaLevel,
  code: z.string(),
  /** GeoJSON, longitude and latitude in CGCS2000. */
  outline: z
    .discriminatedUnion('type', [
      z.object({ type: z.literal('Polygon'), coordinates: Rings }),
      z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(Rings) }),
    ])
    .nullable(),
  center: z.object({ lon: z.number(), lat: z.number() }).nullable(),
})
export type MapArea = z.infer<typeof MapArea>

/** The ground of every map: a place, what lies one level below, and where its buildings stand once those are what one looks for. */
export const getOutlines = endpoint({
  method: 'GET',
  path: '/areas/outlines',
  summary: '一个地方和它下一级各处的边界、楼栋点位（地图用，不需要联网）',
  permission: 'signed-in',
  onWall: true,
  tagged: true,
  /** Several walls of one hall stand behind one address. */
  rate: 3000,
  /** Below the acting post's own area; an area outside of it is refused. */
  query: z.object({ area: Id.optional() }),
  result: z.object({
    area: MapArea,
    /** From the acting post's own area down to the one above `area`. */
    above: z.array(z.object({ areaId: Id, name: z.string() })),
    /** One level below, by code. */
    areas: z.array(MapArea),
    /** Pictures of the country below, where somebody lends them: URL templates, the lowest first. */
    tiles: z.array(z.string()),
    /** Of a community or a cell. */
    buildings: z.array(z.object({ buildingId: Id, name: z.string(), lon: z.number(), lat: z.number() })),
  }),
  errors: ['access.area_forbidden'],
})
export type Outlines = z.infer<typeof getOutlines.result>
