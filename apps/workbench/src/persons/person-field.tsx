import { call } from '@linli/ui/client'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

interface PersonFieldProps {
  id: string
  /** Whoever it cannot be. */
  except: string
  invalid: boolean
  describedBy: string | undefined
  onChange(personId: string): void
}

/** Somebody of the own area, found as on the list of people. */
export function PersonField({ id, except, invalid, describedBy, onChange }: PersonFieldProps) {
  const { t } = useTranslation()
  const [words, setWords] = useState('')
  const [chosen, setChosen] = useState('')
  const said = words.trim()
  const found = useQuery({
    queryKey: ['persons', 'found', said],
    queryFn: ({ signal }) => call('GET /persons', { query: { q: said, limit: 20 } }, signal),
    enabled: said.length >= 2,
  })
  const people = found.data?.items.filter(({ personId }) => personId !== except) ?? []
  const choose = (personId: string) => {
    setChosen(personId)
    onChange(personId)
  }
  return (
    <div className="wb-address">
      <input
        id={id}
        className="dk-input"
        type="search"
        autoComplete="off"
        maxLength={60}
        placeholder={t('persons.find')}
        aria-invalid={invalid || undefined}
        aria-describedby={describedBy}
        value={words}
        onChange={(event) => {
          setWords(event.currentTarget.value)
          choose('')
        }}
      />
      {said.length >= 2 && found.data ? (
        people.length === 0 ? (
          <p className="dk-note">{t('persons.nobodyFound')}</p>
        ) : (
          <select
            className="dk-input"
            aria-label={t('persons.whoOfFound')}
            value={chosen}
            onChange={(event) => choose(event.currentTarget.value)}
          >
            <option value="">{t('persons.whoOfFound')}</option>
            {people.map((person) => (
              <option key={person.personId} value={person.personId}>
                {[person.masked.name, person.masked.idNumber ?? person.masked.phone, person.place].filter(Boolean).join(' · ')}
              </option>
            ))}
          </select>
        )
      ) : null}
    </div>
  )
}
