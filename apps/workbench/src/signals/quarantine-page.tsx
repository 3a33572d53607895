import '../styles/signals.css'
import './words.ts'
import { quarantineReasons } from '@linli/signals/define'
import { call } from '@linli/ui/client'
import { newId, useNow } from '@linli/ui/desk'
import { useLanguage, useTimeWords } from '@linli/ui/text'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { area, meQuery } from '../api/queries.ts'
import { Nothing, Problem, useProblemText, Waiting } from '../parts/states.tsx'
import { may } from '../session/home.ts'
import { type Quarantined, quarantineQuery } from './queries.ts'

const states = ['waiting', 'resent', 'dropped'] as const

/** The quarantine (隔离区): messages that could not be taken, why, and what is done about them. */
export function QuarantinePage() {
  const { t } = useTranslation()
  const search = useSearch({ from: '/shell/quarantine' })
  const state = states.find((one) => one === search.state) ?? 'waiting'
  const { data: me } = useQuery(meQuery)
  const list = useInfiniteQuery(quarantineQuery(state))
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <div className="wb-page wb-page-narrow">
      <header className="wb-page-head">
        <div>
          <h1>{t('quarantine.title')}</h1>
          <p className="dk-note">{t('quarantine.text')}</p>
        </div>
        <nav className="wb-tabs" aria-label={t('quarantine.which')}>
          {states.map((one) => (
            <Link
              key={one}
              to="/quarantine"
              search={one === 'waiting' ? {} : { state: one }}
              aria-current={one === state ? 'page' : undefined}
            >
              {t(`quarantine.states.${one}`)}
            </Link>
          ))}
        </nav>
      </header>
      {list.isPending ? <Waiting /> : null}
      {list.error && items.length === 0 ? <Problem error={list.error} retry={() => void list.refetch()} /> : null}
      {list.isSuccess && items.length === 0 ? <Nothing title={t('quarantine.none')}>{t('quarantine.noneText')}</Nothing> : null}
      <ul className="wb-quarantine">
        {items.map((item) => (
          <Item key={item.quarantineId} item={item} maySift={me !== undefined && may(me, 'signals.sift')} />
        ))}
      </ul>
      {list.hasNextPage ? (
        <p className="wb-more">
          <button
            type="button"
            className="dk-button dk-button-small"
            disabled={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
          >
            {t('queue.more')}
          </button>
        </p>
      ) : null}
    </div>
  )
}

function Item({ item, maySift }: { item: Quarantined; maySift: boolean }) {
  const { t } = useTranslation()
  const isEnglish = useLanguage() === 'en'
  const words = useProblemText()
  const time = useTimeWords()
  const now = useNow()
  const queryClient = useQueryClient()
  const [reason, setReason] = useState('')
  const decide = useMutation({
    mutationFn: (resend: boolean) =>
      call('POST /quarantine/:quarantineId/decision', {
        params: { quarantineId: item.quarantineId },
        body: { requestId: newId(), resend, reason: reason.trim() },
      }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: [area.quarantine] }),
  })
  const why = quarantineReasons[item.reason as keyof typeof quarantineReasons]?.[isEnglish ? 1 : 0] ?? item.reason
  return (
    <li>
      <p>
        <b>{why}</b> {item.field ? <code>{item.field}</code> : null}
        {item.times > 1 ? <span className="wb-tag">{t('quarantine.times', { count: item.times })}</span> : null}
      </p>
      <p className="dk-meta">
        <Link to="/devices" search={{ device: item.deviceId }} className="dk-link">
          {item.deviceName} {item.deviceCode}
        </Link>{' '}
        · {item.channel.toUpperCase()} · {t('quarantine.bytes', { count: item.bytes })} ·{' '}
        <time dateTime={item.lastAt}>{time.moment(item.lastAt, now)}</time>
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what overflows must be reachable by keys */}
      <pre tabIndex={0}>{item.excerpt}</pre>
      {item.decidedAt ? (
        <p className="dk-note">
          {t(`quarantine.states.${item.state}`)} · {item.decidedByName} · {item.decisionReason}
        </p>
      ) : null}
      {maySift && item.state === 'waiting' ? (
        <div className="wb-inline">
          <input
            className="dk-input"
            aria-label={t('quarantine.reason')}
            placeholder={t('quarantine.reason')}
            maxLength={200}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <button
            type="button"
            className="dk-button dk-button-small"
            disabled={reason.trim().length < 2 || decide.isPending}
            onClick={() => decide.mutate(true)}
          >
            {t('quarantine.resend')}
          </button>
          <button
            type="button"
            className="dk-button dk-button-small"
            disabled={reason.trim().length < 2 || decide.isPending}
            onClick={() => decide.mutate(false)}
          >
            {t('quarantine.drop')}
          </button>
        </div>
      ) : null}
      {decide.error ? (
        <p className="dk-error" role="alert">
          {words(decide.error)}
        </p>
      ) : null}
    </li>
  )
}
