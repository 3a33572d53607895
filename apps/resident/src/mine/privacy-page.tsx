import { useTranslation } from 'react-i18next'
import { Page } from '../frame/page.tsx'

const parts = ['what', 'long', 'who', 'erase', 'device', 'door'] as const

/** What is kept, how long, who sees it, how to erase it: in the words of the person it is about. */
export function PrivacyPage() {
  const { t } = useTranslation()
  return (
    <Page title={t('privacy.title')} back="/mine">
      <p className="second">{t('privacy.lead')}</p>
      <div className="sheet rows">
        {parts.map((part) => (
          <section key={part} className="prose row-block">
            <h2>{t(`privacy.${part}`)}</h2>
            <p>{t(`privacy.${part}Text`)}</p>
          </section>
        ))}
      </div>
    </Page>
  )
}
