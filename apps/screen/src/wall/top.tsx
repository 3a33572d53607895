import { useNow } from '@linli/ui/desk'
import { civil, switchLanguage, useLanguage, useTimeWords } from '@linli/ui/text'
import { ChevronRight, House, Maximize } from 'lucide-react'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { isStale, type Reading } from '../api/freshness.ts'
import type { AreaCounts, Me, Place } from '../api/read-wall.ts'

interface TopProps {
  me: Me
  endsAt: number
  reading: Reading<AreaCounts>
  now: number
  onGo(area: Place): void
  onClose(): void
}

const soonEnds = 2 * 3_600_000

/** Where one is and how fresh it is; the way back up; what the wall itself can do. */
export function Top({ me, endsAt, reading, now, onGo, onClose }: TopProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const time = useTimeWords()
  const platformNow = useNow()
  const counts = reading.data
  const { hour, minute } = civil(platformNow)
  const name = counts?.area.name ?? me.actingPost?.areaName ?? ''
  return (
    <header className="sc-top">
      <House className="sc-mark" aria-hidden="true" />
      <div className="sc-where">
        {counts && counts.above.length > 0 ? (
          <nav aria-label={t('wall.place')}>
            {counts.above.map((place) => (
              <Fragment key={place.areaId}>
                <button type="button" className="sc-plain" lang="zh-CN" onClick={() => onGo(place)}>
                  {place.name}
                </button>
                <ChevronRight aria-hidden="true" />
              </Fragment>
            ))}
          </nav>
        ) : null}
        <h1>{t('wall.title', { place: name })}</h1>
      </div>
      <p className="sc-date">{time.date(platformNow)}</p>
      {me.demo ? <p className="sc-tag">{t('wall.demo')}</p> : null}
      <Freshness reading={reading} now={now} />
      {endsAt - platformNow < soonEnds ? <p className="sc-tag">{t('wall.ends', { time: time.hour(endsAt) })}</p> : null}
      <div className="sc-tools">
        <button
          type="button"
          className="sc-plain"
          lang={language === 'en' ? 'zh-CN' : 'en'}
          onClick={() => void switchLanguage(language === 'en' ? 'zh-CN' : 'en')}
        >
          {language === 'en' ? '中文' : 'English'}
        </button>
        <button
          type="button"
          className="sc-icon-button"
          aria-label={t('wall.full')}
          onClick={() => void document.documentElement.requestFullscreen?.().catch(() => undefined)}
        >
          <Maximize aria-hidden="true" />
        </button>
        <button type="button" className="sc-plain" title={t('wall.shown', { name: me.name })} onClick={onClose}>
          {t('wall.close')}
        </button>
      </div>
      <p className="sc-clock">
        {hour}:{String(minute).padStart(2, '0')}
      </p>
    </header>
  )
}

function Freshness({ reading, now }: { reading: Reading<AreaCounts>; now: number }) {
  const { t } = useTranslation()
  const time = useTimeWords()
  const platformNow = useNow()
  const at = reading.data?.asOf
  const state = reading.isFailing ? (isStale(reading.contactAt, now) ? 'stale' : 'broken') : at ? 'live' : 'reading'
  return (
    <p className="sc-fresh" data-state={state} role="status">
      <i aria-hidden="true" />
      <span>{t(state === 'live' ? 'fresh.live' : state === 'reading' ? 'fresh.reading' : 'fresh.broken')}</span>
      {at && state !== 'live' ? <span>{t('fresh.updated', { time: time.moment(at, platformNow) })}</span> : null}
    </p>
  )
}
