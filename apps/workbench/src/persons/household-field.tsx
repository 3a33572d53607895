import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { dwellingQuery } from './queries.ts'

interface HouseholdFieldProps {
  id: string
  addressId: string | undefined
  value: string
  onChange(householdId: string): void
}

/** A household of the dwelling, by whoever heads it; nothing chosen is a new one. */
export function HouseholdField({ id, addressId, value, onChange }: HouseholdFieldProps) {
  const { t } = useTranslation()
  const { data } = useQuery({ ...dwellingQuery(addressId ?? ''), enabled: addressId !== undefined })
  return (
    <select id={id} className="dk-input" value={value} onChange={(event) => onChange(event.currentTarget.value)}>
      <option value="">{t('persons.newHousehold')}</option>
      {data?.households.map(({ householdId, members }) => (
        <option key={householdId} value={householdId}>
          {t('persons.householdOf', { name: members[0]?.name, count: members.length })}
        </option>
      ))}
    </select>
  )
}
