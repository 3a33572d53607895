import { useDefinitionText } from '@linli/ui/desk'
import { AlarmMap, LevelShape, type Mark, type Outlines } from '@linli/ui/map/alarms'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Reading } from '../api/freshness.ts'
import type { Alarm, Alarms, Place } from '../api/read-wall.ts'
import { AlarmLine, placeOf } from './alarm-line.tsx'
import { Panel } from './panel.tsx'

interface AlarmsPanelProps {
  reading: Reading<Alarms>
  now: number
  onOpen(episodeId: string): void
}

interface MapPanelProps extends AlarmsPanelProps {
  outlines: Outlines | undefined
  opened: string | undefined
  isDemo: boolean
  onGo(area: Pick<Place, 'areaId'>): void
}

/** The alarms that are being dealt with, where they are. */
export function MapPanel({ reading, outlines, opened, isDemo, now, onOpen, onGo }: MapPanelProps) {
  const { t } = useTranslation()
  const marks = useMarks(reading.data)
  return (
    <Panel name="map" title={t('alarms.map')} note={t(isDemo ? 'alarms.invented' : 'alarms.mapNote')} reading={reading} now={now}>
      <AlarmMap
        outlines={outlines}
        tiles={outlines?.tiles ?? []}
        marks={marks}
        label={t('alarms.mapOf', { place: outlines?.area.name ?? '', count: marks.length })}
        chosen={opened}
        onChoose={onOpen}
        onArea={(areaId) => outlines?.area.level !== 'community' && onGo({ areaId })}
      />
      <Legend />
    </Panel>
  )
}

/** The same alarms as a list, whatever of them is on the map. */
export function AlarmsPanel({ reading, now, onOpen }: AlarmsPanelProps) {
  const { t } = useTranslation()
  const alarms = reading.data
  const ended = alarms?.settledToday.reduce((sum, { count }) => sum + count, 0) ?? 0
  return (
    <Panel
      name="alarms"
      title={t('alarms.title')}
      note={alarms ? t('alarms.count', { count: alarms.open }) : ''}
      reading={reading}
      now={now}
    >
      {alarms ? (
        <ul className="sc-alarms" aria-label={t('alarms.title')}>
          {alarms.items.map((alarm) => (
            <li key={alarm.episodeId} data-alarm={alarm.number}>
              <button type="button" aria-haspopup="dialog" onClick={() => onOpen(alarm.episodeId)}>
                <AlarmLine alarm={alarm} />
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      {alarms?.open === 0 ? <p className="sc-note sc-none">{t('alarms.none')}</p> : null}
      {alarms ? (
        <p className="sc-note sc-alarms-ended">
          {ended === 0
            ? t('alarms.noneEnded')
            : t('alarms.ended', {
                count: ended,
                parts: alarms.settledToday
                  .map(({ outcome, count }) => t('alarms.part', { outcome: t(`alarms.outcomes.${outcome}`), count }))
                  .join(t('alarms.comma')),
              })}
        </p>
      ) : null}
    </Panel>
  )
}

const levels = [1, 2, 3, 4] as const

function Legend() {
  const { t } = useTranslation()
  return (
    <ul className="sc-legend" aria-label={t('alarms.legend')}>
      {levels.map((level) => (
        <li key={level}>
          <LevelShape level={level} /> {t(`alarms.levels.${level}`)}
        </li>
      ))}
      <li>
        <span className="sc-legend-rough" aria-hidden="true" /> {t('alarms.rough')}
      </li>
    </ul>
  )
}

function useMarks(alarms: Alarms | undefined): Mark[] {
  const { t } = useTranslation()
  const word = useDefinitionText()
  return useMemo(() => {
    const nameOf = (alarm: Alarm) =>
      [
        t(`alarms.levels.${alarm.level}`),
        word(`rule.${alarm.rule}`, alarm.ruleName),
        placeOf(alarm),
        t(`alarms.stages.${alarm.stage}`),
      ].join(' ')
    return (alarms?.items ?? []).flatMap((alarm): Mark[] => {
      const { episodeId: id, level, stage, spot } = alarm
      if (!spot) return []
      return [{ id, level, isRinging: stage === 'raised', name: nameOf(alarm), position: spot, isRough: spot.by !== 'building' }]
    })
  }, [alarms, t, word])
}
