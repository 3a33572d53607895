import { addCoordinateTransforms, addEquivalentProjections, addProjection, fromLonLat, get, Projection, toLonLat } from 'ol/proj.js'
import TileGrid from 'ol/tilegrid/TileGrid.js'

/** CGCS2000 in degrees, which is WGS 84 to within centimeters. Pictures in it are drawn anew for the web mercator of the map. */
export const cgcs2000 = new Projection({ code: 'EPSG:4490', units: 'degrees', extent: [-180, -90, 180, 90] })
addProjection(cgcs2000)
addEquivalentProjections([cgcs2000, get('EPSG:4326')!])
addCoordinateTransforms(
  cgcs2000,
  'EPSG:3857',
  (position) => fromLonLat(position),
  (point) => toLonLat(point),
)

const levels = 19

/** The grid of official tiles (天地图 `_c`, the national matrix set c): two squares side by side at its first level, half as large at each further one. */
export const cgcs2000Grid = new TileGrid({
  extent: [-180, -90, 180, 90],
  origin: [-180, 90],
  tileSize: 256,
  resolutions: Array.from({ length: levels }, (_, level) => 360 / 256 / 2 ** level),
})
