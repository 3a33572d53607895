import { KeyCap, useDefinitionText, useNow } from '@linli/ui/desk'
import { useTimeWords } from '@linli/ui/text'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ExportButton } from '../exports/export-button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Problem, Waiting } from '../parts/states.tsx'
import { figureQuery, type Opened } from './queries.ts'

/** The cases that a figure counts, one line for each time it counts them, masked; what it means, when it was read, and the way out as a file. */
export function FigureDialog({ opened, onClose }: { opened: Opened; onClose(): void }) {
  const { t } = useTranslation()
  const text = useDefinitionText()
  const time = useTimeWords()
  const now = useNow()
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(figureQuery(opened))
  const rows = data?.pages.flatMap((page) => page.items) ?? []
  const first = data?.pages[0]
  const { kind, figure, days, area, place, week, name, where, count, definition } = opened
  const asked = { kind, figure, days: String(days), ...(area && { area }), ...(place && { place }), ...(week && { week }) }
  return (
    <Dialog
      onClose={onClose}
      width="52rem"
      title={`${where} · ${t(`kinds.${kind}`)} · ${name}`}
      footer={
        <div className="wb-dialog-foot">
          <ExportButton list="cases.figure" query={asked} />
          <button type="button" className="dk-button" onClick={onClose}>
            {t('exports.close')}
            <KeyCap>Esc</KeyCap>
          </button>
        </div>
      }
    >
      <div className="wb-dialog-body wb-figure-rows">
        {definition ? <p>{definition}</p> : null}
        {first ? (
          <p className="dk-note" role="status">
            {t('statistics.rows', { shown: rows.length, count, at: time.moment(first.asOf, now) })}
            {!hasNextPage && rows.length !== count ? ` ${t('statistics.changed', { before: count, count: rows.length })}` : ''}
          </p>
        ) : error ? null : (
          <Waiting rows={5} />
        )}
        {error ? <Problem error={error} retry={() => void refetch()} /> : null}
        {rows.length > 0 ? (
          <div className="wb-rate-table">
            <table className="dk-table">
              <thead>
                <tr>
                  {(['number', 'subject', 'stage', 'community', 'opened'] as const).map((key) => (
                    <th key={key} scope="col">
                      {t(`statistics.row.${key}`)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={`${row.caseId} ${row.nth}`}>
                    <td data-head={t('statistics.row.number')}>
                      <Link to="/cases/$caseId" params={{ caseId: row.caseId }} className="dk-link">
                        {row.number}
                      </Link>
                      {row.times > 1 ? <small> {t('statistics.time', { nth: row.nth, times: row.times })}</small> : null}
                    </td>
                    <td data-head={t('statistics.row.subject')}>
                      {row.isSealed
                        ? t('statistics.sealed')
                        : row.category
                          ? text(`category.${row.category}`, row.categoryName ?? row.category)
                          : '—'}
                    </td>
                    <td data-head={t('statistics.row.stage')}>{text(`stage.${row.stage}`, row.stageName)}</td>
                    <td data-head={t('statistics.row.community')}>{row.communityName ?? '—'}</td>
                    <td data-head={t('statistics.row.opened')}>{time.moment(row.openedAt, now)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        ) : null}
        {hasNextPage ? (
          <button type="button" className="dk-button" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('statistics.more')}
          </button>
        ) : null}
      </div>
    </Dialog>
  )
}
