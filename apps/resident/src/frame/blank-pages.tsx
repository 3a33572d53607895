import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Page } from './page.tsx'

export function Missing() {
  const { t } = useTranslation()
  return (
    <Page title={t('app.notFound')}>
      <p className="second">{t('app.notFoundText')}</p>
      <Link to="/" className="btn primary">
        {t('app.goHome')}
      </Link>
    </Page>
  )
}

/** A page part that did not arrive: what was written is safe, and one press tries again. */
export function Broken() {
  const { t } = useTranslation()
  return (
    <Page title={t('app.chunkFailed')}>
      <p className="second">{t('app.chunkFailedText')}</p>
      <button type="button" className="btn primary" onClick={() => location.reload()}>
        {t('app.retry')}
      </button>
    </Page>
  )
}

export function Opening() {
  const { t } = useTranslation()
  return (
    <div className="page">
      <main id="main" tabIndex={-1}>
        <p className="quiet" role="status">
          {t('app.loading')}
        </p>
      </main>
    </div>
  )
}
