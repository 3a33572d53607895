import { isOutOfReach } from '@linli/ui/client'
import { useKept, useOnline } from '@linli/ui/phone'
import { useTimeWords } from '@linli/ui/text'
import { Empty, Field, Icon } from '@linli/ui/touch'
import { useMutation, useQuery } from '@tanstack/react-query'
import { BackpackIcon, UserSearch } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Page } from '../frame/page.tsx'
import { problemWords } from '../frame/problem-words.ts'
import { useOwnMe } from '../session/signed-in.tsx'
import { along, peopleAlong, takeAlong } from './along.ts'
import { PersonLine } from './person-line.tsx'
import { findQuery, readRound } from './queries.ts'

/** 居民: found by two characters of the name, initials, tails of numbers or the address; and who was taken along for today. */
export function PeoplePage() {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const [wanted, setWanted] = useState('')
  const [isShort, setShort] = useState(false)
  const { data, error, isFetching } = useQuery(findQuery(wanted))
  const find = (event: FormEvent): void => {
    event.preventDefault()
    const words = typed.trim()
    setShort([...words].length === 1)
    setWanted(words)
  }
  return (
    <Page title={t('people.title')} tabs>
      <form role="search" className="find" onSubmit={find}>
        <Field label={t('people.find')} hint={t('people.findHint')} error={isShort ? t('people.short') : undefined}>
          {(control) => (
            <input
              {...control}
              type="search"
              className="input"
              maxLength={60}
              autoComplete="off"
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
          )}
        </Field>
        <button type="submit" className="btn primary">
          <Icon of={UserSearch} />
          {t('people.go')}
        </button>
      </form>
      {error ? (
        <p className="field-error" role="alert">
          {problemWords(error, t)}
        </p>
      ) : null}
      {isFetching ? (
        <p className="quiet" role="status">
          {t('people.finding')}
        </p>
      ) : null}
      {data?.items.length === 0 ? (
        <Empty icon={UserSearch} title={t('people.none')}>
          {t('people.noneText')}
        </Empty>
      ) : null}
      {data && data.items.length > 0 ? (
        <ul className="sheet rows" aria-label={t('people.found')}>
          {data.items.map((person) => (
            <li key={person.personId}>
              <PersonLine
                personId={person.personId}
                name={person.masked.name ?? ''}
                place={person.place}
                groups={person.careGroups}
                status={person.status}
              />
            </li>
          ))}
        </ul>
      ) : null}
      <Along />
    </Page>
  )
}

/** Who was taken along for today, there without a network; and how to take them. */
function Along() {
  const { t } = useTranslation()
  const time = useTimeWords()
  const online = useOnline()
  const { accountId } = useOwnMe()
  const taken = useKept(along)
  const people = peopleAlong(taken, accountId)
  const [progress, setProgress] = useState<{ read: number; all: number }>()
  const take = useMutation({
    mutationFn: () => readRound((read, all) => setProgress({ read, all })),
    onSuccess: (files) => takeAlong(accountId, files),
    onSettled: () => setProgress(undefined),
  })
  return (
    <section className="section">
      <div className="section-head">
        <h2>{t('people.along')}</h2>
        {people.length > 0 && taken ? <span className="quiet">{t('people.asOf', { at: time.moment(taken.at, Date.now()) })}</span> : null}
      </div>
      {people.length > 0 ? (
        <ul className="sheet rows" aria-label={t('people.along')}>
          {people.map(({ personId, values, home, careGroups, status }) => (
            <li key={personId}>
              <PersonLine
                personId={personId}
                name={values.find(({ field }) => field === 'name')?.masked ?? ''}
                place={home?.place ?? ''}
                groups={careGroups}
                status={status}
              />
            </li>
          ))}
        </ul>
      ) : (
        <p className="second">{t('people.alongText')}</p>
      )}
      <button type="button" className="btn wide" disabled={take.isPending || !online} onClick={() => take.mutate()}>
        <Icon of={BackpackIcon} />
        {progress ? t('people.taking', progress) : t(people.length > 0 ? 'people.takeAgain' : 'people.take')}
      </button>
      {take.error ? (
        <p className="field-error" role="alert">
          {isOutOfReach() ? t('problem.offline') : problemWords(take.error, t)}
        </p>
      ) : null}
      <p className="quiet">{t('people.alongRule')}</p>
    </section>
  )
}
