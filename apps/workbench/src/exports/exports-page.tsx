import { useNow } from '@linli/ui/desk'
import { useTimeWords } from '@linli/ui/text'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { meQuery } from '../api/queries.ts'
import { CardList } from '../lists/card-list.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { Nothing, Waiting } from '../parts/states.tsx'
import { may } from '../session/home.ts'
import { ExportActions } from './export-actions.tsx'
import { fileSize } from './file-size.ts'
import { HeldExports } from './held-exports.tsx'
import { type ExportJob, exportsQuery } from './queries.ts'

/** The download center (下载中心): what this post takes along, how far it is, and until when it is kept. */
export function ExportsPage() {
  const { t } = useTranslation()
  const { data: me } = useQuery(meQuery)
  if (!me) return <Waiting />
  return (
    <div className="wb-page wb-page-narrow">
      <PageHead title={t('exports.title')} note={t(may(me, 'exchange.export') ? 'exports.text' : 'exports.textHeld')} />
      {may(me, 'exchange.decide') ? <HeldExports /> : null}
      {may(me, 'exchange.export') ? <OwnExports /> : null}
    </div>
  )
}

function OwnExports() {
  const { t } = useTranslation()
  const own = useInfiniteQuery({
    ...exportsQuery,
    // The live line says when one goes on; this is for when the line is broken.
    refetchInterval: ({ state }) => (state.data?.pages.some((page) => page.items.some(isUnderway)) ? 10_000 : false),
  })
  return (
    <CardList list={own} empty={<Nothing title={t('exports.none')}>{t('exports.noneText')}</Nothing>}>
      {(jobs) => (
        <ul className="wb-exports" aria-label={t('exports.title')}>
          {jobs.map((job) => (
            <ExportItem key={job.exportId} job={job} />
          ))}
        </ul>
      )}
    </CardList>
  )
}

const isUnderway = ({ state }: ExportJob): boolean => state === 'queued' || state === 'running'

function ExportItem({ job }: { job: ExportJob }) {
  const { t, i18n } = useTranslation()
  const time = useTimeWords()
  const now = useNow()
  const title = i18n.exists(`exports.lists.${job.list}`) ? t(`exports.lists.${job.list}`) : job.title
  const moment = (at: string | null) => (at ? time.moment(at, now) : '')
  return (
    <li data-state={job.state}>
      <div>
        <h2 className="dk-h3">
          {title} <span className="wb-tag">{job.format}</span>
        </h2>
        <p className="dk-meta">
          {job.number} · {t('exports.askedAt', { at: moment(job.askedAt) })}
        </p>
        <p className="dk-note">{t('exports.purposeIs', { purpose: job.purpose })}</p>
      </div>
      <div className="wb-export-state">
        <p>
          <b>{t(`exports.states.${job.state}`)}</b>{' '}
          {job.state === 'done'
            ? t('exports.size', { count: job.rowsDone, size: fileSize(job.bytes ?? 0) })
            : t('exports.rows', { done: job.rowsDone, count: job.rowsExpected })}
        </p>
        {isUnderway(job) ? (
          <progress
            aria-label={t('exports.progress', { number: job.number })}
            value={job.rowsDone}
            max={Math.max(1, job.rowsExpected, job.rowsDone)}
          />
        ) : null}
        {job.state === 'held' ? <p className="dk-note">{t(`exports.heldFor.${job.heldFor}`)}</p> : null}
        {job.reason ? <p className="dk-note">{t(`exports.reasons.${job.reason}`)}</p> : null}
        {job.decisionReason ? <p className="dk-note">{t('exports.decidedWith', { reason: job.decisionReason })}</p> : null}
        {job.isFileThere ? (
          <p className="dk-note">{t('exports.kept', { link: moment(job.linkUntil), kept: moment(job.keptUntil), count: job.downloads })}</p>
        ) : null}
        {job.state === 'done' && !job.isFileThere ? <p className="dk-note">{t('exports.gone')}</p> : null}
      </div>
      <ExportActions job={job} title={title} />
    </li>
  )
}
