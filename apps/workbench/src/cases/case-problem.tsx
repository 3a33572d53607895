import { ApiError } from '@linli/ui/client'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Nothing, Problem } from '../parts/states.tsx'

/** Out of scope and never there are the same answer, and said without reproach. */
export function CaseProblem({ error, retry }: { error: unknown; retry(): void }) {
  const { t } = useTranslation()
  if (error instanceof ApiError && (error.status === 404 || error.code === 'base.request_invalid')) {
    return (
      <Nothing title={t('case.notFound')} isPage>
        {t('case.notFoundText')}{' '}
        <Link to="/" className="dk-link">
          {t('lost.home')}
        </Link>
      </Nothing>
    )
  }
  return <Problem error={error} retry={retry} />
}
