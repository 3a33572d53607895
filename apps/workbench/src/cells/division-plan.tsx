import type { CellPlan, Corner, PlanFindings } from '@linli/access/define'
import { boxAround, type Point, type Projection, projectionAround, shapeBox } from '@linli/ui/map'
import { type PointerEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type CornerEdit, CornerHandles } from './corner-handles.tsx'

interface DivisionPlanProps {
  plan: CellPlan
  label: string
  findings?: PlanFindings | undefined
  chosenCell?: string | undefined
  chosenBuildings?: ReadonlySet<string>
  onBuilding?: (buildingId: string) => void
  /** The corners of the chosen cell can be moved. */
  corners?: CornerEdit | undefined
  /** Corners of an outline that is being drawn; a click adds the next one. */
  drawing?: readonly Corner[] | undefined
  onDraw?: (corner: Corner) => void
}

/** How a community is divided, drawn without tiles or internet: outline, cells, buildings. All it shows stands in the list beside it. */
export function DivisionPlan(props: DivisionPlanProps) {
  const { plan, label, findings, chosenCell, chosenBuildings, onBuilding, corners, drawing, onDraw } = props
  const { t } = useTranslation()
  const svg = useRef<SVGSVGElement>(null)
  const width = useWidth(svg)
  // The frame stays while corners move: where the community has an outline it is laid around that.
  const { projection, view } = useMemo(() => survey(plan.outline ? { ...plan, cells: [] } : plan), [plan])
  const scale = view.width / width
  const order = new Map(plan.cells.map(({ cellId }, i) => [cellId, i]))
  const adrift = new Set(findings?.adrift.map(({ buildingId }) => buildingId))
  const pathOf = (rings: readonly (readonly Corner[])[]) =>
    rings.map((ring) => `M${ring.map((corner) => textOf(projection, corner)).join('L')}Z`).join('')
  const cornerAt = (event: { clientX: number; clientY: number }): Corner | undefined => {
    const matrix = svg.current?.getScreenCTM()?.inverse()
    if (!matrix) return undefined
    const { lon, lat } = projection.toPosition(new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix))
    return [lon, lat]
  }
  return (
    <svg
      ref={svg}
      className="wb-division"
      viewBox={`${view.x} ${view.y} ${view.width} ${view.height}`}
      role={corners || drawing ? 'group' : 'img'}
      aria-label={label}
      data-drawing={drawing ? true : undefined}
      onPointerDown={
        drawing &&
        ((event: PointerEvent) => {
          const corner = cornerAt(event)
          if (corner && event.button === 0) onDraw?.(corner)
        })
      }
    >
      {plan.outline ? <path className="wb-division-outline" d={pathOf(ringsOf(plan.outline))} strokeWidth={3 * scale} /> : null}
      {plan.cells.map(({ cellId, boundary }) =>
        boundary ? (
          <path
            key={cellId}
            className="wb-division-cell"
            data-tint={order.get(cellId)! % 6}
            data-chosen={cellId === chosenCell || undefined}
            fillRule="evenodd"
            d={pathOf(ringsOf(boundary))}
            strokeWidth={(cellId === chosenCell ? 3 : 1.5) * scale}
          />
        ) : null,
      )}
      {[...(findings?.overlaps ?? []), ...(findings?.outside ?? [])].map(({ boundary }) => (
        <path
          key={JSON.stringify(boundary)}
          className="wb-division-wrong"
          fillRule="evenodd"
          d={pathOf(ringsOf(boundary))}
          strokeWidth={2 * scale}
        />
      ))}
      {findings?.gaps.map(({ boundary }) => (
        <path
          key={JSON.stringify(boundary)}
          className="wb-division-gap"
          fillRule="evenodd"
          d={pathOf(ringsOf(boundary))}
          strokeWidth={2 * scale}
          strokeDasharray={`${6 * scale} ${4 * scale}`}
        />
      ))}
      {plan.buildings.map((building) => {
        const { x, y } = projection.toPoint(building)
        const isChosen = chosenBuildings?.has(building.buildingId)
        return (
          // biome-ignore lint/a11y/noStaticElementInteractions: the list of buildings beside the plan is the way by keyboard
          <g
            key={building.buildingId}
            className="wb-division-building"
            data-tint={(order.get(building.cellId) ?? 0) % 6}
            data-chosen={isChosen || undefined}
            data-adrift={adrift.has(building.buildingId) || undefined}
            transform={`translate(${x} ${y}) scale(${scale})`}
            onClick={onBuilding && !drawing ? () => onBuilding(building.buildingId) : undefined}
          >
            <title>{building.name}</title>
            <rect x={-6} y={-4} width={12} height={8} rx={1.5} />
            {adrift.has(building.buildingId) ? <text y={-8}>!</text> : null}
          </g>
        )
      })}
      {plan.cells.map(({ cellId, name, boundary }) =>
        boundary ? <CellName key={cellId} name={name} at={middle(projection, ringsOf(boundary)[0]!)} scale={scale} /> : null,
      )}
      {drawing && drawing.length > 0 ? (
        <polyline
          className="wb-division-drawing"
          points={drawing.map((corner) => textOf(projection, corner)).join(' ')}
          strokeWidth={2.5 * scale}
        />
      ) : null}
      {corners && !drawing ? <CornerHandles {...corners} projection={projection} scale={scale} cornerAt={cornerAt} words={t} /> : null}
    </svg>
  )
}

/** On paper color, so that it can be read over any tint. */
function CellName({ name, at, scale }: { name: string; at: Point; scale: number }): ReactNode {
  return (
    <text className="wb-division-name" x={at.x} y={at.y} fontSize={14 * scale} strokeWidth={4 * scale}>
      {name}
    </text>
  )
}

type Boundary = NonNullable<CellPlan['outline']>

const ringsOf = (boundary: Boundary): (readonly Corner[])[] =>
  boundary.type === 'Polygon' ? [...boundary.coordinates] : boundary.coordinates.flat()

const textOf = (projection: Projection, [lon, lat]: Corner): string => {
  const { x, y } = projection.toPoint({ lon, lat })
  return `${x.toFixed(2)},${y.toFixed(2)}`
}

function middle(projection: Projection, ring: readonly Corner[]): Point {
  const points = ring.slice(1).map(([lon, lat]) => projection.toPoint({ lon, lat }))
  const mean = (axis: 'x' | 'y'): number => points.reduce((sum, point) => sum + point[axis], 0) / points.length
  return { x: mean('x'), y: mean('y') }
}

function survey({ outline, cells, buildings }: CellPlan) {
  const drawn = [outline, ...cells.map(({ boundary }) => boundary)].flatMap((boundary) => (boundary ? ringsOf(boundary).flat() : []))
  const places = [...drawn.map(([lon, lat]) => ({ lon, lat })), ...buildings]
  const projection = projectionAround(places[0] ?? { lon: 0, lat: 0 })
  const points = places.length > 0 ? places.map((place) => projection.toPoint(place)) : [{ x: 0, y: 0 }]
  return { projection, view: shapeBox(boxAround(points, 30), 1.35) }
}

/** How many pixels the drawing is wide: names and handles keep their size on the screen. */
function useWidth(svg: { readonly current: SVGSVGElement | null }): number {
  const [width, setWidth] = useState(640)
  useEffect(() => {
    if (!svg.current) return
    const observer = new ResizeObserver(([entry]) => {
      const now = entry?.contentRect.width ?? 0
      if (now > 0) setWidth(now)
    })
    observer.observe(svg.current)
    return () => observer.disconnect()
  }, [svg])
  return width
}
