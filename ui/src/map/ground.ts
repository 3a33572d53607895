import Feature from 'ol/Feature.js'
import GeoJSON from 'ol/format/GeoJSON.js'
import Point from 'ol/geom/Point.js'
import { defaults as interactions } from 'ol/interaction/defaults.js'
import TileLayer from 'ol/layer/Tile.js'
import VectorLayer from 'ol/layer/Vector.js'
import OlMap from 'ol/Map.js'
import { fromLonLat } from 'ol/proj.js'
import VectorSource from 'ol/source/Vector.js'
import XYZ from 'ol/source/XYZ.js'
import { Fill, Stroke, Style, Text } from 'ol/style.js'
import View from 'ol/View.js'
import { cgcs2000, cgcs2000Grid } from './cgcs2000.ts'
import type { Outlines } from './outlines.ts'

/** The map itself, below the marks: areas, names, buildings, and pictures of the country where somebody lends them. */
export interface Ground {
  /** Draws another place and shows all of it. */
  show(outlines: Outlines): void
  /** Where a position is on the frame, in pixels; undefined before the first picture. */
  pixelOf(position: { lon: number; lat: number }): readonly [number, number] | undefined
  zoom(steps: number): void
  /** All of the place that is shown. */
  whole(): void
  /** Brings a position into the frame. */
  reach(position: { lon: number; lat: number }): void
  close(): void
}

interface GroundOptions {
  frame: HTMLElement
  /** URL templates of pictures of the country, the lowest first; none: outlines alone, which need no internet. */
  tiles: readonly string[]
  /** After every movement. */
  onMoved(): void
  /** Somebody chose an area that lies in the place. */
  onArea?: ((areaId: string) => void) | undefined
}

const margin = [28, 28, 28, 28]
/** Nearer than this the names of buildings have room. */
const namesBelow = 1.4
const format = new GeoJSON({ featureProjection: 'EPSG:3857' })

/** Opens a map in a frame; its colors are those of the style sheet. */
export function openGround({ frame, tiles, onMoved, onArea }: GroundOptions): Ground {
  const colors = colorsOf(frame)
  const areas = new VectorSource()
  const buildings = new VectorSource()
  const view = new View({ maxZoom: 20, minZoom: 5, center: fromLonLat([104, 35]), zoom: 5 })
  const map = new OlMap({
    target: frame,
    view,
    controls: [],
    // A wheel over the map scrolls the page: only a press on purpose moves the map. Two fingers do, and so do the buttons and the arrow keys.
    interactions: interactions({ mouseWheelZoom: false, altShiftDragRotate: false, pinchRotate: false }),
    layers: [
      ...tiles.map(tileLayer),
      new VectorLayer({ source: areas, style: (feature) => areaStyle(feature as Feature, colors, tiles.length > 0), declutter: true }),
      new VectorLayer({
        source: buildings,
        style: (feature, resolution) => buildingStyle(feature as Feature, colors, resolution),
        declutter: true,
        maxResolution: 6,
      }),
    ],
  })
  map.on('postrender', onMoved)
  map.on('click', ({ pixel }) => {
    const [area] = map.getFeaturesAtPixel(pixel, { layerFilter: (layer) => layer.getSource() === areas })
    const areaId = area?.get('areaId') as string | undefined
    if (areaId && area?.get('isPart')) onArea?.(areaId)
  })
  const whole = () => {
    const extent = areas.getFeatures().length > 0 ? areas.getExtent() : buildings.getExtent()
    if (extent?.every(Number.isFinite)) view.fit(extent, { padding: margin, maxZoom: 18 })
  }
  const sized = new ResizeObserver(() => {
    map.updateSize()
    whole()
  })
  sized.observe(frame)
  const ease = globalThis.matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 250
  return {
    show: (outlines) => {
      areas.clear()
      buildings.clear()
      areas.addFeatures([...featuresOf(outlines.area, false), ...outlines.areas.flatMap((area) => featuresOf(area, true))])
      buildings.addFeatures(
        outlines.buildings.map(({ lon, lat, name }) => new Feature({ geometry: new Point(fromLonLat([lon, lat])), name })),
      )
      map.updateSize()
      whole()
    },
    pixelOf: ({ lon, lat }) => {
      const pixel = map.getPixelFromCoordinate(fromLonLat([lon, lat]))
      return pixel ? [pixel[0]!, pixel[1]!] : undefined
    },
    zoom: (steps) => view.animate({ zoom: (view.getZoom() ?? 10) + steps, duration: ease }),
    whole,
    reach: ({ lon, lat }) => view.animate({ center: fromLonLat([lon, lat]), duration: ease }),
    close: () => {
      sized.disconnect()
      map.setTarget(undefined)
      map.dispose()
    },
  }
}

