import '@linli/ui/map/map.css'
import { useDefinitionText } from '@linli/ui/desk'
import { AlarmMap, LevelShape, type Mark } from '@linli/ui/map/alarms'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useProblemText } from '../parts/states.tsx'
import { type OverviewRow, outlinesQuery, overviewQuery } from './queries.ts'

interface AlarmMapPanelProps {
  chosen: string | undefined
  onChoose(episodeId: string): void
}

const levels = [1, 2, 3, 4] as const

/** The open alarms where they are; everything on it stands in the list beside it. */
export function AlarmMapPanel({ chosen, onChoose }: AlarmMapPanelProps) {
  const { t } = useTranslation()
  const problem = useProblemText()
  const [area, setArea] = useState<string>()
  const { data: overview, error } = useQuery({ ...overviewQuery(area), placeholderData: keepPreviousData })
  const { data: outlines } = useQuery({ ...outlinesQuery(area), placeholderData: keepPreviousData })
  const marks = useMarks(overview?.items)
  const unplaced = (overview?.items.length ?? 0) - marks.length
  return (
    <section className="wb-panel wb-alarm-map" aria-label={t('alarms.map.title')}>
      <div className="wb-alarm-map-head">
        <h2 className="dk-h3">{t('alarms.map.title')}</h2>
        <nav aria-label={t('alarms.map.place')}>
          {outlines?.above.map(({ areaId, name }) => (
            <button key={areaId} type="button" className="dk-link" lang="zh-CN" onClick={() => setArea(areaId)}>
              {name}
            </button>
          ))}
          <b lang="zh-CN">{outlines?.area.name}</b>
        </nav>
        {outlines && outlines.areas.length > 0 && outlines.area.level !== 'community' ? (
          <select className="dk-input" aria-label={t('alarms.map.down')} value="" onChange={(event) => setArea(event.currentTarget.value)}>
            <option value="">{t('alarms.map.down')}</option>
            {outlines.areas.map(({ areaId, name }) => (
              <option key={areaId} value={areaId}>
                {name}
              </option>
            ))}
          </select>
        ) : null}
      </div>
      {error ? (
        <p className="dk-error" role="alert">
          {problem(error)}
        </p>
      ) : null}
      <AlarmMap
        outlines={outlines}
        tiles={outlines?.tiles ?? []}
        marks={marks}
        label={t('alarms.map.of', { place: outlines?.area.name ?? '', count: marks.length })}
        chosen={chosen}
        onChoose={onChoose}
        onArea={(areaId) => outlines?.area.level !== 'community' && setArea(areaId)}
      />
      <ul className="wb-alarm-legend" aria-label={t('alarms.map.legend')}>
        {levels.map((level) => (
          <li key={level}>
            <LevelShape level={level} /> {t(`alarms.levels.${level}`)}
          </li>
        ))}
        <li>
          <span className="wb-alarm-rough" aria-hidden="true" /> {t('alarms.map.rough')}
        </li>
      </ul>
      {unplaced > 0 ? <p className="dk-note">{t('alarms.map.unplaced', { count: unplaced })}</p> : null}
    </section>
  )
}

function useMarks(episodes: readonly OverviewRow[] | undefined): Mark[] {
  const { t } = useTranslation()
  const word = useDefinitionText()
  return useMemo(
    () =>
      (episodes ?? []).flatMap(({ episodeId: id, spot, level, stage, rule, ruleName, communityName, cellName, buildingName }): Mark[] => {
        if (!spot) return []
        const place = [communityName, buildingName ?? cellName].filter(Boolean).join(' ')
        const name = [t(`alarms.levels.${level}`), word(`rule.${rule}`, ruleName), place, t(`alarms.stages.${stage}`)].join(' ')
        return [{ id, level, isRinging: stage === 'raised', name, position: spot, isRough: spot.by !== 'building' }]
      }),
    [episodes, t, word],
  )
}
