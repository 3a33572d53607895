import { HelpButton, Icon, type PhoneEntry } from '@linli/ui/touch'
import { Phone } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { problemWords } from '../frame/problem-words.ts'
import { AlarmCard } from './alarm-card.tsx'
import { useAlarms, useCall } from './use-alarms.ts'

/** Help at its fixed place: for whoever is signed in it calls the community and the family; the numbers stay one press away. */
export function SosButton({ entries }: { entries: readonly PhoneEntry[] }) {
  const { t } = useTranslation()
  const alarms = useAlarms()
  const sos = useCall()
  if (!alarms?.mayCall) return <HelpButton entries={entries} />
  const own = alarms.items.find(({ isOwn, settledAt }) => isOwn && settledAt === null)
  return (
    <HelpButton entries={entries} call={{ onCall: sos.call }}>
      {sos.error ? (
        <>
          <p className="field-error" role="alert">
            {problemWords(sos.error, t)}
          </p>
          <a className="btn primary big wide" href="tel:120">
            <Icon of={Phone} />
            {t('alarm.ambulance')}
          </a>
        </>
      ) : own ? (
        <AlarmCard alarm={own} isBare />
      ) : (
        <p role="status">{t('alarm.calling')}</p>
      )}
    </HelpButton>
  )
}
