import './words.ts'
import '../signals/words.ts'
import type { AnswerOf } from '@linli/ui/client'
import { Sep, useDefinitionText, useNow } from '@linli/ui/desk'
import { useTimeWords } from '@linli/ui/text'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { subjectEpisodesQuery } from '../signals/queries.ts'
import { useCareGroupName } from './care-group-name.ts'
import { CorrectionChoices } from './correction-choices.tsx'
import { visitsQuery } from './queries.ts'

type Visit = AnswerOf<'GET /persons/:personId/visits'>['items'][number]
type Correction = Visit['corrections'][number]

/** Who came to see this person, what was found, and what waits for somebody to look at. */
export function PersonVisits({ personId, maySettle }: { personId: string; maySettle: boolean }) {
  const { t } = useTranslation()
  const { data } = useQuery(visitsQuery(personId))
  const { data: alarms } = useQuery(subjectEpisodesQuery(personId))
  if (!data) return null
  return (
    <section className="wb-person-part">
      <h2 className="dk-h3">{t('persons.visits')}</h2>
      {data.items.length === 0 ? <p className="dk-note">{t('persons.noVisits')}</p> : null}
      <ol className="wb-plain">
        {data.items.map((visit) => (
          <li key={visit.visitId}>
            <VisitLine personId={personId} visit={visit} />
            <CausedBy alarm={alarms?.items.find((alarm) => alarm.visit?.visitId === visit.visitId)} />
            {visit.corrections.map((correction) => (
              <CorrectionLine key={correction.correctionId} personId={personId} correction={correction} maySettle={maySettle} />
            ))}
          </li>
        ))}
      </ol>
    </section>
  )
}

function VisitLine({ personId, visit }: { personId: string; visit: Visit }) {
  const { t } = useTranslation()
  const time = useTimeWords()
  const now = useNow()
  const careGroupName = useCareGroupName()
  const brought = [...visit.fields.map((field) => t(`persons.field.${field}`)), ...visit.careGroups.map(careGroupName)]
  return (
    <>
      <b>{t(`persons.visitResult.${visit.result}`)}</b>
      {visit.met === 'nobody' ? null : (
        <>
          <Sep />
          {t(`persons.met.${visit.met}`)}
        </>
      )}
      {visit.note ? <span className="wb-block wb-visit-note">{visit.note}</span> : null}
      {brought.length > 0 ? <span className="wb-block">{t('persons.brought', { what: brought.join(t('persons.and')) })}</span> : null}
      {visit.attachments.length > 0 ? (
        <span className="wb-block">
          {visit.attachments.map((fileId, at) => (
            <a key={fileId} className="dk-link" href={`/api/v1/persons/${personId}/files/${fileId}`} target="_blank" rel="noreferrer">
              {t('persons.visitPhoto', { index: at + 1 })}{' '}
            </a>
          ))}
        </span>
      ) : null}
      <span className="dk-meta wb-block wb-visit-by">
        {[visit.by, visit.org, visit.isClockOff ? t('persons.clockOff') : time.moment(visit.madeAt, now)].filter(Boolean).join(' · ')}
      </span>
    </>
  )
}

/** The alarm that sent the visitor there. */
function CausedBy({ alarm }: { alarm: AnswerOf<'GET /episodes'>['items'][number] | undefined }) {
  const { t } = useTranslation()
  const word = useDefinitionText()
  if (!alarm) return null
  return (
    <Link to="/alarms" search={{ alarm: alarm.episodeId }} className="dk-link wb-block">
      {t('alarms.causedVisit', { name: word(`rule.${alarm.rule}`, alarm.ruleName) })}
    </Link>
  )
}

/** A value that was found and not taken: both stand there until somebody decides. */
function CorrectionLine({ personId, correction, maySettle }: { personId: string; correction: Correction; maySettle: boolean }) {
  const { t } = useTranslation()
  const { correctionId, field, why, masked, outcome } = correction
  const shown = field === 'sex' ? t(`persons.sex.${masked}`) : (masked ?? t('persons.hidden'))
  return (
    <div className="wb-correction">
      <span>
        {t('persons.toLookAt', { field: t(`persons.field.${field}`), value: shown })}
        <span className="dk-meta wb-block">{outcome ? t(`persons.settled.${outcome}`) : t(`persons.why.${why}`)}</span>
      </span>
      {outcome || !maySettle ? null : <CorrectionChoices personId={personId} correctionId={correctionId} why={why} />}
    </div>
  )
}
