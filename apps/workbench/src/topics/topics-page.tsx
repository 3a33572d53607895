import '../styles/topics.css'
import './words.ts'
import { type Column, DataTable, useNow } from '@linli/ui/desk'
import { useTimeWords } from '@linli/ui/text'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Me, meQuery } from '../api/queries.ts'
import { ListTools } from '../exports/list-tools.tsx'
import { Nothing, Problem, Waiting } from '../parts/states.tsx'
import { may } from '../session/home.ts'
import { OpenTopicDialog } from './open-topic-dialog.tsx'
import { type TopicRow, topicStates, topicsQuery } from './queries.ts'
import { Topic } from './topic.tsx'

export function TopicsPage() {
  const { data: me } = useQuery(meQuery)
  return me ? <Topics me={me} /> : <Waiting />
}

/** 民情: what residents say, by topic; what waits longest for an answer stands on top. */
function Topics({ me }: { me: Me }) {
  const { t } = useTranslation()
  const search = useSearch({ from: '/shell/topics' })
  const navigate = useNavigate()
  const [isAdding, setIsAdding] = useState(false)
  const state = topicStates.find((one) => one === search.state)
  const filter = { ...(state ? { state } : {}), ...(search.q ? { q: search.q } : {}) }
  const list = useInfiniteQuery(topicsQuery(filter))
  const rows = list.data?.pages.flatMap((page) => page.items) ?? []
  const go = (change: Partial<typeof search>) => void navigate({ to: '/topics', search: { ...search, ...change } })
  const columns = useColumns()
  if (search.topic) return <Topic key={search.topic} topicId={search.topic} />
  return (
    <div className="wb-page wb-page-fill">
      <header className="wb-page-head">
        <div>
          <h1>{t('topics.title')}</h1>
          <p className="dk-note">{t('topics.text')}</p>
        </div>
        {may(me, 'cases.topics') ? (
          <button type="button" className="dk-button dk-button-primary" onClick={() => setIsAdding(true)}>
            <Plus size={16} aria-hidden="true" />
            {t('topics.add')}
          </button>
        ) : null}
      </header>
      <nav className="wb-tabs wb-kinds" aria-label={t('topics.which')}>
        {([undefined, ...topicStates] as const).map((one) => (
          <Link
            key={one ?? 'all'}
            to="/topics"
            search={{ ...(search.q ? { q: search.q } : {}), ...(one ? { state: one } : {}) }}
            activeOptions={{ exact: true }}
            aria-current={one === state ? 'page' : undefined}
          >
            {t(`topics.states.${one ?? 'all'}`)}
          </Link>
        ))}
      </nav>
      <form
        className="wb-filter"
        role="search"
        onSubmit={(event) => {
          event.preventDefault()
          const words = new FormData(event.currentTarget).get('q')
          go({ q: typeof words === 'string' && words.trim() ? words.trim() : undefined })
        }}
      >
        <input
          key={search.q ?? ''}
          name="q"
          type="search"
          className="dk-input"
          defaultValue={search.q ?? ''}
          aria-label={t('topics.filter')}
          placeholder={t('topics.filter')}
          maxLength={60}
        />
        <button type="submit" className="dk-button">
          {t('list.find')}
        </button>
      </form>
      <ListTools
        list="cases.topics"
        query={filter}
        address={{ q: search.q, state }}
        canSave={Object.keys(filter).length > 0}
        onChoose={(address) => void navigate({ to: '/topics', search: address })}
      />
      <div className="wb-table-panel">
        {list.isPending ? <Waiting rows={6} /> : null}
        {list.error && rows.length === 0 ? <Problem error={list.error} retry={() => void list.refetch()} /> : null}
        {list.isSuccess ? (
          <DataTable
            caption={t('topics.title')}
            columns={columns}
            rows={rows}
            rowId={(row) => row.topicId}
            selected={undefined}
            onOpen={(topic) => go({ topic })}
            empty={<Nothing title={t('topics.none')}>{t('topics.noneText')}</Nothing>}
          />
        ) : null}
        <footer className="wb-foot">
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
      {isAdding ? <OpenTopicDialog onClose={() => setIsAdding(false)} onDone={(topic) => go({ topic })} /> : null}
    </div>
  )
}

function useColumns(): Column<TopicRow>[] {
  const { t } = useTranslation()
  const time = useTimeWords()
  const now = useNow()
  return [
    {
      key: 'title',
      head: t('topics.topic'),
      cell: (row) => (
        <span>
          <span className="wb-cell-main">{row.title}</span>
          <span className="dk-meta wb-block">{row.areaName}</span>
        </span>
      ),
    },
    { key: 'state', head: t('topics.state'), width: '7rem', cell: (row) => t(`topics.states.${row.state}`) },
    {
      key: 'voices',
      head: t('topics.voices'),
      width: '9rem',
      cell: (row) => (
        <span>
          {t('topics.voicesOf', { count: row.voices })}
          <span className="dk-meta wb-block">{t('topics.recent', { count: row.recent })}</span>
        </span>
      ),
    },
    { key: 'owner', head: t('topics.owner'), width: '14rem', cell: (row) => row.ownerName ?? t('topics.noOwner') },
    {
      key: 'answer',
      head: t('topics.answer'),
      width: '11rem',
      cell: (row) =>
        row.answeredAt ? (
          <span>
            {time.day(row.answeredAt, now)}
            <span className="dk-meta wb-block">{t(row.publishedAt ? 'topics.published' : 'topics.unpublished')}</span>
          </span>
        ) : (
          t('topics.waits', { since: time.length(now - Date.parse(row.openedAt)) })
        ),
    },
  ]
}
