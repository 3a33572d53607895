import { useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { meQuery } from '../api/queries.ts'
import { may } from '../session/home.ts'
import type { ListedNow } from './queries.ts'

const ExportDialog = lazy(async () => ({ default: (await import('./export-dialog.tsx')).ExportDialog }))

/** Takes the list along as it is filtered now; not there for a post that may not. */
export function ExportButton({ list, query }: ListedNow) {
  const { t } = useTranslation()
  const { data: me } = useQuery(meQuery)
  const [isOpen, setIsOpen] = useState(false)
  if (!me || !may(me, 'exchange.export')) return null
  return (
    <>
      <button type="button" className="dk-button dk-button-small" aria-haspopup="dialog" onClick={() => setIsOpen(true)}>
        <Download size={16} aria-hidden="true" />
        {t('exports.export')}
      </button>
      {isOpen ? (
        <Suspense>
          <ExportDialog list={list} query={query} onClose={() => setIsOpen(false)} />
        </Suspense>
      ) : null}
    </>
  )
}
