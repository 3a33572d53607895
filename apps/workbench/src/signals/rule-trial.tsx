import { useNow } from '@linli/ui/desk'
import { useTimeWords } from '@linli/ui/text'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem, Waiting } from '../parts/states.tsx'
import { LevelMark } from './level-mark.tsx'
import { type RuleView, type Trial, type TrialAsked, trialQuery } from './queries.ts'
import { useDurationText } from './rule-text.ts'

const spans = [7, 14, 30] as const

/** What the rule would have raised from the signals of the last days, also with another time than its own. Nothing rings. */
export function RuleTrial({ rule }: { rule: RuleView }) {
  const { t } = useTranslation()
  const id = useId()
  const waits = rule.parts.find((part) => part.for !== null)?.for
  const [asked, setAsked] = useState<TrialAsked>()
  const { data, error, isFetching, refetch } = useQuery(trialQuery(rule.key, asked))
  const ask = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const hours = form.get('hours')
    setAsked({ days: Number(form.get('days')), ...(hours && { for: `PT${hours}H` }) })
  }
  return (
    <details className="wb-rule-trial">
      <summary>{t('rules.trial.title')}</summary>
      <p className="dk-note">{t('rules.trial.text')}</p>
      <form className="wb-inline" onSubmit={ask}>
        <label htmlFor={`${id}-days`}>{t('rules.trial.days')}</label>
        <select id={`${id}-days`} name="days" className="dk-input wb-filter-choice" defaultValue={14}>
          {spans.map((days) => (
            <option key={days} value={days}>
              {t('rules.days', { count: days })}
            </option>
          ))}
        </select>
        {waits ? (
          <>
            <label htmlFor={`${id}-hours`}>{t('rules.trial.hours')}</label>
            <input
              id={`${id}-hours`}
              name="hours"
              type="number"
              className="dk-input wb-hours"
              min={1}
              max={240}
              step={1}
              defaultValue={/^PT(\d+)H$/.exec(waits)?.[1]}
            />
          </>
        ) : null}
        <button type="submit" className="dk-button">
          {t('rules.trial.go')}
        </button>
      </form>
      <div aria-live="polite">
        {isFetching ? <Waiting rows={2} /> : null}
        {error ? <Problem error={error} retry={() => void refetch()} /> : null}
        {data && !isFetching ? <Found trial={data} /> : null}
      </div>
    </details>
  )
}

function Found({ trial }: { trial: Trial }) {
  const { t } = useTranslation()
  const time = useTimeWords()
  const now = useNow()
  const duration = useDurationText()
  return (
    <>
      <p>
        <b>{t('rules.trial.found', { count: trial.alarms })}</b>{' '}
        {t('rules.trial.of', { signals: trial.signals, subjects: trial.subjects, raised: trial.raised })}
        {trial.for ? ` ${t('rules.trial.with', { for: duration(trial.for) })}` : ''}
      </p>
      {trial.learning > 0 ? <p className="dk-note">{t('rules.trial.learning', { homes: trial.learning })}</p> : null}
      {trial.isCut ? <p className="dk-note">{t('rules.trial.cut')}</p> : null}
      {trial.items.length > 0 ? (
        <ul className="wb-plain">
          {trial.items.map(({ at, since, level, place }) => (
            <li key={`${at} ${place}`}>
              <LevelMark level={level} /> <time dateTime={at}>{time.moment(at, now)}</time> {place}
              {since ? <span className="dk-meta"> {t('rules.trial.since', { at: time.moment(since, now) })}</span> : null}
            </li>
          ))}
        </ul>
      ) : null}
    </>
  )
}
