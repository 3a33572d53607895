import { PhoneList } from '@linli/ui/touch'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Page } from '../frame/page.tsx'
import { useKept } from '../kept/kept.ts'
import { phones } from '../kept/phones.ts'
import { usePhoneEntries } from './phone-entries.ts'

const emergency = new Set(['110', '119', '120'])

/** The other door: everything here can also be done by telephone. Family and community first, emergency numbers apart. */
export function CallPage() {
  const { t } = useTranslation()
  const entries = usePhoneEntries()
  const { community, family } = useKept(phones)
  return (
    <Page title={t('call.title')}>
      <p className="second">{t('call.lead')}</p>
      <PhoneList entries={entries.filter((entry) => !emergency.has(entry.number))} />
      {community ? null : <p className="second">{t('call.communityMissing')}</p>}
      <PhoneList entries={entries.filter((entry) => emergency.has(entry.number))} />
      {community && family ? null : (
        <Link to="/mine" hash="phones" className="btn">
          {t('call.add')}
        </Link>
      )}
    </Page>
  )
}
