import '../styles/cells.css'
import './words.ts'
import { useNow } from '@linli/ui/desk'
import { useTimeWords } from '@linli/ui/text'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Printer } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { ExportButton } from '../exports/export-button.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { Problem, Waiting } from '../parts/states.tsx'
import { HandoverCounts, HandoverItems, HandoverParties } from './handover-tables.tsx'
import { handoverQuery } from './queries.ts'

/** One handover list, on the screen and on paper with lines to sign. */
export function HandoverPage() {
  const { t } = useTranslation()
  const time = useTimeWords()
  const now = useNow()
  const { handoverId } = useParams({ from: '/shell/handovers/$handoverId' })
  const handover = useQuery(handoverQuery(handoverId))
  if (handover.isPending) return <Waiting />
  if (handover.error && !handover.data) return <Problem error={handover.error} retry={() => void handover.refetch()} />
  const data = handover.data
  if (!data) return null
  return (
    <div className="wb-page wb-handover">
      <PageHead
        title={t('handovers.one', { area: data.areaName })}
        note={
          <>
            <time dateTime={data.madeAt}>{time.moment(data.madeAt, now)}</time> {data.byName}
            {data.cause === 'cells' ? t('handovers.because', { reason: data.reason }) : t('handovers.postEnded')}
          </>
        }
      >
        <div className="wb-inline wb-no-print">
          <Link to="/handovers" search={{}} className="dk-button dk-button-small">
            {t('handovers.all')}
          </Link>
          <button type="button" className="dk-button dk-button-small" onClick={() => globalThis.print()}>
            <Printer size={16} aria-hidden="true" />
            {t('handovers.print')}
          </button>
          <ExportButton list="access.handover" query={{ handover: handoverId }} />
        </div>
      </PageHead>
      <HandoverParties parties={data.parties} />
      <p>
        <HandoverCounts items={data.items} />
      </p>
      <HandoverItems items={data.items} />
      <p className="wb-handover-signs" aria-hidden="true">
        <span>{t('handovers.signGives')}</span>
        <span>{t('handovers.signTakes')}</span>
        <span>{t('handovers.signDay')}</span>
      </p>
    </div>
  )
}
