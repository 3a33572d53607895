import { Link } from '@tanstack/react-router'
import { type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'

function Blank({ title, children }: { title: string; children?: ReactNode }) {
  const { t } = useTranslation()
  useEffect(() => {
    document.title = `${title} · ${t('app.name')}`
  }, [title, t])
  return (
    <div className="page">
      <main id="main" tabIndex={-1}>
        <div className="lead">
          <h1>{title}</h1>
        </div>
        {children}
      </main>
    </div>
  )
}

export function Missing() {
  const { t } = useTranslation()
  return (
    <Blank title={t('app.notFound')}>
      <p className="second">{t('app.notFoundText')}</p>
      <Link to="/" className="btn primary">
        {t('app.goHome')}
      </Link>
    </Blank>
  )
}

/** A page part that did not arrive, or nobody to show a page to: what was written is safe, and one press tries again. */
export function NotOpened({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  return (
    <Blank title={t('app.failed')}>
      <p className="second">{children}</p>
      <button type="button" className="btn primary" onClick={() => location.reload()}>
        {t('app.retry')}
      </button>
    </Blank>
  )
}

export function Broken() {
  const { t } = useTranslation()
  return <NotOpened>{t('app.failedText')}</NotOpened>
}

export function Opening() {
  const { t } = useTranslation()
  return (
    <div className="page">
      <main id="main" tabIndex={-1}>
        <p className="second" role="status">
          {t('app.loading')}
        </p>
      </main>
    </div>
  )
}
