import { type AnswerOf, call } from '@linli/ui/client'
import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useEffect, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'

type Match = AnswerOf<'GET /addresses/match'>['items'][number]

interface AddressMatchProps {
  communityId: string
  /** The home or building that is meant; nothing while that is open. */
  onPick(address: Match['address'] | undefined): void
}

/** An address as it stands on a paper: what it means is proposed, and whoever records looks at it. */
export function AddressMatch({ communityId, onPick }: AddressMatchProps) {
  const { t } = useTranslation()
  const id = useId()
  const [written, setWritten] = useState('')
  const text = useDeferredValue(written.trim())
  const { data } = useQuery({
    queryKey: ['addresses', 'match', communityId, text],
    queryFn: ({ signal }) => call('GET /addresses/match', { query: { text, communityId } }, signal),
    enabled: text.length >= 2,
  })
  const [chosen, setChosen] = useState('')
  const items = text.length >= 2 ? data?.items : undefined
  const choose = (addressId: string) => {
    setChosen(addressId)
    onPick(items?.find(({ address }) => address.addressId === addressId)?.address)
  }
  // Once for each answer: what a person chose from it stays.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new answer chooses
  useEffect(() => choose(data?.settled ?? ''), [data])
  const picked = items?.find(({ address }) => address.addressId === chosen)?.address
  return (
    <>
      <input
        className="dk-input"
        type="search"
        autoComplete="off"
        maxLength={100}
        aria-label={t('persons.writtenAddress')}
        placeholder={t('persons.writtenAddress')}
        aria-describedby={id}
        value={written}
        onChange={(event) => setWritten(event.currentTarget.value)}
      />
      {items && items.length > 0 ? (
        <select
          className="dk-input"
          aria-label={t('persons.meantAddress')}
          value={chosen}
          onChange={(event) => choose(event.currentTarget.value)}
        >
          <option value="">{t('persons.meantAddress')}</option>
          {items.map(({ address, score }) => (
            <option key={address.addressId} value={address.addressId}>
              {t('persons.matchOf', { name: address.fullName, percent: Math.round(score * 100) })}
            </option>
          ))}
        </select>
      ) : null}
      <p className="dk-note" id={id} role="status">
        {items === undefined ? '' : items.length === 0 ? t('persons.noMatch') : noteOf(picked)}
      </p>
    </>
  )

  function noteOf(address: Match['address'] | undefined): string {
    if (!address) return t('persons.severalMatch')
    return address.kind === 'dwelling' ? t('persons.lookAtMatch') : t('persons.homeNotThere')
  }
}
