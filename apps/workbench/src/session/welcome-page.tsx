import { useTranslation } from 'react-i18next'
import { Nothing } from '../parts/states.tsx'

/** For an account without a post, or a post without a page here: said kindly, with whom to ask. */
export function WelcomePage() {
  const { t } = useTranslation()
  return (
    <div className="wb-page">
      <Nothing title={t('welcome.title')} isPage>
        {t('welcome.text')}
      </Nothing>
    </div>
  )
}
