import { useKept } from '@linli/ui/phone'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Page } from '../frame/page.tsx'
import { refusalWords } from '../frame/problem-words.ts'
import type { QueuedReport } from '../kept/items.ts'
import { queue, throwAway, waiting } from '../kept/queue.ts'
import { useOwnMe } from '../session/signed-in.tsx'
import { drafts, isBlank, restoreDraft } from './draft.ts'
import { filed } from './filed.ts'

/** What became of one report: taken with its number, kept until there is a network, or come back to be mended. */
export function ReportedPage() {
  const { t } = useTranslation()
  const { requestId } = useParams({ from: '/own/reports/$requestId' })
  const { accountId } = useOwnMe()
  const done = useKept(filed).find((one) => one.requestId === requestId)
  const item = useKept(waiting).find((one) => one.requestId === requestId && one.accountId === accountId)
  return (
    <Page title={t('report.title')}>
      <div className="lead" role="status">
        {done ? (
          <>
            <h2>{t('report.filed')}</h2>
            <p className="num">{done.number}</p>
            {done.photosLost > 0 ? <p>{t('report.photosLost', { count: done.photosLost })}</p> : null}
          </>
        ) : item?.refusal ? (
          <>
            <h2>{t('report.refused')}</h2>
            <p>{refusalWords(item.refusal, t)}</p>
          </>
        ) : item ? (
          <>
            <h2>{t('report.waiting')}</h2>
            <p>{t('report.waitingText')}</p>
          </>
        ) : (
          <h2>{t('report.unknown')}</h2>
        )}
      </div>
      {done ? (
        <a className="btn big wide" href={`/workbench/cases/${done.caseId}`}>
          {t('report.see')}
        </a>
      ) : null}
      {item?.kind === 'report' && item.refusal ? <Mend item={item} /> : null}
      <div className="btn-row">
        <Link to="/report" className="btn">
          {t('report.another')}
        </Link>
        <Link to="/" className="btn">
          {t('app.goHome')}
        </Link>
      </div>
    </Page>
  )
}

/** Back to the form, or away with it; either is the worker's to decide. */
function Mend({ item }: { item: QueuedReport }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  // Putting this one back must not overwrite another that is being written.
  const isWriting = drafts.get().some((draft) => draft.accountId === item.accountId && !isBlank(draft))
  const mend = (): void => {
    queue.discard(item.requestId)
    restoreDraft(item.draft, item.photos)
    void navigate({ to: '/report', replace: true })
  }
  return (
    <>
      <button type="button" className="btn primary big wide" disabled={isWriting} onClick={mend}>
        {t('report.mendIt')}
      </button>
      {isWriting ? <p className="quiet">{t('report.finishFirst')}</p> : null}
      <button type="button" className="btn wide" onClick={() => throwAway(item.requestId)}>
        {t('queue.throwAway')}
      </button>
    </>
  )
}
