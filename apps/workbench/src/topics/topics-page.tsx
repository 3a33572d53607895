import '../styles/topics.css'
import './words.ts'
import { useNow } from '@linli/ui/desk'
import { useTimeWords } from '@linli/ui/text'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Me, meQuery } from '../api/queries.ts'
import { chipsOf } from '../lists/filter-chips.tsx'
import { FindForm } from '../lists/find-form.tsx'
import type { ListColumn } from '../lists/list-column.ts'
import { ListSheet } from '../lists/list-sheet.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { Waiting } from '../parts/states.tsx'
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
  const go = (change: Partial<typeof search>) => void navigate({ to: '/topics', search: { ...search, ...change } })
  const columns = useColumns()
  const chips = chipsOf(
    [
      ['q', t('lists.labels.q'), search.q],
      ['state', t('topics.state'), state && t(`topics.states.${state}`)],
    ],
    (key) => go({ [key]: undefined }),
  )
  if (search.topic) return <Topic key={search.topic} topicId={search.topic} />
  return (
    <div className="wb-page wb-page-fill">
      <PageHead title={t('topics.title')} note={t('topics.text')}>
        {may(me, 'cases.topics') ? (
          <button type="button" className="dk-button dk-button-primary" onClick={() => setIsAdding(true)}>
            <Plus size={16} aria-hidden="true" />
            {t('topics.add')}
          </button>
        ) : null}
      </PageHead>
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
      <FindForm q={search.q} label={t('topics.filter')} onFind={(q) => go({ q })} />
      <ListSheet
        name="cases.topics"
        caption={t('topics.title')}
        columns={columns}
        list={list}
        rowId={(row) => row.topicId}
        rowName={(row) => row.title}
        onOpen={(topic) => go({ topic })}
        chips={chips}
        onClear={() => void navigate({ to: '/topics', search: {} })}
        emptyTitle={t('topics.none')}
        emptyText={t('topics.noneText')}
        asked={{ query: filter, address: filter, onChoose: (address) => void navigate({ to: '/topics', search: address }) }}
      />
      {isAdding ? <OpenTopicDialog onClose={() => setIsAdding(false)} onDone={(topic) => go({ topic })} /> : null}
    </div>
  )
}

function useColumns(): ListColumn<TopicRow>[] {
  const { t } = useTranslation()
  const time = useTimeWords()
  const now = useNow()
  /** What it is, and below it in small letters what one wants to know next. */
  const two = (key: string, head: string, width: string | undefined, say: (row: TopicRow) => [string, string?]): ListColumn<TopicRow> => ({
    key,
    head,
    ...(width ? { width } : { isFixed: true }),
    cell: (row) => {
      const [first, second] = say(row)
      return (
        <span>
          <span className={width ? undefined : 'wb-cell-main'}>{first}</span>
          {second ? <span className="dk-meta wb-block">{second}</span> : null}
        </span>
      )
    },
    text: (row) => say(row).join(' '),
  })
  return [
    two('title', t('topics.topic'), undefined, (row) => [row.title, row.areaName]),
    two('state', t('topics.state'), '7rem', (row) => [t(`topics.states.${row.state}`)]),
    two('voices', t('topics.voices'), '9rem', (row) => [
      t('topics.voicesOf', { count: row.voices }),
      t('topics.recent', { count: row.recent }),
    ]),
    two('owner', t('topics.owner'), '14rem', (row) => [row.ownerName ?? t('topics.noOwner')]),
    two('answer', t('topics.answer'), '11rem', (row) =>
      row.answeredAt
        ? [time.day(row.answeredAt, now), t(row.publishedAt ? 'topics.published' : 'topics.unpublished')]
        : [t('topics.waits', { since: time.length(now - Date.parse(row.openedAt)) })],
    ),
  ]
}
