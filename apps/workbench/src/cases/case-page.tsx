import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Printer } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { caseQuery, meQuery } from '../api/queries.ts'
import { Waiting } from '../parts/states.tsx'
import { CasePanel } from './case-panel.tsx'
import { CaseSide } from './case-side.tsx'
import { ReceiptButton } from './receipt-button.tsx'

/** Everything of one case at its own address. */
export function CasePage() {
  const { t } = useTranslation()
  const { caseId } = useParams({ from: '/shell/cases/$caseId' })
  const { data: me } = useQuery(meQuery)
  const { data } = useQuery(caseQuery(caseId))
  if (!me) return <Waiting />
  return (
    <div className="wb-case-page">
      <div className="wb-case-page-main">
        <CasePanel
          key={caseId}
          caseId={caseId}
          me={me}
          isPage
          tools={
            <>
              {data ? <ReceiptButton caseFile={data} /> : null}
              <button type="button" className="dk-button dk-button-small wb-case-tools" onClick={() => globalThis.print()}>
                <Printer size={16} aria-hidden="true" /> {t('case.print')}
              </button>
            </>
          }
        />
      </div>
      {data ? <CaseSide caseFile={data} /> : null}
    </div>
  )
}
