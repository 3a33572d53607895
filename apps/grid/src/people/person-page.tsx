import { useKept, useOnline } from '@linli/ui/phone'
import { useTimeWords } from '@linli/ui/text'
import { Icon, Plate } from '@linli/ui/touch'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { BackpackIcon, DoorOpen } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { personQuery } from '../api/queries.ts'
import { Opening } from '../frame/blank-pages.tsx'
import { Page } from '../frame/page.tsx'
import { problemWords } from '../frame/problem-words.ts'
import { Section } from '../frame/section.tsx'
import { waiting } from '../kept/queue.ts'
import { useOwnMe } from '../session/signed-in.tsx'
import { along, peopleAlong, type TakenFile, takeAlong } from './along.ts'
import { PersonCalls } from './person-calls.tsx'
import { PersonHome } from './person-home.tsx'
import { PersonSections } from './person-sections.tsx'
import { PersonVisits } from './person-visits.tsx'
import { usePersonWords } from './person-words.ts'
import { usePerson } from './use-person.ts'

/** One person on the way to the door: who, where, what to know, whom to call; and the visit. */
export function PersonPage() {
  const { t } = useTranslation()
  const { personId } = useParams({ from: '/own/people/$personId' })
  const { file, takenAt, error } = usePerson(personId)
  if (file) return <Person file={file} takenAt={takenAt} />
  if (!error) return <Opening />
  return (
    <Page title={t('people.title')}>
      <p role="alert">{problemWords(error, t)}</p>
      <p className="second">{t('people.notAlong')}</p>
    </Page>
  )
}

function Person({ file, takenAt }: { file: TakenFile; takenAt: number | undefined }) {
  const { t } = useTranslation()
  const time = useTimeWords()
  const words = usePersonWords()
  const online = useOnline()
  const { personId, home, community, careGroups, status } = file
  const name = file.values.find(({ field }) => field === 'name')?.masked ?? ''
  const groups = careGroups.filter(({ to }) => to === null)
  const isNoted = useKept(waiting).some((item) => item.kind === 'visit' && item.personId === personId)
  return (
    <Page
      title={name}
      back="/people"
      foot={
        status === 'here' ? (
          <Link to="/people/$personId/visit" params={{ personId }} className="btn primary big wide">
            <Icon of={DoorOpen} />
            {t('visit.start')}
          </Link>
        ) : null
      }
    >
      {takenAt === undefined ? null : <p className="note">{t('people.takenAt', { at: time.moment(takenAt, Date.now()) })}</p>}
      {isNoted ? <p className="note">{t('visit.noted')}</p> : null}
      <section className="sheet sheet-stack" aria-label={t('people.where')}>
        <p lang="zh-CN">{home ? <Plate>{home.place}</Plate> : t('people.unsettled')}</p>
        <p className="second" lang="zh-CN">
          {community.name}
        </p>
        {status === 'here' ? null : <p>{t(`people.status.${status}`)}</p>}
      </section>
      {groups.length > 0 ? (
        <Section title={t('people.careGroups')}>
          <ul className="sheet rows">
            {groups.map((group) => (
              <li key={group.tagId} className="fact">
                <span className="row-title">{words.group(group)}</span>
                <span className="quiet" lang="zh-CN">
                  {group.basis}
                </span>
                <span className="quiet">{t('people.since', { day: time.day(`${group.from}T12:00:00+08:00`, Date.now()) })}</span>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      <Section title={t('people.facts')}>
        <PersonCalls file={file} isFresh={takenAt === undefined && online} />
      </Section>
      {takenAt === undefined && online ? (
        <>
          {home ? <PersonHome personId={personId} home={home} /> : null}
          <FreshSections personId={personId} />
          <PersonVisits personId={personId} />
          <Take personId={personId} />
        </>
      ) : null}
    </Page>
  )
}

/** As of now; a file that was taken along has none of them. */
function FreshSections({ personId }: { personId: string }) {
  const { data } = useQuery(personQuery(personId))
  return data ? <PersonSections sections={data.sections} /> : null
}

/** This one file for today: the same bounds as for a whole round. */
function Take({ personId }: { personId: string }) {
  const { t } = useTranslation()
  const { accountId } = useOwnMe()
  const { data } = useQuery(personQuery(personId))
  const isTaken = peopleAlong(useKept(along), accountId).some((person) => person.personId === personId)
  if (!data) return null
  return (
    <button type="button" className="btn wide" disabled={isTaken} onClick={() => takeAlong(accountId, [data])}>
      <Icon of={BackpackIcon} />
      {t(isTaken ? 'people.taken' : 'people.takeOne')}
    </button>
  )
}