function featuresOf({ outline, center, ...area }: Outlines['area'], isPart: boolean): Feature[] {
  const geometry = outline ? format.readGeometry(outline) : isPart && center ? new Point(fromLonLat([center.lon, center.lat])) : undefined
  return geometry ? [new Feature({ geometry, areaId: area.areaId, name: area.name, isPart })] : []
}

/** The grid of a template: web mercator, as nearly all of them, or that of CGCS2000 where the template ends in `#EPSG:4490`. */
function tileLayer(template: string): TileLayer {
  const [url = '', grid] = template.split('#')
  const isGeographic = grid === 'EPSG:4490'
  const source = isGeographic ? new XYZ({ url, projection: cgcs2000, tileGrid: cgcs2000Grid }) : new XYZ({ url, maxZoom: 18 })
  return new TileLayer({ source })
}

type Colors = Record<'size' | 'area' | 'whole' | 'line' | 'edge' | 'name' | 'halo' | 'building' | 'small', string>

function colorsOf(frame: HTMLElement): Colors {
  const style = getComputedStyle(frame)
  const color = (name: string): string => style.getPropertyValue(`--map-${name}`).trim()
  return {
    size: color('size'),
    area: color('area'),
    whole: color('whole'),
    line: color('line'),
    edge: color('edge'),
    name: color('name'),
    halo: color('halo'),
    building: color('building'),
    small: color('small'),
  }
}

const font = (size: string, weight = 400): string =>
  `${weight} ${Number(size) * rootScale()}px system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif`
/** A wall is drawn larger on a larger screen: its root says by how much. */
const rootScale = (): number => Math.max(0.8, Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16)

function areaStyle(feature: Feature, colors: Colors, isOnTiles: boolean): Style | Style[] {
  const isPart = feature.get('isPart') as boolean
  const name = String(feature.get('name'))
  const isPoint = feature.getGeometry()?.getType() === 'Point'
  const fill = isOnTiles || isPoint ? undefined : new Fill({ color: isPart ? colors.area : colors.whole })
  const stroke = isPoint ? undefined : new Stroke({ color: isPart ? colors.line : colors.edge, width: isPart ? 1.5 : 2.5 })
  const text = isPart
    ? new Text({
        text: name,
        font: font(colors.size, 600),
        fill: new Fill({ color: colors.name }),
        stroke: new Stroke({ color: colors.halo, width: 3 }),
        overflow: true,
        // Above the middle, where a mark is likeliest.
        offsetY: -14,
      })
    : undefined
  return new Style({ ...(fill && { fill }), ...(stroke && { stroke }), ...(text && { text }), zIndex: isPart ? 1 : 0 })
}

function buildingStyle(feature: Feature, colors: Colors, resolution: number): Style {
  const name = String(feature.get('name'))
  const text = resolution < namesBelow ? name : (/\d+/.exec(name)?.[0] ?? '')
  return new Style({
    text: new Text({
      text: text || '·',
      font: font('13'),
      fill: new Fill({ color: colors.small }),
      backgroundFill: new Fill({ color: colors.building }),
      padding: [2, 4, 1, 4],
    }),
  })
}
