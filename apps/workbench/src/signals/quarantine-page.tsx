import '../styles/signals.css'
import './words.ts'
import { quarantineReasons } from '@linli/signals/define'
import { call } from '@linli/ui/client'
import { newId, useNow } from '@linli/ui/desk'
import { useLanguage, useTimeWords } from '@linli/ui/text'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { area, meQuery } from '../api/queries.ts'
import { CardList, rowsOf } from '../lists/card-list.tsx'
import { ListBar } from '../lists/list-bar.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { Nothing, useProblemText } from '../parts/states.tsx'
import { may } from '../session/home.ts'
import { type Quarantined, quarantineQuery } from './queries.ts'

const states = ['waiting', 'resent', 'dropped'] as const

/** The quarantine (隔离区): messages that could not be taken, why, and what is done about them. */
export function QuarantinePage() {
  const { t } = useTranslation()
  const search = useSearch({ from: '/shell/quarantine' })
  const state = states.find((one) => one === search.state) ?? 'waiting'
  const navigate = useNavigate()
  const { data: me } = useQuery(meQuery)
  const list = useInfiniteQuery(quarantineQuery(state))
  return (
    <div className="wb-page wb-page-narrow">
      <PageHead title={t('quarantine.title')} note={t('quarantine.text')}>
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
      </PageHead>
      <ListBar
        name="signals.quarantine"
        columns={useColumns()}
        rows={rowsOf(list)}
        canSave={state !== 'waiting'}
        asked={{ query: { state }, address: { state }, onChoose: (address) => void navigate({ to: '/quarantine', search: address }) }}
      />
      <CardList list={list} empty={<Nothing title={t('quarantine.none')}>{t('quarantine.noneText')}</Nothing>}>
        {(items) => (
          <ul className="wb-quarantine">
            {items.map((item) => (
              <Item key={item.quarantineId} item={item} maySift={me !== undefined && may(me, 'signals.sift')} />
            ))}
          </ul>
        )}
      </CardList>
    </div>
  )
}

/** Why a message could not be taken, in the language of the page. */
function useReasonText(): (item: Quarantined) => string {
  const isEnglish = useLanguage() === 'en'
  return ({ reason }) => quarantineReasons[reason as keyof typeof quarantineReasons]?.[isEnglish ? 1 : 0] ?? reason
}

/** What is copied of a message: what its card says, without the message itself. */
function useColumns() {
  const { t } = useTranslation()
  const time = useTimeWords()
  const now = useNow()
  const reasonText = useReasonText()
  const column = (key: string, text: (item: Quarantined) => string) => ({ head: t(`quarantine.columns.${key}`), text })
  return [
    column('reason', reasonText),
    column('field', ({ field }) => field ?? ''),
    column('device', ({ deviceName, deviceCode }) => `${deviceName} ${deviceCode}`),
    column('times', ({ times }) => String(times)),
    column('last', ({ lastAt }) => time.moment(lastAt, now)),
    column('state', ({ state }) => t(`quarantine.states.${state}`)),
  ]
}

function Item({ item, maySift }: { item: Quarantined; maySift: boolean }) {
  const { t } = useTranslation()
  const reasonText = useReasonText()
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
  return (
    <li>
      <p>
        <b>{reasonText(item)}</b> {item.field ? <code>{item.field}</code> : null}
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
