import { type PointerEvent, type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import { type Box, type Building, boxAround, type Point, type Position, type Projection, projectionAround, shapeBox } from './projection.ts'

export interface PlanProps {
  buildings: readonly Building[]
  /** Outlines of cells as rings of [lon, lat]; their edges read as lanes. */
  outlines?: readonly (readonly (readonly [number, number])[])[]
  pin?: Position | undefined
  onPin?: ((position: Position) => void) | undefined
  /** A tall frame, for choosing a place; a low one otherwise. */
  tall?: boolean
  /** Meters across on a phone (more on a wider frame); missing: the whole community. */
  across?: number | undefined
  /** Lets the pin be dragged. Off where the page must scroll under the finger: there a tap sets it. */
  draggable?: boolean
  label: string
}

/** A plan of a community drawn from its buildings' points, north up, without tiles or internet. Every use has a list beside it. */
export function Plan({ buildings, outlines = [], pin, onPin, tall, across, draggable, label }: PlanProps) {
  const svg = useRef<SVGSVGElement>(null)
  const [dragged, setDragged] = useState<Point>()
  const { projection, points, whole, spacing } = useMemo(() => survey(buildings), [buildings])
  const pinPoint = dragged ?? (pin && projection.toPoint(pin))
  const frame = useFrame(svg)
  const view = viewOf(whole, frame.width / frame.height, across && (across * frame.width) / 360, pin && projection.toPoint(pin))
  // Meters in a pixel: names and pin keep their size on the screen.
  const scale = view.width / frame.width

  const pointOf = (event: { clientX: number; clientY: number }): Point | undefined => {
    const matrix = svg.current?.getScreenCTM()?.inverse()
    return matrix && new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix)
  }
  const drop = (point: Point | undefined): void => {
    if (point) onPin?.(projection.toPosition(point))
  }
  const drag = {
    onPointerDown: (event: PointerEvent<SVGGElement>) => {
      event.currentTarget.setPointerCapture(event.pointerId)
      setDragged(pointOf(event))
    },
    onPointerMove: (event: PointerEvent) => dragged && setDragged(pointOf(event)),
    onPointerUp: (event: PointerEvent) => {
      drop(pointOf(event))
      setDragged(undefined)
    },
    onPointerCancel: () => setDragged(undefined),
  }
  const width = spacing * 0.82
  const height = spacing * 0.46
  const room = spacing / scale

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list of buildings beside every plan is the way by keyboard
    <svg
      ref={svg}
      className={tall ? 'plan tall' : 'plan'}
      viewBox={`${view.x} ${view.y} ${view.width} ${view.height}`}
      role="img"
      aria-label={label}
      onClick={onPin && ((event) => drop(pointOf(event)))}
    >
      <rect className="plan-ground" x={view.x} y={view.y} width={view.width} height={view.height} />
      {outlines.map((ring) => (
        <polygon
          key={ring.join(' ')}
          className="plan-cell"
          strokeWidth={10}
          points={ring
            .map(([lon, lat]) => projection.toPoint({ lon, lat }))
            .map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`)
            .join(' ')}
        />
      ))}
      {points.map(({ building, point }) => (
        <rect
          key={building.buildingId}
          className="plan-building"
          x={point.x - width / 2}
          y={point.y - height / 2}
          width={width}
          height={height}
          rx={2 * scale}
        />
      ))}
      {points.map(({ building, point }) => (
        <text key={building.buildingId} className="plan-name" x={point.x} y={point.y} fontSize={13 * scale}>
          {nameThatFits(building.name, room)}
        </text>
      ))}
      {pinPoint ? (
        <g
          transform={`translate(${pinPoint.x} ${pinPoint.y}) scale(${scale})`}
          className={draggable ? 'plan-pin draggable' : 'plan-pin'}
          {...(draggable && onPin ? drag : {})}
        >
          <circle className="plan-halo" r="24" />
          <path d="M0 0C-5-7-11-12-11-20a11 11 0 0 1 22 0C11-12 5-7 0 0Z" />
          <circle className="plan-eye" cy="-20" r="4.5" />
        </g>
      ) : null}
    </svg>
  )
}

function survey(buildings: readonly Building[]): {
  projection: Projection
  points: { building: Building; point: Point }[]
  whole: Box
  spacing: number
} {
  const [first] = buildings
  const projection = projectionAround(first ?? { lon: 0, lat: 0 })
  const points = buildings.map((building) => ({ building, point: projection.toPoint(building) }))
  const distances = points
    .map(({ point }) =>
      Math.min(
        ...points.filter((other) => other.point !== point).map((other) => Math.hypot(other.point.x - point.x, other.point.y - point.y)),
      ),
    )
    .sort((a, b) => a - b)
  const spacing = Math.min(80, Math.max(12, distances[Math.floor(distances.length / 4)] ?? 60))
  return { projection, points, whole: boxAround(points.length > 0 ? points.map((p) => p.point) : [{ x: 0, y: 0 }], 50), spacing }
}

/** Around the pin (or the middle) when a width is asked for; the whole community otherwise. */
function viewOf(whole: Box, shape: number, across: number | undefined, center: Point | undefined): Box {
  const all = shapeBox(whole, shape)
  if (!across || across >= all.width) return all
  const middle = center ?? { x: whole.x + whole.width / 2, y: whole.y + whole.height / 2 }
  return { x: middle.x - across / 2, y: middle.y - across / shape / 2, width: across, height: across / shape }
}

/** As much of a name as there is room for, in pixels: `3 号楼`, else its number, else its first characters, else nothing. */
function nameThatFits(name: string, room: number): string {
  if (name.length * 13 <= room) return name
  const [, number] = /(\d+[A-Za-z]?)\D*$/.exec(name) ?? []
  return number ?? (room > 56 ? `${name.slice(0, Math.floor(room / 13) - 1)}…` : '')
}

/** The size of the drawing in pixels, followed as the page changes. */
function useFrame(svg: RefObject<SVGSVGElement | null>): { width: number; height: number } {
  const [frame, setFrame] = useState({ width: 360, height: 200 })
  useEffect(() => {
    if (!svg.current) return
    const observer = new ResizeObserver(([entry]) => {
      const { width, height } = entry?.contentRect ?? { width: 0, height: 0 }
      if (width > 0 && height > 0) setFrame({ width, height })
    })
    observer.observe(svg.current)
    return () => observer.disconnect()
  }, [svg])
  return frame
}
