import { useKept } from '@linli/ui/phone'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { OutcomePage } from '../queue/outcome-page.tsx'
import { drafts, isBlank, restoreDraft } from './draft.ts'
import { filed } from './filed.ts'

/** What became of one report. */
export function ReportedPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { requestId } = useParams({ from: '/own/reports/$requestId' })
  const done = useKept(filed).find((one) => one.requestId === requestId)
  return (
    <OutcomePage
      title={t('report.title')}
      requestId={requestId}
      done={
        done ? (
          <>
            <h2>{t('report.filed')}</h2>
            <p className="num">{done.number}</p>
            {done.photosLost > 0 ? <p>{t('report.photosLost', { count: done.photosLost })}</p> : null}
            <Link to="/cases/$caseId" params={{ caseId: done.caseId }} className="link strong">
              {t('report.see')}
            </Link>
          </>
        ) : undefined
      }
      mendOf={(item) => {
        // Putting this one back must not overwrite another that is being written.
        if (item.kind !== 'report' || drafts.get().some((draft) => draft.accountId === item.accountId && !isBlank(draft))) return undefined
        return () => {
          restoreDraft(item.draft, item.photos)
          void navigate({ to: '/report', replace: true })
        }
      }}
    >
      <Link to="/report" className="btn">
        {t('report.another')}
      </Link>
    </OutcomePage>
  )
}
