import '../signals/words.ts'
import '../styles/signals.css'
import { useDefinitionText, useNow } from '@linli/ui/desk'
import { useTimeWords } from '@linli/ui/text'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { LevelMark } from '../signals/level-mark.tsx'
import { subjectEpisodesQuery } from '../signals/queries.ts'

/** The alarms about this person: when, what became of it, and the way to the whole of it. */
export function PersonAlarms({ personId }: { personId: string }) {
  const { t } = useTranslation()
  const word = useDefinitionText()
  const time = useTimeWords()
  const now = useNow()
  const { data } = useQuery(subjectEpisodesQuery(personId))
  if (!data) return null
  return (
    <section className="wb-person-part">
      <h2 className="dk-h3">{t('alarms.ofPerson')}</h2>
      {data.items.length === 0 ? <p className="dk-note">{t('alarms.noneOfPerson')}</p> : null}
      <ol className="wb-plain">
        {data.items.map((episode) => (
          <li key={episode.episodeId}>
            <LevelMark level={episode.highestLevel} />{' '}
            <Link to="/alarms" search={{ alarm: episode.episodeId }} className="dk-link">
              {word(`rule.${episode.rule}`, episode.ruleName)}
            </Link>{' '}
            {t(`alarms.stages.${episode.stage}`)}
            {episode.outcome ? ` · ${t(`alarms.outcomes.${episode.outcome}`)}` : ''}
            <span className="dk-meta wb-block">
              {[
                time.moment(episode.raisedAt, now),
                episode.arrivedAt ? t('alarms.arrivedAt', { at: time.moment(episode.arrivedAt, now) }) : '',
                episode.number,
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}
