import { call, newId } from '@linli/ui/client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useProblemText } from '../parts/states.tsx'
import { AddressMatch } from './address-match.tsx'

interface AddressFieldProps {
  id: string
  communityId: string
  invalid: boolean
  /** The address, or nothing while it is not settled which. */
  onChange(addressId: string): void
}

/** As it is written, or building, entrance, dwelling: one that is not on record yet is set up when it is named. */
export function AddressField({ id, communityId, invalid, onChange }: AddressFieldProps) {
  const { t } = useTranslation()
  const words = useProblemText()
  const [buildingId, setBuildingId] = useState('')
  const [addressId, setAddressId] = useState('')
  const [entrance, setEntrance] = useState('')
  const [dwelling, setDwelling] = useState('')
  const buildings = useQuery({
    queryKey: ['buildings', communityId],
    queryFn: ({ signal }) => call('GET /public/buildings', { query: { communityId } }, signal),
    staleTime: 60 * 60_000,
  })
  const known = useQuery({
    queryKey: ['addresses', buildingId],
    queryFn: ({ signal }) => call('GET /addresses', { query: { building: buildingId } }, signal),
    enabled: buildingId !== '',
  })
  const dwellings = known.data?.items.filter(({ kind }) => kind === 'dwelling') ?? []
  const add = useMutation({
    mutationFn: () =>
      call('POST /addresses', {
        body: { requestId: newId(), buildingId, dwelling: dwelling.trim(), ...(entrance.trim() ? { entrance: entrance.trim() } : {}) },
      }),
    onSuccess: async (made) => {
      await known.refetch()
      setAddressId(made.addressId)
    },
  })
  useEffect(() => onChange(addressId), [addressId, onChange])
  return (
    <div className="wb-address">
      <AddressMatch
        communityId={communityId}
        onPick={(address) => {
          setBuildingId(address?.buildingId ?? '')
          setAddressId(address?.kind === 'dwelling' ? address.addressId : '')
        }}
      />
      <select
        id={id}
        className="dk-input"
        aria-invalid={invalid || undefined}
        value={buildingId}
        onChange={(event) => {
          setBuildingId(event.currentTarget.value)
          setAddressId('')
        }}
      >
        <option value="">{t('persons.chooseBuilding')}</option>
        {buildings.data?.items.map((building) => (
          <option key={building.buildingId} value={building.buildingId}>
            {building.name}
          </option>
        ))}
      </select>
      {buildingId ? (
        <select
          className="dk-input"
          aria-label={t('persons.dwelling')}
          aria-invalid={invalid || undefined}
          value={addressId}
          onChange={(event) => setAddressId(event.currentTarget.value)}
        >
          <option value="">{dwellings.length > 0 ? t('persons.chooseDwelling') : t('persons.noDwelling')}</option>
          {dwellings.map((address) => (
            <option key={address.addressId} value={address.addressId}>
              {address.fullName}
            </option>
          ))}
        </select>
      ) : null}
      {buildingId && !addressId ? (
        <div className="wb-address-new">
          <input
            className="dk-input"
            aria-label={t('persons.entrance')}
            placeholder={t('persons.entrance')}
            maxLength={20}
            value={entrance}
            onChange={(event) => setEntrance(event.currentTarget.value)}
          />
          <input
            className="dk-input"
            aria-label={t('persons.dwelling')}
            placeholder={t('persons.dwelling')}
            maxLength={20}
            value={dwelling}
            onChange={(event) => setDwelling(event.currentTarget.value)}
          />
          <button type="button" className="dk-button" disabled={add.isPending || !dwelling.trim()} onClick={() => add.mutate()}>
            {t('persons.addDwelling')}
          </button>
        </div>
      ) : null}
      {add.error ? (
        <p className="dk-error" role="alert">
          {words(add.error)}
        </p>
      ) : null}
    </div>
  )
}
