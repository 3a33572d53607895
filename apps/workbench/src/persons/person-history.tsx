import { Sep, useNow } from '@linli/ui/desk'
import { useTimeWords } from '@linli/ui/text'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { personEntriesQuery, personViewsQuery } from './queries.ts'

/** What changed, and who looked: the two halves of a file that its person may ask for. */
export function PersonHistory({ personId }: { personId: string }) {
  const { t } = useTranslation()
  const time = useTimeWords()
  const now = useNow()
  const entries = useQuery(personEntriesQuery(personId))
  const views = useQuery(personViewsQuery(personId))
  return (
    <>
      <section className="wb-person-part">
        <h2 className="dk-h3">{t('persons.history')}</h2>
        <ol className="wb-plain">
          {entries.data?.items.map((entry) => (
            <li key={entry.seq}>
              {t(`persons.change.${entry.change}`)}
              {entry.fields.length > 0
                ? `${t('persons.colon')}${entry.fields.map((field) => t(`persons.field.${field}`)).join(t('persons.and'))}`
                : ''}
              <span className="dk-meta wb-block">
                {[entry.by, t(`persons.source.${entry.source}`), time.moment(entry.madeAt, now)].filter(Boolean).join(' · ')}
              </span>
            </li>
          ))}
        </ol>
      </section>
      <section className="wb-person-part">
        <h2 className="dk-h3">{t('persons.views')}</h2>
        <p className="dk-note">{t('persons.viewsText')}</p>
        <ol className="wb-plain">
          {views.data?.items.slice(0, 20).map((view) => (
            <li key={`${view.at} ${view.kind} ${view.by}`}>
              {view.by}
              <Sep />
              {view.kind === 'profile'
                ? t('persons.opened')
                : t('persons.revealed', { fields: view.fields.map((field) => t(`persons.field.${field}`)).join(t('persons.and')) })}
              <span className="dk-meta wb-block">{[view.reason, time.moment(view.at, now)].filter(Boolean).join(' · ')}</span>
            </li>
          ))}
        </ol>
      </section>
    </>
  )
}
