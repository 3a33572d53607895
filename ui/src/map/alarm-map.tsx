import { Maximize2, Minus, Plus, X } from 'lucide-react'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Ground } from './ground.ts'
import { LevelShape } from './level-shape.tsx'
import { groupMarks, type Mark, type MarkGroup } from './marks.ts'
import type { Outlines } from './outlines.ts'

export interface AlarmMapProps {
  outlines: Outlines | undefined
  marks: readonly Mark[]
  /** What is read out for the map as a whole. */
  label: string
  /** URL templates of pictures of the country; none: outlines alone. */
  tiles?: readonly string[]
  chosen?: string | undefined
  onChoose(id: string): void
  /** Somebody wants to see an area of this place by itself. */
  onArea?: (areaId: string) => void
}

const noTiles: readonly string[] = []

/**
 * Where alarms are, over outlines that come from this platform: nothing is asked of the internet unless pictures of the country are set up.
 * Marks are buttons, reached by Tab; whatever is on the map is on the list beside it.
 */
export function AlarmMap({ outlines, marks, label, tiles = noTiles, chosen, onChoose, onArea }: AlarmMapProps) {
  const { t } = useTranslation()
  const { frame, ground, isFailing, moved } = useGround(tiles, onArea)
  const [opened, setOpened] = useState<string>()
  useEffect(() => {
    if (ground && outlines) ground.show(outlines)
  }, [ground, outlines])
  const chosenAt = marks.find(({ id }) => id === chosen)?.position
  const [lon, lat] = [chosenAt?.lon, chosenAt?.lat]
  useEffect(() => {
    const pixel = ground && lon !== undefined && lat !== undefined ? ground.pixelOf({ lon, lat }) : undefined
    if (pixel && frame.current && !isWithin(pixel, frame.current)) ground?.reach({ lon: lon!, lat: lat! })
  }, [ground, frame, lon, lat])
  const groups =
    ground && moved > 0 ? groupMarks(marks, ground.pixelOf).filter(({ x, y }) => frame.current && isWithin([x, y], frame.current)) : []
  const open = groups.find(({ key }) => key === opened && marks.length > 1)
  return (
    <div className="mp-map" role="group" aria-label={label}>
      <div ref={frame} className="mp-frame" aria-hidden="true" />
      {isFailing ? (
        <p className="mp-note" role="alert">
          {t('map.failed')}
        </p>
      ) : null}
      <ul className="mp-marks" aria-label={t('map.marks')}>
        {groups.map((group) => (
          <li key={group.key} style={{ transform: `translate(${Math.round(group.x)}px, ${Math.round(group.y)}px)` }}>
            <MarkButton
              group={group}
              isChosen={group.marks.some(({ id }) => id === chosen)}
              isOpen={opened === group.key && group.marks.length > 1}
              onPress={() => {
                const [only, ...others] = group.marks
                if (others.length === 0 && only) onChoose(only.id)
                else setOpened((before) => (before === group.key ? undefined : group.key))
              }}
            />
          </li>
        ))}
      </ul>
      {open && open.marks.length > 1 ? (
        <GroupList
          group={open}
          onClose={() => setOpened(undefined)}
          onChoose={(id) => {
            setOpened(undefined)
            onChoose(id)
          }}
        />
      ) : null}
      <div className="mp-tools">
        <Tool label={t('map.in')} onPress={() => ground?.zoom(1)}>
          <Plus aria-hidden="true" />
        </Tool>
        <Tool label={t('map.out')} onPress={() => ground?.zoom(-1)}>
          <Minus aria-hidden="true" />
        </Tool>
        <Tool label={t('map.whole')} onPress={() => ground?.whole()}>
          <Maximize2 aria-hidden="true" />
        </Tool>
      </div>
    </div>
  )
}

const isWithin = ([x, y]: readonly [number, number], { clientWidth, clientHeight }: HTMLElement): boolean =>
  x >= 0 && y >= 0 && x <= clientWidth && y <= clientHeight

function Tool({ label, onPress, children }: { label: string; onPress(): void; children: React.ReactNode }) {
  return (
    <button type="button" aria-label={label} title={label} onClick={onPress}>
      {children}
    </button>
  )
}

interface MarkButtonProps {
  group: MarkGroup
  isChosen: boolean
  isOpen: boolean
  onPress(): void
}

function MarkButton({ group, isChosen, isOpen, onPress }: MarkButtonProps) {
  const { t } = useTranslation()
  const [first] = group.marks
  if (!first) return null
  const count = group.marks.length
  return (
    <button
      type="button"
      className="mp-mark"
      data-level={first.level}
      data-marks={group.marks.map(({ id }) => id).join(' ')}
      data-rough={group.marks.every(({ isRough }) => isRough) || undefined}
      data-ringing={group.marks.some(({ isRinging }) => isRinging) || undefined}
      aria-pressed={count === 1 ? isChosen : undefined}
      aria-expanded={count > 1 ? isOpen : undefined}
      aria-label={count > 1 ? t('map.several', { count, first: first.name }) : first.name}
      title={first.name}
      onClick={onPress}
    >
      <LevelShape level={first.level} />
      {count > 1 ? <b>{count}</b> : null}
    </button>
  )
}

interface GroupListProps {
  group: MarkGroup
  onChoose(id: string): void
  onClose(): void
}

/** Several at one place, as a list to choose from. */
function GroupList({ group, onChoose, onClose }: GroupListProps) {
  const { t } = useTranslation()
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes from any of its buttons
    <div className="mp-group" onKeyDown={(event) => event.key === 'Escape' && onClose()}>
      <p>
        {t('map.here', { count: group.marks.length })}
        <button type="button" aria-label={t('map.close')} onClick={onClose}>
          <X aria-hidden="true" />
        </button>
      </p>
      <ul>
        {group.marks.map((mark) => (
          <li key={mark.id}>
            <button type="button" onClick={() => onChoose(mark.id)}>
              <LevelShape level={mark.level} /> {mark.name}
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** The map below the marks, loaded when the first one is opened. `moved` changes with every picture of it. */
function useGround(tiles: readonly string[], onArea: AlarmMapProps['onArea']) {
  const frame = useRef<HTMLDivElement>(null)
  const [ground, setGround] = useState<Ground>()
  const [isFailing, setFailing] = useState(false)
  const [moved, setMoved] = useState(0)
  const goTo = useRef(onArea)
  goTo.current = onArea
  const wanted = tiles.join(' ')
  const onMoved = useCallback(() => setMoved((before) => before + 1), [])
  useEffect(() => {
    let opened: Ground | undefined
    let isGone = false
    import('./ground.ts')
      .then(({ openGround }) => {
        if (isGone || !frame.current) return
        opened = openGround({
          frame: frame.current,
          tiles: wanted.split(' ').filter(Boolean),
          onMoved,
          onArea: (areaId) => goTo.current?.(areaId),
        })
        setGround(opened)
      })
      .catch(() => setFailing(true))
    return () => {
      isGone = true
      opened?.close()
      setGround(undefined)
    }
  }, [wanted, onMoved])
  return { frame, ground, isFailing, moved }
}
