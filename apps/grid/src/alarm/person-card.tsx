import { call } from '@linli/ui/client'
import { Icon } from '@linli/ui/touch'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Eye, Phone } from 'lucide-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { type EpisodeView, personQuery } from '../api/queries.ts'
import { problemWords } from '../frame/problem-words.ts'
import { takeAlong } from '../people/along.ts'
import { usePersonWords } from '../people/person-words.ts'
import { useOwnMe } from '../session/signed-in.tsx'

/** Who it is about and what to know at the door. Masked until somebody looks, which is recorded with the alarm as its reason. */
export function PersonCard({ episode }: { episode: EpisodeView }) {
  const { t } = useTranslation()
  const { subjectKind, subjectId, subjectName, stage } = episode
  const isOver = stage === 'settled'
  if (!subjectName) return null
  return (
    <section className="sheet sheet-stack" aria-label={t('alarm.who')}>
      <h2 lang="zh-CN">{subjectName}</h2>
      {subjectKind === 'person' && !isOver ? <Person personId={subjectId} episode={episode} isVisited={episode.needsVisit} /> : null}
    </section>
  )
}

interface PersonProps {
  personId: string
  episode: EpisodeView
  /** Somebody has to go there: the masked file goes along, for there may be no signal at the door. */
  isVisited: boolean
}

function Person({ personId, episode: { episodeId, number }, isVisited }: PersonProps) {
  const { t } = useTranslation()
  const words = usePersonWords()
  const { accountId } = useOwnMe()
  const { data: person, error } = useQuery(personQuery(personId))
  useEffect(() => {
    if (isVisited && person) takeAlong(accountId, [person])
  }, [isVisited, person, accountId])
  const look = useMutation({
    mutationFn: async () => {
      // Both are on record; the note for first aid opens for whoever was called to this alarm, and for nobody else.
      const [{ values }, { note }] = await Promise.all([
        call('POST /persons/:personId/reveal', {
          params: { personId },
          // The reason is read by the person, and stands in the record in Chinese.
          body: { reason: `处置告警 ${number}`, fields: ['name', 'phone'] },
        }),
        call('POST /episodes/:episodeId/health-note', { params: { episodeId } }),
      ])
      return { ...values, note }
    },
  })
  const seen = look.data
  const contacts = person?.contacts.filter(({ kind, to }) => kind === 'emergency' && to === null) ?? []
  if (!person) return error ? <p className="quiet">{problemWords(error, t)}</p> : null
  return (
    <>
      {person.careGroups.length > 0 ? <p>{person.careGroups.map(words.group).join(' · ')}</p> : null}
      {seen ? (
        <>
          <p className="strong" lang="zh-CN">
            {seen.note ?? t('alarm.noHealthNote')}
          </p>
          {seen.phone ? (
            <a className="btn wide" href={`tel:${seen.phone}`}>
              <Icon of={Phone} />
              <span lang="zh-CN">{seen.name}</span> {seen.phone}
            </a>
          ) : (
            <p className="second">{t('alarm.noPhone')}</p>
          )}
        </>
      ) : (
        <button type="button" className="btn wide" disabled={look.isPending} onClick={() => look.mutate()}>
          <Icon of={Eye} />
          {t('alarm.look')}
        </button>
      )}
      {look.error ? (
        <p className="field-error" role="alert">
          {problemWords(look.error, t)}
        </p>
      ) : null}
      {contacts.length > 0 ? (
        <ul className="second" aria-label={t('alarm.contacts')}>
          {contacts.map((contact) => (
            <li key={contact.contactId}>
              {words.relation(contact.relation)} <span lang="zh-CN">{contact.name}</span> <span className="num">{contact.phone}</span>
            </li>
          ))}
        </ul>
      ) : null}
      <p className="quiet">{t('alarm.looked')}</p>
    </>
  )
}
