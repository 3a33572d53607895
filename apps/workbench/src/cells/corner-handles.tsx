import type { Corner } from '@linli/access/define'
import type { Projection } from '@linli/ui/map'
import type { TFunction } from 'i18next'
import { type KeyboardEvent, type PointerEvent, useState } from 'react'
import { middleOf } from './draft.ts'

export interface CornerEdit {
  rings: readonly (readonly Corner[])[]
  onMove(from: Corner, to: Corner): void
  onAdd(a: Corner, b: Corner): void
  onRemove(corner: Corner): void
}

interface CornerHandlesProps extends CornerEdit {
  projection: Projection
  /** Meters in a pixel. */
  scale: number
  cornerAt(event: { clientX: number; clientY: number }): Corner | undefined
  words: TFunction
}

const directions: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
}

/** Corners to drag, or to walk by arrow keys a meter at a time (ten with Shift); a small circle in each side adds one, Delete takes one out. */
export function CornerHandles({ rings, onMove, onAdd, onRemove, projection, scale, cornerAt, words }: CornerHandlesProps) {
  const [dragged, setDragged] = useState<{ from: Corner; to: Corner }>()
  const at = ([lon, lat]: Corner): string => {
    const { x, y } = projection.toPoint({ lon, lat })
    return `translate(${x} ${y}) scale(${scale})`
  }
  const onKeyDown = (corner: Corner, next: Corner) => (event: KeyboardEvent) => {
    const direction = directions[event.key]
    if (direction) {
      event.preventDefault()
      const meters = event.shiftKey ? 10 : 1
      const { x, y } = projection.toPoint({ lon: corner[0], lat: corner[1] })
      const { lon, lat } = projection.toPosition({ x: x + direction[0] * meters, y: y + direction[1] * meters })
      onMove(corner, [lon, lat])
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      event.preventDefault()
      onRemove(corner)
    } else if (event.key === 'Enter') {
      event.preventDefault()
      onAdd(corner, next)
    }
  }
  const drag = (corner: Corner) => ({
    onPointerDown: (event: PointerEvent<SVGGElement>) => {
      event.currentTarget.setPointerCapture(event.pointerId)
      setDragged({ from: corner, to: corner })
    },
    onPointerMove: (event: PointerEvent) => {
      const to = dragged && cornerAt(event)
      if (to) setDragged({ from: dragged.from, to })
    },
    onPointerUp: () => {
      if (dragged && dragged.to !== dragged.from) onMove(dragged.from, dragged.to)
      setDragged(undefined)
    },
    onPointerCancel: () => setDragged(undefined),
  })
  return rings.map((ring, r) =>
    ring.map((corner, i) => {
      const next = ring[(i + 1) % ring.length]!
      const isDragged = dragged?.from === corner
      return (
        // Corners have no names of their own: the place in its ring is what one is known by, and the focus stays there while it moves.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <g key={`${r} ${i}`}>
          {/* biome-ignore lint/a11y/noStaticElementInteractions: Enter at the corner does the same */}
          <g className="wb-division-side" transform={at(middleOf(corner, next))} onClick={() => onAdd(corner, next)}>
            <title>{words('cells.addCorner')}</title>
            <circle r={9} fill="transparent" stroke="none" />
            <circle r={4} />
          </g>
          <g
            className="wb-division-corner"
            role="button"
            tabIndex={0}
            aria-label={words('cells.corner', { n: i + 1, of: ring.length })}
            transform={at(isDragged ? dragged.to : corner)}
            onKeyDown={onKeyDown(corner, next)}
            {...drag(corner)}
          >
            <circle r={14} fill="transparent" stroke="none" />
            <rect x={-6} y={-6} width={12} height={12} />
          </g>
        </g>
      )
    }),
  )
}
