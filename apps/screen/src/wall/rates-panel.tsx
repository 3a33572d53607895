import { useDefinitionText } from '@linli/ui/desk'
import { useLanguage } from '@linli/ui/text'
import { useTranslation } from 'react-i18next'
import type { Reading } from '../api/freshness.ts'
import { type Place, type Rate, type RatesOfWall, rateDays } from '../api/read-wall.ts'
import type { Open } from './opened.ts'
import { Panel } from './panel.tsx'

interface RatesPanelProps {
  kind: 'appeal' | 'event'
  reading: Reading<RatesOfWall>
  place: Place | undefined
  now: number
  onOpen: Open
}

/** Rates of one kind, never alone: the volume above, what is divided by what beside each, and what was left out. */
export function RatesPanel({ kind, reading, place, now, onOpen }: RatesPanelProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const statistics = kind === 'appeal' ? reading.data?.appeals : reading.data?.events
  const volume = statistics && ('appeals' in statistics ? statistics.appeals : statistics.events)
  const parts = useParts()
  return (
    <Panel name={`rates-${kind}`} title={t(kind === 'appeal' ? 'rates.appeals' : 'rates.events')} reading={reading} now={now}>
      <div className="sc-scroll">
        {volume === undefined ? null : (
          <p className="sc-volume">
            <button
              type="button"
              className="sc-plain"
              aria-haspopup="dialog"
              onClick={() => place && onOpen({ figure: 'received', kind, place, count: volume })}
            >
              {t('rates.note', { days: rateDays, count: volume.toLocaleString(language) as never })}
            </button>
          </p>
        )}
        <ul className="sc-rates">
          {statistics?.rates.map((rate) => (
            <li key={rate.key}>
              <button
                type="button"
                className="sc-rate"
                data-rate={rate.key}
                aria-haspopup="dialog"
                onClick={() => place && onOpen({ figure: 'received', kind, place, count: volume, rate })}
              >
                <span className="sc-rate-name">{t(`rate.${rate.key}`)}</span>
                <RateValue rate={rate} />
                <span className="sc-rate-of">
                  {t('rates.of', {
                    numerator: rate.numerator.toLocaleString(language),
                    denominator: rate.denominator.toLocaleString(language),
                  })}
                </span>
                <span className="sc-rate-left">{rate.leftOut.length > 0 ? t('rates.leftOut', { parts: parts(rate.leftOut) }) : null}</span>
              </button>
            </li>
          ))}
        </ul>
      </div>
    </Panel>
  )
}

export function RateValue({ rate }: { rate: Rate }) {
  const { t } = useTranslation()
  if (rate.value === null) return <span className="sc-rate-value sc-rate-none">{t('rates.nothing')}</span>
  return (
    <span className="sc-rate-value">
      {(100 * rate.value).toFixed(1)}
      <small>%</small>
    </span>
  )
}

/** `还没到期 12、退单 3` */
export function useParts(): (leftOut: Rate['leftOut']) => string {
  const { t } = useTranslation()
  const text = useDefinitionText()
  const language = useLanguage()
  return (leftOut) =>
    leftOut
      .map(({ reason, count }) =>
        t('rates.part', { reason: text(`saying.${reason}`, reason), count: count.toLocaleString(language) as never }),
      )
      .join(language === 'en' ? ', ' : '、')
}
