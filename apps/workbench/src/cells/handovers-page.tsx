import './words.ts'
import { useNow } from '@linli/ui/desk'
import { useTimeWords } from '@linli/ui/text'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { rowsOf } from '../lists/card-list.tsx'
import { chipsOf } from '../lists/filter-chips.tsx'
import type { ListColumn } from '../lists/list-column.ts'
import { ListSheet } from '../lists/list-sheet.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { type HandoverRow, handoversQuery } from './queries.ts'

/** Who handed what over, and when: the newest first. */
export function HandoversPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { community } = useSearch({ from: '/shell/handovers' })
  const list = useInfiniteQuery(handoversQuery(community))
  const showAll = () => void navigate({ to: '/handovers', search: {} })
  const name = community && (rowsOf(list)[0]?.areaName ?? t('handovers.oneCommunity'))
  return (
    <div className="wb-page wb-page-fill">
      <PageHead title={t('handovers.title')} note={t('handovers.text')}>
        <Link to="/cells" search={community ? { community } : {}} className="dk-button dk-button-small">
          {t('cells.title')}
        </Link>
      </PageHead>
      <ListSheet
        name="access.handovers"
        caption={t('handovers.title')}
        columns={useColumns()}
        list={list}
        rowId={(row) => row.handoverId}
        rowName={(row) => row.areaName}
        onOpen={(handoverId) => void navigate({ to: '/handovers/$handoverId', params: { handoverId } })}
        chips={chipsOf([['community', t('handovers.area'), name]], showAll)}
        onClear={showAll}
        emptyTitle={t('handovers.none')}
        asked={{
          query: { community },
          address: { community },
          onChoose: (address) => void navigate({ to: '/handovers', search: address }),
        }}
      />
    </div>
  )
}

function useColumns(): ListColumn<HandoverRow>[] {
  const { t } = useTranslation()
  const time = useTimeWords()
  const now = useNow()
  const why = (row: HandoverRow) => (row.cause === 'cells' ? row.reason : t('handovers.postEndedShort'))
  const at = (row: HandoverRow) => time.moment(row.madeAt, now)
  return [
    {
      key: 'area',
      head: t('handovers.area'),
      width: '12rem',
      isFixed: true,
      cell: (row) => (
        <Link to="/handovers/$handoverId" params={{ handoverId: row.handoverId }} className="dk-link">
          {row.areaName}
        </Link>
      ),
      text: (row) => row.areaName,
    },
    { key: 'why', head: t('handovers.why'), cell: why, text: why },
    {
      key: 'cases',
      head: t('handovers.casesHead'),
      width: '7rem',
      align: 'end',
      cell: (row) => row.cases,
      text: (row) => String(row.cases),
    },
    {
      key: 'buildings',
      head: t('handovers.buildingsHead'),
      width: '7rem',
      align: 'end',
      cell: (row) => row.buildings,
      text: (row) => String(row.buildings),
    },
    { key: 'who', head: t('handovers.who'), width: '8rem', cell: (row) => row.byName, text: (row) => row.byName },
    { key: 'at', head: t('handovers.at'), width: '10rem', cell: (row) => <time dateTime={row.madeAt}>{at(row)}</time>, text: at },
  ]
}
