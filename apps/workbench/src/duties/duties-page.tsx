import { type Column, DataTable, useDefinitionText } from '@linli/ui/desk'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Plus, Printer } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Me, meQuery } from '../api/queries.ts'
import { ListTools } from '../exports/list-tools.tsx'
import { Nothing, Problem, Waiting } from '../parts/states.tsx'
import { may } from '../session/home.ts'
import { useDayWords } from './day-words.ts'
import { DutyChanges } from './duty-changes.tsx'
import { DutyDialog } from './duty-dialog.tsx'
import { DutyDrawer } from './duty-drawer.tsx'
import { DutyFilters } from './duty-filters.tsx'
import { DutyState } from './duty-state.tsx'
import { type DutyFilter, type DutyRow, dutiesQuery, standings } from './queries.ts'

export function DutiesPage() {
  const { data: me } = useQuery(meQuery)
  return me ? <Duties me={me} /> : <Waiting />
}

/** The duty lists (履行职责事项清单): three lists, each line with its basis; what waits for a second person stands above them. */
function Duties({ me }: { me: Me }) {
  const { t } = useTranslation()
  const day = useDayWords()
  const search = useSearch({ from: '/shell/duties' })
  const navigate = useNavigate()
  const [isAdding, setIsAdding] = useState(false)
  const standing = standings.find((one) => one === search.standing)
  const filter: DutyFilter = {
    ...(standing ? { standing } : {}),
    ...(search.q ? { q: search.q } : {}),
    ...(search.category ? { category: search.category } : {}),
    ...(search.org ? { org: search.org } : {}),
    ...(search.area ? { area: search.area } : {}),
    ...(search.ever ? { ever: 'true' as const } : search.on ? { on: search.on } : {}),
  }
  const list = useInfiniteQuery(dutiesQuery(filter))
  const first = list.data?.pages[0]
  const rows = list.data?.pages.flatMap((page) => page.items) ?? []
  const go = (change: Partial<typeof search>) => void navigate({ to: '/duties', search: { ...search, ...change } })
  const columns = useColumns()
  const total = first ? first.counts.basic + first.counts.cooperating + first.counts.withdrawn : undefined
  const { q, category, org, area, on, ever } = search
  const others = { q, category, org, area, on, ever }
  const isFiltered = Object.values(others).some((value) => value !== undefined)
  return (
    <div className="wb-page wb-page-fill wb-duties">
      <header className="wb-page-head">
        <div>
          <h1>{t('duties.title')}</h1>
          <p className="dk-note">{t('duties.text')}</p>
        </div>
        <p className="wb-inline wb-no-print">
          <button type="button" className="dk-button" onClick={() => globalThis.print()}>
            <Printer size={16} aria-hidden="true" />
            {t('duties.print')}
          </button>
          {may(me, 'cases.duties') ? (
            <button type="button" className="dk-button dk-button-primary" onClick={() => setIsAdding(true)}>
              <Plus size={16} aria-hidden="true" />
              {t('duties.add')}
            </button>
          ) : null}
        </p>
      </header>
      {first?.proposed ? <DutyChanges /> : null}
      <nav className="wb-tabs wb-kinds" aria-label={t('duties.which')}>
        {([undefined, ...standings] as const).map((one) => (
          <Link
            key={one ?? 'all'}
            to="/duties"
            search={{ ...others, standing: one }}
            activeOptions={{ exact: true }}
            aria-current={one === standing ? 'page' : undefined}
          >
            {t(`duties.lists.${one ?? 'all'}`)} <span className="wb-tab-count">{first ? (one ? first.counts[one] : total) : ''}</span>
          </Link>
        ))}
      </nav>
      <p className="dk-note">{t(`duties.textOf.${standing ?? 'all'}`)}</p>
      <DutyFilters search={search} isFiltered={isFiltered} onChange={(change) => go({ ...change, duty: undefined })} />
      <ListTools
        list="cases.duties"
        query={filter}
        address={{ ...others, standing }}
        canSave={isFiltered}
        onChoose={(address) => void navigate({ to: '/duties', search: address })}
      />
      <div className="wb-table-panel">
        {list.isPending ? <Waiting rows={8} /> : null}
        {list.error && rows.length === 0 ? <Problem error={list.error} retry={() => void list.refetch()} /> : null}
        {list.isSuccess ? (
          <DataTable
            caption={t('duties.title')}
            columns={columns}
            rows={rows}
            rowId={(row) => row.dutyId}
            selected={search.duty}
            onOpen={(duty) => go({ duty })}
            empty={
              <Nothing title={t(isFiltered ? 'duties.noneFiltered' : 'duties.none')}>{isFiltered ? null : t('duties.noneText')}</Nothing>
            }
          />
        ) : null}
        <footer className="wb-foot">
          <span className="dk-note">
            {first && !search.ever
              ? t('duties.shownOn', { count: rows.length, day: day(first.on) })
              : t('list.shown', { count: rows.length })}
          </span>
          {list.hasNextPage ? (
            <button
              type="button"
              className="dk-button dk-button-small"
              disabled={list.isFetchingNextPage}
              onClick={() => void list.fetchNextPage()}
            >
              {t('queue.more')}
            </button>
          ) : null}
        </footer>
      </div>
      {search.duty ? <DutyDrawer key={search.duty} me={me} dutyId={search.duty} onClose={() => go({ duty: undefined })} /> : null}
      {isAdding ? <DutyDialog onClose={() => setIsAdding(false)} /> : null}
    </div>
  )
}

function useColumns(): Column<DutyRow>[] {
  const { t } = useTranslation()
  const text = useDefinitionText()
  return [
    { key: 'clauseNo', head: t('duties.clauseNo'), width: '6rem', cell: (row) => row.clauseNo },
    {
      key: 'clause',
      head: t('duties.clause'),
      cell: (row) => (
        <span>
          <span className="wb-cell-main">{row.clause}</span>
          <span className="dk-meta wb-block">{row.document}</span>
        </span>
      ),
    },
    { key: 'category', head: t('duties.category'), width: '9rem', cell: (row) => text(`category.${row.category}`, row.categoryName) },
    {
      key: 'org',
      head: t('duties.org'),
      width: '14rem',
      cell: (row) => (
        <span>
          {row.orgName}
          <span className="dk-meta wb-block">{row.areaName}</span>
        </span>
      ),
    },
    {
      key: 'standing',
      head: t('duties.list'),
      width: '9rem',
      cell: (row) => (
        <span className="wb-standing" data-standing={row.standing}>
          {t(`duties.lists.${row.standing}`)}
        </span>
      ),
    },
    { key: 'state', head: t('duties.state'), width: '10rem', cell: (row) => <DutyState row={row} /> },
  ]
}
