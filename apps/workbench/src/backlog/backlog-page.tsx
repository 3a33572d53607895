import '../styles/signals.css'
import './words.ts'
import { type AnswerOf, call } from '@linli/ui/client'
import { newId, useNow } from '@linli/ui/desk'
import { useTimeWords } from '@linli/ui/text'
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PageHead } from '../parts/page-head.tsx'
import { Nothing, Problem, useProblemText, Waiting } from '../parts/states.tsx'

type Item = AnswerOf<'GET /backlog'>['items'][number]
const states = ['waiting', 'accepted', 'rejected'] as const
type State = (typeof states)[number]

const backlogArea = 'backlog'
const backlogQuery = (state: State) =>
  queryOptions({ queryKey: [backlogArea, state], queryFn: ({ signal }) => call('GET /backlog', { query: { state } }, signal) })

/** 补报待审: what was done on a phone by somebody who had lost the right to it by the time it could be sent. */
export function BacklogPage() {
  const { t } = useTranslation()
  const search = useSearch({ from: '/shell/backlog' })
  const state = states.find((one) => one === search.state) ?? 'waiting'
  const list = useQuery(backlogQuery(state))
  return (
    <div className="wb-page">
      <PageHead title={t('backlog.title')} note={t('backlog.text')}>
        <nav className="wb-tabs" aria-label={t('backlog.which')}>
          {states.map((one) => (
            <Link
              key={one}
              to="/backlog"
              search={one === 'waiting' ? {} : { state: one }}
              aria-current={one === state ? 'page' : undefined}
            >
              {t(`backlog.states.${one}`)}
            </Link>
          ))}
        </nav>
      </PageHead>
      {list.isPending ? <Waiting rows={3} /> : null}
      {list.error && !list.data ? <Problem error={list.error} retry={() => void list.refetch()} /> : null}
      {list.data?.items.length === 0 ? <Nothing title={t('backlog.none')}>{t('backlog.noneText')}</Nothing> : null}
      {list.data && list.data.items.length > 0 ? (
        <ul className="wb-quarantine">
          {list.data.items.map((item) => (
            <Card key={item.backlogId} item={item} />
          ))}
        </ul>
      ) : null}
    </div>
  )
}

function Card({ item }: { item: Item }) {
  const { t, i18n } = useTranslation()
  const time = useTimeWords()
  const now = useNow()
  const [isOpen, setOpen] = useState(false)
  const whyKey = `problem.code.${item.why.replace('.', '_')}`
  return (
    <li>
      <p>
        <b>{t(`backlog.kinds.${item.kind}`, { defaultValue: item.kind })}</b> <span lang="zh-CN">{item.label}</span>
      </p>
      <p className="dk-meta">
        <span lang="zh-CN">{[item.byName, item.orgName, item.areaName].filter(Boolean).join(' · ')}</span> ·{' '}
        {t('backlog.made', { at: time.moment(item.madeAt, now), received: time.moment(item.receivedAt, now) })}
        {i18n.exists(whyKey) ? ` · ${t('backlog.why', { why: t(whyKey) })}` : ''}
      </p>
      {item.state === 'waiting' ? (
        <>
          {isOpen ? (
            <Facts backlogId={item.backlogId} />
          ) : (
            <button type="button" className="dk-link" onClick={() => setOpen(true)}>
              {t('backlog.open')}
            </button>
          )}
          <Decision item={item} />
        </>
      ) : (
        <p className="dk-note">
          {t(`backlog.states.${item.state}`)} ·{' '}
          {t('backlog.decided', { at: item.decidedAt ? time.moment(item.decidedAt, now) : '', by: item.decidedBy ?? '' })} {item.reason}{' '}
          <Outcome item={item} />
        </p>
      )}
    </li>
  )
}

/** What it would write; telephone and ID numbers masked. Opening it is on record. */
function Facts({ backlogId }: { backlogId: string }) {
  const { t } = useTranslation()
  const words = useProblemText()
  const { data, error } = useQuery({
    queryKey: [backlogArea, 'one', backlogId],
    queryFn: ({ signal }) => call('GET /backlog/:backlogId', { params: { backlogId } }, signal),
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (error) return <p className="dk-error">{words(error)}</p>
  if (!data) return <Waiting rows={2} />
  return (
    <dl className="wb-facts">
      {data.facts.map(({ key, value }) => (
        <div key={`${key} ${value}`}>
          <dt>{t(`backlog.fact.${key}`, { defaultValue: key })}</dt>
          <dd lang="zh-CN">{value}</dd>
        </div>
      ))}
      {data.photos > 0 ? (
        <div>
          <dt>{t('backlog.photos', { count: data.photos })}</dt>
        </div>
      ) : null}
    </dl>
  )
}

function Decision({ item: { backlogId } }: { item: Item }) {
  const { t } = useTranslation()
  const words = useProblemText()
  const queryClient = useQueryClient()
  const [reason, setReason] = useState('')
  const decide = useMutation({
    mutationFn: (accept: boolean) =>
      call('POST /backlog/:backlogId/decision', { params: { backlogId }, body: { requestId: newId(), accept, reason: reason.trim() } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: [backlogArea] }),
  })
  return (
    <>
      <div className="wb-inline">
        <button type="button" className="dk-button dk-button-primary" disabled={decide.isPending} onClick={() => decide.mutate(true)}>
          {t('backlog.accept')}
        </button>
        <input
          className="dk-input"
          aria-label={t('backlog.reason')}
          placeholder={t('backlog.reason')}
          maxLength={200}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <button
          type="button"
          className="dk-button"
          disabled={reason.trim().length < 2 || decide.isPending}
          onClick={() => decide.mutate(false)}
        >
          {t('backlog.reject')}
        </button>
      </div>
      {decide.error ? (
        <p className="dk-error" role="alert">
          {words(decide.error)}
        </p>
      ) : null}
    </>
  )
}

/** What came of it, on the page of its kind. */
function Outcome({ item: { kind, outcomeId } }: { item: Item }) {
  const { t } = useTranslation()
  if (!outcomeId) return null
  const text = t('backlog.outcome')
  if (kind === 'visit')
    return (
      <Link to="/persons/$personId" params={{ personId: outcomeId }} className="dk-link">
        {text}
      </Link>
    )
  if (kind.startsWith('alarm'))
    return (
      <Link to="/alarms" search={{ alarm: outcomeId }} className="dk-link">
        {text}
      </Link>
    )
  return (
    <Link to="/cases/$caseId" params={{ caseId: outcomeId }} className="dk-link">
      {text}
    </Link>
  )
}
