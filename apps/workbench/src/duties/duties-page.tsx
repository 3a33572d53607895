import { useDefinitionText } from '@linli/ui/desk'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Plus, Printer } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Me, meQuery } from '../api/queries.ts'
import { rowsOf } from '../lists/card-list.tsx'
import { chipsOf } from '../lists/filter-chips.tsx'
import type { ListColumn } from '../lists/list-column.ts'
import { ListSheet } from '../lists/list-sheet.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { Waiting } from '../parts/states.tsx'
import { may } from '../session/home.ts'
import { useDayWords } from './day-words.ts'
import { DutyChanges } from './duty-changes.tsx'
import { DutyDialog } from './duty-dialog.tsx'
import { DutyDrawer } from './duty-drawer.tsx'
import { DutyFilters, useDutyChoices } from './duty-filters.tsx'
import { DutyState, useDutyState } from './duty-state.tsx'
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
  const go = (change: Partial<typeof search>) => void navigate({ to: '/duties', search: { ...search, ...change } })
  const total = first ? first.counts.basic + first.counts.cooperating + first.counts.withdrawn : undefined
  const { q, category, org, area, on, ever } = search
  const others = { q, category, org, area, on, ever }
  const choices = useDutyChoices()
  const nameOf = (key: keyof typeof choices) => choices[key].find(({ value }) => value === search[key])?.text ?? search[key]
  const chips = chipsOf(
    [
      ['q', t('lists.labels.q'), q],
      ['category', t('duties.category'), nameOf('category')],
      ['org', t('duties.org'), nameOf('org')],
      ['area', t('duties.area'), nameOf('area')],
      ['on', t('duties.on'), on && day(on)],
      ['ever', t('duties.state'), ever && t('duties.ever')],
    ],
    (key) => go({ [key]: undefined, duty: undefined }),
  )
  return (
    <div className="wb-page wb-page-fill wb-duties">
      <PageHead title={t('duties.title')} note={t('duties.text')}>
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
      </PageHead>
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
      <DutyFilters search={search} choices={choices} onChange={(change) => go({ ...change, duty: undefined })} />
      <ListSheet
        name="cases.duties"
        caption={t('duties.title')}
        columns={useColumns()}
        list={list}
        rowId={(row) => row.dutyId}
        rowName={(row) => row.clauseNo}
        selected={search.duty}
        onOpen={(duty) => go({ duty })}
        chips={chips}
        onClear={() => void navigate({ to: '/duties', search: { standing } })}
        emptyTitle={t('duties.none')}
        emptyText={t('duties.noneText')}
        note={first && !search.ever ? t('duties.shownOn', { count: rowsOf(list).length, day: day(first.on) }) : undefined}
        asked={{
          query: filter,
          address: { ...others, standing },
          onChoose: (address) => void navigate({ to: '/duties', search: address }),
        }}
      />
      {search.duty ? <DutyDrawer key={search.duty} me={me} dutyId={search.duty} onClose={() => go({ duty: undefined })} /> : null}
      {isAdding ? <DutyDialog onClose={() => setIsAdding(false)} /> : null}
    </div>
  )
}

function useColumns(): ListColumn<DutyRow>[] {
  const { t } = useTranslation()
  const text = useDefinitionText()
  const state = useDutyState()
  const standing = (row: DutyRow) => t(`duties.lists.${row.standing}`)
  const category = (row: DutyRow) => text(`category.${row.category}`, row.categoryName)
  return [
    { key: 'clauseNo', head: t('duties.clauseNo'), width: '6rem', cell: (row) => row.clauseNo, text: (row) => row.clauseNo },
    {
      key: 'clause',
      head: t('duties.clause'),
      isFixed: true,
      cell: (row) => (
        <span>
          <span className="wb-cell-main">{row.clause}</span>
          <span className="dk-meta wb-block">{row.document}</span>
        </span>
      ),
      text: (row) => `${row.clause} ${row.document}`,
    },
    { key: 'category', head: t('duties.category'), width: '9rem', cell: category, text: category },
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
      text: (row) => `${row.orgName} ${row.areaName}`,
    },
    {
      key: 'standing',
      head: t('duties.list'),
      width: '9rem',
      cell: (row) => (
        <span className="wb-standing" data-standing={row.standing}>
          {standing(row)}
        </span>
      ),
      text: standing,
    },
    { key: 'state', head: t('duties.state'), width: '10rem', cell: (row) => <DutyState row={row} />, text: state },
  ]
}
