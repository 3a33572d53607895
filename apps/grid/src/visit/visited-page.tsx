import { useKept } from '@linli/ui/phone'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { usePersonWords } from '../people/person-words.ts'
import { OutcomePage } from '../queue/outcome-page.tsx'
import { findVisit, restoreVisit, visitDrafts } from './draft.ts'
import { visited } from './visited.ts'

/** What became of one visit, and what of it somebody has to look at. */
export function VisitedPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const words = usePersonWords()
  const { requestId } = useParams({ from: '/own/visits/$requestId' })
  const done = useKept(visited).find((one) => one.requestId === requestId)
  return (
    <OutcomePage
      title={t('visit.title')}
      requestId={requestId}
      done={
        done ? (
          <>
            <h2>{t('visit.done')}</h2>
            {done.toLookAt.length > 0 ? <p>{t('visit.conflict', { what: done.toLookAt.map(words.field).join(t('people.and')) })}</p> : null}
            {done.photosLost > 0 ? <p>{t('report.photosLost', { count: done.photosLost })}</p> : null}
            <Link to="/people/$personId" params={{ personId: done.personId }} className="link strong">
              {t('visit.see')}
            </Link>
          </>
        ) : undefined
      }
      mendOf={(item) => {
        if (item.kind !== 'visit' || findVisit(visitDrafts.get(), item)) return undefined
        return () => {
          restoreVisit(item.draft, item.photos)
          const search = item.alarm ? { alarm: item.alarm.episodeId } : {}
          void navigate({ to: '/people/$personId/visit', params: { personId: item.personId }, search, replace: true })
        }
      }}
    >
      <Link to="/people" className="btn">
        {t('visit.another')}
      </Link>
    </OutcomePage>
  )
}
