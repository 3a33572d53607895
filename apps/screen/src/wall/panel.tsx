import { useNow } from '@linli/ui/desk'
import { useTimeWords } from '@linli/ui/text'
import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { isStale, type Reading } from '../api/freshness.ts'

interface PanelProps {
  name: string
  title: string
  note?: string
  reading: Reading<{ asOf: string }>
  /** By this page's clock, to tell how long ago the server was last heard. */
  now: number
  /** Beside the time: the way to all of it. */
  tool?: ReactNode
  children: ReactNode
}

/** One part of the wall with the time it was true at; grey as a whole when that is too long ago. */
export function Panel({ name, title, note, reading, now, tool, children }: PanelProps) {
  const { t } = useTranslation()
  const time = useTimeWords()
  const platformNow = useNow()
  const id = useId()
  const stale = isStale(reading.contactAt, now)
  const at = reading.data?.asOf
  return (
    <section className="sc-panel" data-panel={name} data-stale={stale || undefined} aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        {note ? <p className="sc-note">{note}</p> : null}
        {tool}
        <p className="sc-as-of">
          {at === undefined
            ? t('fresh.unknown')
            : stale
              ? t('fresh.stale', { time: time.moment(at, platformNow) })
              : t('fresh.asOf', { time: time.hour(at) })}
        </p>
      </header>
      {children}
    </section>
  )
}
