import type { PhoneEntry } from '@linli/ui/touch'
import { useTranslation } from 'react-i18next'
import { useKept } from '../kept/kept.ts'
import { phones } from '../kept/phones.ts'

/** Whom one can call: emergency first, then the numbers saved on this device, then the hotline. */
export function usePhoneEntries(): PhoneEntry[] {
  const { t } = useTranslation()
  const { community, family } = useKept(phones)
  return [
    { name: t('call.ambulance'), number: '120' },
    { name: t('call.police'), number: '110' },
    { name: t('call.fire'), number: '119' },
    ...personalEntries(community, family, t('call.community'), t('call.family')),
    { name: t('call.hotline'), number: '12345', hint: t('call.hotlineHint') },
  ]
}

export function personalEntries(community: string, family: string, communityName: string, familyName: string): PhoneEntry[] {
  return [...(family ? [{ name: familyName, number: family }] : []), ...(community ? [{ name: communityName, number: community }] : [])]
}
