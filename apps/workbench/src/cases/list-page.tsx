import { ClockBadge, ClockShape, type Column, DataTable, KindStamp, moveCursor, stepOf, useDefinitionText, useNow } from '@linli/ui/desk'
import { useTimeWords } from '@linli/ui/text'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { type Kind, kindInAddress, kindOf } from '../api/kinds.ts'
import { type CaseQuery, type CaseRow, type Counts, countsOf, listQuery, type Me, meQuery } from '../api/queries.ts'
import { ListTools } from '../exports/list-tools.tsx'
import { KeyHints } from '../parts/key-hint.tsx'
import { useKeys } from '../parts/keys.ts'
import { Nothing, Problem, Waiting } from '../parts/states.tsx'
import { isLine } from '../session/home.ts'
import { CaseDrawer } from './case-drawer.tsx'
import { KindTabs } from './kind-tabs.tsx'

const clockStates = ['overdue', 'dueSoon', 'onTime', 'paused'] as const
type Clocked = (typeof clockStates)[number]
const asClock = (text: string | undefined): Clocked | undefined => clockStates.find((state) => state === text)

export function ListPage() {
  const { data: me } = useQuery(meQuery)
  return me ? <List me={me} /> : <Waiting />
}

/** The table of a department (or of a whole area): counts by clock that filter it, rows by deadline, the case beside it. */
function List({ me }: { me: Me }) {
  const { t } = useTranslation()
  const search = useSearch({ from: '/shell/list' })
  const navigate = useNavigate()
  const kind = kindOf(search.kind)
  const inAddress = kindInAddress(kind)
  const { data: counts } = useQuery(countsOf(kind))
  const line = isLine(me)
  const queues = queuesOf(kind, line)
  const queue = (queues as readonly (typeof queues)[number][]).find((one) => one === search.queue) ?? queues[0]
  const clock = asClock(search.clock)
  const query: CaseQuery = {
    kind,
    queue,
    ...(clock ? { clock } : {}),
    ...(search.q ? { q: search.q } : {}),
    ...(search.duty ? { duty: search.duty } : {}),
    ...(queue === 'all' && !search.q && !search.duty ? { status: 'open' as const } : {}),
  }
  const list = useInfiniteQuery(listQuery(query))
  const rows = list.data?.pages.flatMap((page) => page.items) ?? []
  const go = (change: Partial<typeof search>) => void navigate({ to: '/list', search: { ...search, ...change } })
  const columns = useColumns(me)
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
  const filtered = clock !== undefined || search.q !== undefined || search.duty !== undefined
  return (
    <div className="wb-page wb-page-fill">
      <header className="wb-page-head">
        <div>
          <h1>{t(line ? 'list.inbox' : 'list.title')}</h1>
          <p className="dk-note">{t(line ? 'list.inboxText' : `list.textOf.${kind}`)}</p>
        </div>
        <nav className="wb-tabs" aria-label={t('list.which')}>
          {(queues as readonly (typeof queues)[number][]).map((one) => (
            <Link key={one} to="/list" search={{ ...inAddress, queue: one }} aria-current={one === queue ? 'page' : undefined}>
              {t(`list.queues.${line ? 'line' : 'area'}.${one}`)} <span className="wb-tab-count">{counts?.queues[one]?.total ?? ''}</span>
            </Link>
          ))}
        </nav>
      </header>
      <KindTabs kind={kind} to="/list" />
      <ClockCounts kind={kind} counts={counts} queue={queue} chosen={clock} onChoose={(next) => go({ clock: next, case: undefined })} />
      <form
        className="wb-filter"
        role="search"
        onSubmit={(event) => {
          event.preventDefault()
          const words = new FormData(event.currentTarget).get('q')
          go({ q: typeof words === 'string' && words.trim() ? words.trim() : undefined, case: undefined })
        }}
      >
        <input
          key={search.q ?? ''}
          name="q"
          type="search"
          className="dk-input"
          defaultValue={search.q ?? ''}
          aria-label={t('list.filter')}
          placeholder={t('list.filter')}
          maxLength={60}
        />
        <button type="submit" className="dk-button">
          {t('list.find')}
        </button>
        {search.duty ? <span className="wb-tag">{t('duties.byDuty')}</span> : null}
        {filtered ? (
          <button type="button" className="dk-link" onClick={() => go({ q: undefined, clock: undefined, duty: undefined })}>
            {t('list.clear')}
          </button>
        ) : null}
      </form>
      <ListTools
        list="cases.list"
        query={query}
        address={{ ...inAddress, queue, clock, q: search.q, duty: search.duty }}
        canSave={filtered}
        onChoose={(address) => void navigate({ to: '/list', search: address })}
      />
      <div className="wb-table-panel">
        {list.error && rows.length === 0 ? <Problem error={list.error} retry={() => void list.refetch()} /> : null}
        {list.isPending ? <Waiting rows={8} /> : null}
        {list.isSuccess ? (
          <DataTable
            caption={t(line ? 'list.inbox' : 'list.title')}
            columns={columns}
            rows={rows}
            rowId={(row) => row.caseId}
            selected={search.case}
            onOpen={(id) => go({ case: id })}
            empty={<Nothing title={t(filtered ? 'list.emptyFiltered' : 'list.empty')} />}
          />
        ) : null}
        <footer className="wb-foot">
          <KeyHints
            hints={[
              { keys: ['J', 'K'], says: t('keys.walk') },
              { keys: ['Enter'], says: t('keys.open') },
              { keys: ['Esc'], says: t('keys.close') },
            ]}
          />
          <span className="dk-note">{t('list.shown', { count: rows.length })}</span>
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
      {search.case ? <CaseDrawer key={search.case} caseId={search.case} me={me} onClose={() => go({ case: undefined })} /> : null}
    </div>
  )
}

