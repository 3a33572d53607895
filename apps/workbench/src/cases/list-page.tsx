import { ClockShape, moveCursor, stepOf, useNow } from '@linli/ui/desk'
import { useTimeWords } from '@linli/ui/text'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { ListFilter } from 'lucide-react'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Kind, kindInAddress, kindOf } from '../api/kinds.ts'
import { type Counts, countsOf, listQuery, type Me, meQuery, totalQuery } from '../api/queries.ts'
import { AssistanceFigures } from '../assistance/assistance-figures.tsx'
import type { Chip } from '../lists/filter-chips.tsx'
import { FindForm } from '../lists/find-form.tsx'
import { ListSheet } from '../lists/list-sheet.tsx'
import { useKeys } from '../parts/keys.ts'
import { PageHead } from '../parts/page-head.tsx'
import { Waiting } from '../parts/states.tsx'
import { isLine } from '../session/home.ts'
import { useCaseColumns } from './case-columns.tsx'
import { CaseDrawer } from './case-drawer.tsx'
import { type CaseSearch, type Clocked, clockStates, filterOf, queryOf } from './case-filter.ts'
import { CaseFilters } from './case-filters.tsx'
import { termsQuery, useNarrowed } from './case-terms.ts'
import { KindTabs } from './kind-tabs.tsx'

export function ListPage() {
  const { data: me } = useQuery(meQuery)
  return me ? <List me={me} /> : <Waiting />
}

/** The table of a department (or of a whole area): counts by clock that filter it, rows by deadline, the case beside it. */
function List({ me }: { me: Me }) {
  const { t } = useTranslation()
  const search: CaseSearch = useSearch({ from: '/shell/list' })
  const navigate = useNavigate()
  const filtersId = useId()
  const [isFiltering, setIsFiltering] = useState(false)
  const kind = kindOf(search.kind)
  const inAddress = kindInAddress(kind)
  const { data: counts } = useQuery(countsOf(kind))
  const line = isLine(me)
  const queues: readonly string[] = queuesOf(kind, line)
  const queue = queues.find((one) => one === search.queue) ?? queues[0] ?? 'all'
  const filter = filterOf(search)
  const query = queryOf(kind, queue, search)
  const list = useInfiniteQuery(listQuery(query))
  const rows = list.data?.pages.flatMap((page) => page.items) ?? []
  const { data: total } = useQuery({ ...totalQuery(query), enabled: list.hasNextPage })
  const { data: terms } = useQuery(termsQuery(kind, filter))
  const go = (change: CaseSearch) => void navigate({ to: '/list', search: { ...search, ...change } })
  const clear = () => void navigate({ to: '/list', search: { ...inAddress, queue } })
  const chips = useNarrowed(kind, search, terms).map(
    ({ key, value }): Chip => ({ key, label: t(`lists.labels.${key}`), value, onRemove: () => go({ [key]: undefined, case: undefined }) }),
  )
  useKeys((key, event) => {
    const step = stepOf(key)
    if (!step || (event.target as HTMLElement).closest('[role="toolbar"], fieldset')) return
    event.preventDefault()
    const next = moveCursor(
      rows.map((row) => row.caseId),
      search.case,
      step,
    )
    // With a case open the next one opens; without, the table takes the focus and walks by itself.
    if (search.case) go({ case: next })
    else document.querySelector<HTMLElement>('.wb-table-panel tbody tr[tabindex="0"]')?.focus()
  })
  return (
    <div className="wb-page wb-page-fill">
      <PageHead title={t(line ? 'list.inbox' : 'list.title')} note={t(line ? 'list.inboxText' : `list.textOf.${kind}`)}>
        <nav className="wb-tabs" aria-label={t('list.which')}>
          {queues.map((one) => (
            <Link key={one} to="/list" search={{ ...inAddress, queue: one }} aria-current={one === queue ? 'page' : undefined}>
              {t(`list.queues.${line ? 'line' : 'area'}.${one}`)} <span className="wb-tab-count">{counts?.queues[one]?.total ?? ''}</span>
            </Link>
          ))}
        </nav>
      </PageHead>
      <KindTabs kind={kind} to="/list" />
      {kind === 'assistance' ? <AssistanceFigures /> : null}
      <ClockCounts
        kind={kind}
        counts={counts}
        queue={queue}
        chosen={filter.clock as Clocked | undefined}
        isNarrowed={chips.some(({ key }) => key !== 'clock')}
        onChoose={(clock) => go({ clock, case: undefined })}
      />
      <FindForm q={search.q} label={t('list.filter')} onFind={(q) => go({ q, case: undefined })}>
        <button
          type="button"
          className="dk-button"
          aria-expanded={isFiltering}
          aria-controls={filtersId}
          onClick={() => setIsFiltering(!isFiltering)}
        >
          <ListFilter size={16} aria-hidden="true" />
          {t('lists.filters')}
        </button>
      </FindForm>
      {isFiltering ? (
        <CaseFilters
          id={filtersId}
          kind={kind}
          queue={queue}
          search={search}
          terms={terms}
          root={me.actingPost ? { areaId: me.actingPost.areaId, name: me.actingPost.areaName } : null}
          isLine={line}
          onChange={(change) => go({ ...change, case: undefined })}
        />
      ) : null}
      <ListSheet
        name="cases.list"
        caption={t(line ? 'list.inbox' : 'list.title')}
        columns={useCaseColumns(line)}
        list={list}
        rowId={(row) => row.caseId}
        rowName={(row) => row.number}
        selected={search.case}
        onOpen={(id) => go({ case: id })}
        chips={chips}
        onClear={clear}
        emptyTitle={t('list.empty')}
        total={total}
        asked={{
          query,
          address: { ...inAddress, queue, sort: search.sort, ...filter },
          onChoose: (address) => void navigate({ to: '/list', search: address }),
        }}
      />
      {search.case ? <CaseDrawer key={search.case} caseId={search.case} me={me} onClose={() => go({ case: undefined })} /> : null}
    </div>
  )
}

