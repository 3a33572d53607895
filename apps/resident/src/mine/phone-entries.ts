import { useKept } from '@linli/ui/phone'
import type { PhoneEntry } from '@linli/ui/touch'
import { useTranslation } from 'react-i18next'
import { phones } from '../kept/phones.ts'
import { type PublicOffice, useOffices } from './use-offices.ts'

export interface PhoneBook {
  emergency: PhoneEntry[]
  /** Family, then the number of the community saved on this device, then the offices of the place, then the hotline. */
  near: PhoneEntry[]
  /** False while neither this device nor the town knows a number of the community. */
  hasCommunity: boolean
}

/** Whom one can call from here. */
export function usePhoneBook(): PhoneBook {
  const { t } = useTranslation()
  const { community, family } = useKept(phones)
  const { offices, isKnown } = useOffices()
  const saved = [
    ...(family ? [{ name: t('call.family'), number: family }] : []),
    ...(community ? [{ name: t('call.community'), number: community }] : []),
  ]
  return {
    emergency: [
      { name: t('call.ambulance'), number: '120' },
      { name: t('call.police'), number: '110' },
      { name: t('call.fire'), number: '119' },
    ],
    near: [
      ...saved,
      ...officeEntries(
        offices,
        saved.map(({ number }) => number),
        (level) => t(`call.level.${level}`),
      ),
      { name: t('call.hotline'), number: '12345', hint: t('call.hotlineHint') },
    ],
    hasCommunity: community !== '' || !isKnown || offices.some(({ level }) => level === 'community'),
  }
}

/** Offices of the community and of the township, each under its own name; a number that was saved here is not said twice. */
export function officeEntries(
  offices: readonly PublicOffice[],
  saved: readonly string[],
  levelName: (level: 'community' | 'township') => string,
): PhoneEntry[] {
  const digits = (number: string): string => number.replace(/\D/g, '')
  const known = new Set(saved.map(digits))
  return offices.flatMap(({ name, level, phone }) =>
    (level === 'community' || level === 'township') && !known.has(digits(phone)) ? [{ name, number: phone, hint: levelName(level) }] : [],
  )
}