function useColumns(me: Me): Column<CaseRow>[] {
  const { t } = useTranslation()
  const text = useDefinitionText()
  const time = useTimeWords()
  const now = useNow()
  const line = isLine(me)
  return [
    {
      key: 'clock',
      head: t('list.columns.clock'),
      width: '11rem',
      cell: (row) =>
        row.clock ? <ClockBadge clock={row.clock} /> : <span className="dk-meta">{text(`stage.${row.stage}`, row.stageName)}</span>,
    },
    {
      key: 'title',
      head: t('list.columns.title'),
      cell: (row) => (
        <span className="wb-cell-title">
          <KindStamp kind={row.kind} />
          <span>
            <span className="wb-cell-main">{row.title}</span>
            <span className="dk-meta wb-block">{row.number}</span>
          </span>
        </span>
      ),
    },
    { key: 'place', head: t('list.columns.place'), width: '12rem', cell: (row) => row.place ?? row.communityName },
    line
      ? { key: 'community', head: t('list.columns.community'), width: '9rem', cell: (row) => row.communityName }
      : { key: 'holder', head: t('list.columns.holder'), width: '11rem', cell: (row) => (row.status === 'open' ? row.holder : '—') },
    { key: 'stage', head: t('list.columns.stage'), width: '7rem', cell: (row) => text(`stage.${row.stage}`, row.stageName) },
    {
      key: 'due',
      head: t('list.columns.due'),
      width: '9rem',
      cell: (row) =>
        row.clock?.state === 'paused' ? time.clock(row.clock, now).absolute : row.dueAt ? time.limit(row.dueAt, now) : t('list.noDue'),
    },
  ]
}

/** The lists of a kind for a unit, or for a whole area. */
function queuesOf(kind: Kind, line: boolean) {
  if (kind === 'appeal')
    return line ? (['mine', 'rectify', 'all'] as const) : (['all', 'supervised', 'rule', 'rectify', 'extension'] as const)
  return line ? (['mine', 'all'] as const) : (['all', 'supervised', 'rule', 'check', 'close', 'extension'] as const)
}

interface ClockCountsProps {
  kind: Kind
  counts: Counts | undefined
  queue: string
  chosen: Clocked | undefined
  onChoose(clock: Clocked | undefined): void
}

/** Each count opens its rows. */
function ClockCounts({ kind, counts, queue, chosen, onChoose }: ClockCountsProps) {
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
      <p className="dk-note">{counts ? t('counts.asOf', { at: time.moment(counts.asOf, now), kind: t(`kinds.${kind}`) }) : ''}</p>
    </div>
  )
}
