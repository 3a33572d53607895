import './words.ts'
import { type Column, DataTable, useNow } from '@linli/ui/desk'
import { useTimeWords } from '@linli/ui/text'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Nothing, Problem, Waiting } from '../parts/states.tsx'
import { type HandoverRow, handoversQuery } from './queries.ts'

/** Who handed what over, and when: the newest first. */
export function HandoversPage() {
  const { t } = useTranslation()
  const time = useTimeWords()
  const now = useNow()
  const navigate = useNavigate()
  const { community } = useSearch({ from: '/shell/handovers' })
  const handovers = useInfiniteQuery(handoversQuery(community))
  const rows = handovers.data?.pages.flatMap(({ items }) => items) ?? []
  const columns: Column<HandoverRow>[] = [
    {
      key: 'area',
      head: t('handovers.area'),
      width: '12rem',
      cell: (row) => (
        <Link to="/handovers/$handoverId" params={{ handoverId: row.handoverId }} className="dk-link">
          {row.areaName}
        </Link>
      ),
    },
    { key: 'why', head: t('handovers.why'), cell: (row) => (row.cause === 'cells' ? row.reason : t('handovers.postEndedShort')) },
    { key: 'cases', head: t('handovers.casesHead'), width: '7rem', align: 'end', cell: (row) => row.cases },
    { key: 'buildings', head: t('handovers.buildingsHead'), width: '7rem', align: 'end', cell: (row) => row.buildings },
    { key: 'who', head: t('handovers.who'), width: '8rem', cell: (row) => row.byName },
    {
      key: 'at',
      head: t('handovers.at'),
      width: '10rem',
      cell: (row) => <time dateTime={row.madeAt}>{time.moment(row.madeAt, now)}</time>,
    },
  ]
  return (
    <div className="wb-page">
      <header className="wb-page-head">
        <div>
          <h1>{t('handovers.title')}</h1>
          <p className="dk-note">{t('handovers.text')}</p>
        </div>
        <Link to="/cells" search={community ? { community } : {}} className="dk-button dk-button-small">
          {t('cells.title')}
        </Link>
      </header>
      {handovers.isPending ? <Waiting /> : null}
      {handovers.error && rows.length === 0 ? <Problem error={handovers.error} retry={() => void handovers.refetch()} /> : null}
      {handovers.isSuccess ? (
        <div className="wb-table-panel">
          <DataTable
            caption={t('handovers.title')}
            columns={columns}
            rows={rows}
            rowId={(row) => row.handoverId}
            onOpen={(handoverId) => void navigate({ to: '/handovers/$handoverId', params: { handoverId } })}
            empty={<Nothing title={t('handovers.none')} />}
          />
        </div>
      ) : null}
      {handovers.hasNextPage ? (
        <p className="wb-more">
          <button
            type="button"
            className="dk-button dk-button-small"
            disabled={handovers.isFetchingNextPage}
            onClick={() => void handovers.fetchNextPage()}
          >
            {t('queue.more')}
          </button>
        </p>
      ) : null}
    </div>
  )
}