/** The lists of a kind for a unit, or for a whole area. */
function queuesOf(kind: Kind, line: boolean) {
  if (kind === 'appeal')
    return line ? (['mine', 'rectify', 'all'] as const) : (['all', 'supervised', 'rule', 'rectify', 'extension'] as const)
  if (kind === 'assistance') return line ? (['mine', 'all'] as const) : (['all', 'admit', 'mine', 'rule'] as const)
  return line ? (['mine', 'all'] as const) : (['all', 'supervised', 'rule', 'check', 'close', 'extension'] as const)
}

interface ClockCountsProps {
  kind: Kind
  counts: Counts | undefined
  queue: string
  chosen: Clocked | undefined
  /** The list is narrowed to something else too, which these counts know nothing of. */
  isNarrowed: boolean
  onChoose(clock: Clocked | undefined): void
}

/** Each count opens its rows. */
function ClockCounts({ kind, counts, queue, chosen, isNarrowed, onChoose }: ClockCountsProps) {
  const { t } = useTranslation()
  const time = useTimeWords()
  const now = useNow()
  const of = counts?.queues[queue]
  const value = (state: Clocked): number | undefined =>
    of ? (state === 'onTime' ? of.total - of.overdue - of.dueSoon - of.paused : of[state]) : undefined
  return (
    <div className="wb-counts" role="group" aria-label={t('counts.label')}>
      {clockStates.map((state) => (
        <button
          key={state}
          type="button"
          className="wb-count"
          aria-pressed={state === chosen}
          onClick={() => onChoose(state === chosen ? undefined : state)}
        >
          <ClockShape state={state} />
          <b>{value(state) ?? '—'}</b>
          <span>
            {t(`counts.${state}`)}
            <small>{t(`counts.${state}Text`)}</small>
          </span>
        </button>
      ))}
      <p className="dk-note">
        {counts ? t('counts.asOf', { at: time.moment(counts.asOf, now), kind: t(`kinds.${kind}`) }) : ''}
        {isNarrowed ? <span className="wb-block">{t('lists.countsBefore')}</span> : null}
      </p>
    </div>
  )
}
