import { useKept } from '@linli/ui/phone'
import { PhoneList } from '@linli/ui/touch'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Page } from '../frame/page.tsx'
import { phones } from '../kept/phones.ts'
import { usePhoneBook } from './phone-entries.ts'

/** The other door: everything here can also be done by telephone. Family and community first, emergency numbers apart. */
export function CallPage() {
  const { t } = useTranslation()
  const { near, emergency, hasCommunity } = usePhoneBook()
  const { community, family } = useKept(phones)
  return (
    <Page title={t('call.title')}>
      <p className="second">{t('call.lead')}</p>
      <PhoneList entries={near} />
      {hasCommunity ? null : <p className="second">{t('call.communityMissing')}</p>}
      <PhoneList entries={emergency} />
      {family && (community || hasCommunity) ? null : (
        <Link to="/mine" hash="phones" className="btn">
          {t(hasCommunity ? 'call.addFamily' : 'call.add')}
        </Link>
      )}
    </Page>
  )
}
