import { ApiError } from '@linli/ui/client'
import { useLanguage } from '@linli/ui/text'
import { Link, useRouter } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

/**
 * What a refusal says to a person. In Chinese the server's own sentence, which names the thing where it can; it has no other language, so
 * elsewhere the engine's words by the code. A test holds that every code of every contract has words.
 */
export function useProblemText() {
  const { t, i18n } = useTranslation()
  const isChinese = useLanguage() === 'zh-CN'
  return (error: unknown): string => {
    if (!(error instanceof ApiError)) return t('problem.unknown')
    if (isChinese && error.problem.detail) return error.problem.detail
    const key = `problem.code.${error.code.replace('.', '_')}`
    return i18n.exists(key) ? t(key) : t('problem.unknown')
  }
}

/** A part of a page that could not be read, with another try and the number to quote. */
export function Problem({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useTranslation()
  const words = useProblemText()
  const trace = error instanceof ApiError && error.status >= 500 ? error.problem.traceId : ''
  return (
    <div className="wb-problem" role="alert">
      <p>{words(error)}</p>
      {trace ? <p className="dk-meta">{t('problem.trace', { trace })}</p> : null}
      {retry ? (
        <button type="button" className="dk-button dk-button-small" onClick={retry}>
          {t('desk.again')}
        </button>
      ) : null}
    </div>
  )
}

/** An empty place, said in words; where it is the whole page, its title is the page's. */
export function Nothing({ title, children, isPage = false }: { title: string; children?: ReactNode; isPage?: boolean }) {
  return (
    <div className="wb-nothing">
      {isPage ? <h1 className="wb-nothing-title">{title}</h1> : <p className="wb-nothing-title">{title}</p>}
      {children ? <div className="dk-note">{children}</div> : null}
    </div>
  )
}

export function Waiting({ rows = 6 }: { rows?: number }) {
  const { t } = useTranslation()
  return (
    <div className="wb-waiting" role="status" aria-label={t('desk.loading')}>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: bars without identity
        <span key={row} aria-hidden="true" />
      ))}
    </div>
  )
}

/** An address of nothing. */
export function LostPage() {
  const { t } = useTranslation()
  return (
    <main className="wb-page">
      <Nothing title={t('lost.title')} isPage>
        <Link to="/" className="dk-link">
          {t('lost.home')}
        </Link>
      </Nothing>
    </main>
  )
}

export function RouteProblem({ error }: { error: unknown }) {
  const router = useRouter()
  return (
    <main className="wb-page">
      <Problem error={error} retry={() => void router.invalidate()} />
    </main>
  )
}
