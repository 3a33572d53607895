import { useDefinitionText, useTimeWords } from '@linli/ui/text'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { EpisodeRow } from '../api/queries.ts'
import { Section } from '../frame/section.tsx'
import { usePersonWords } from './person-words.ts'
import { alarmsOfQuery, visitsQuery } from './queries.ts'

const shown = 5

/** The last visits: whoever comes next knows what was found. */
export function PersonVisits({ personId }: { personId: string }) {
  const { t } = useTranslation()
  const time = useTimeWords()
  const words = usePersonWords()
  const { data } = useQuery(visitsQuery(personId))
  const { data: alarms } = useQuery(alarmsOfQuery(personId))
  if (!data) return null
  return (
    <Section title={t('visit.past')}>
      {data.items.length === 0 ? <p className="second">{t('visit.nonePast')}</p> : null}
      {data.items.length > 0 ? (
        <ul className="sheet rows">
          {data.items.slice(0, shown).map((visit) => {
            const waits = visit.corrections.filter(({ outcome }) => outcome === null)
            const brought = [...visit.fields.map(words.field), ...visit.careGroups.map(words.group)]
            return (
              <li key={visit.visitId} className="fact">
                <span className="row-title">{t(`visit.results.${visit.result}`)}</span>
                <CausedBy alarm={alarms?.items.find((alarm) => alarm.visit?.visitId === visit.visitId)} />
                {visit.note ? <span lang="zh-CN">{visit.note}</span> : null}
                {brought.length > 0 ? <span>{t('visit.brought', { what: brought.join(t('people.and')) })}</span> : null}
                {waits.length > 0 ? (
                  <span className="strong">
                    {t('visit.toLookAt', { what: waits.map(({ field }) => words.field(field)).join(t('people.and')) })}
                  </span>
                ) : null}
                <span className="quiet">
                  <span lang="zh-CN">{visit.by}</span> · {time.moment(visit.madeAt, Date.now())}
                </span>
              </li>
            )
          })}
        </ul>
      ) : null}
    </Section>
  )
}

/** The alarm that sent the visitor there. */
function CausedBy({ alarm }: { alarm: EpisodeRow | undefined }) {
  const { t } = useTranslation()
  const word = useDefinitionText()
  if (!alarm) return null
  return (
    <Link to="/alarms/$episodeId" params={{ episodeId: alarm.episodeId }} className="link">
      {t('visit.causedBy', { name: word(`rule.${alarm.rule}`, alarm.ruleName) })}
    </Link>
  )
}
