import './words.ts'
import { type AnswerOf, call } from '@linli/ui/client'
import { newId, useNow } from '@linli/ui/desk'
import { useTimeWords } from '@linli/ui/text'
import { infiniteQueryOptions, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { publicInfoQuery } from '../api/public-info.ts'
import { CardList } from '../lists/card-list.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { Nothing, useProblemText } from '../parts/states.tsx'

type Delivery = AnswerOf<'GET /deliveries'>['items'][number]

const states = ['all', 'stuck', 'waiting'] as const
const channels = ['sms', 'voice'] as const

const deliveriesQuery = (state: (typeof states)[number]) =>
  infiniteQueryOptions({
    queryKey: ['deliveries', state],
    queryFn: ({ pageParam, signal }) => call('GET /deliveries', { query: { state, ...(pageParam ? { cursor: pageParam } : {}) } }, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: 10_000,
  })

/** What left the house (外发消息): whether it arrived, and what is stuck until somebody sends it again. */
export function DeliveriesPage() {
  const { t } = useTranslation()
  const search = useSearch({ from: '/shell/deliveries' })
  const state = states.find((one) => one === search.state) ?? 'all'
  const list = useInfiniteQuery(deliveriesQuery(state))
  const { data: info } = useQuery(publicInfoQuery)
  const first = list.data?.pages[0]
  const missing = first ? channels.filter((channel) => !first.channels.includes(channel)) : []
  return (
    <div className="wb-page wb-page-narrow">
      <PageHead title={t('deliveries.title')} note={t('deliveries.text')}>
        <nav className="wb-tabs" aria-label={t('deliveries.which')}>
          {states.map((one) => (
            <Link key={one} to="/deliveries" search={one === 'all' ? {} : { state: one }} aria-current={one === state ? 'page' : undefined}>
              {t(`deliveries.states.${one}`)} {one === 'stuck' ? <span className="wb-tab-count">{first?.stuck ?? ''}</span> : null}
            </Link>
          ))}
        </nav>
      </PageHead>
      {missing.length > 0 ? (
        <p className="dk-error" role="status">
          {t('deliveries.missing', { channels: missing.map((channel) => t(`deliveries.channels.${channel}`)).join(t('similar.and')) })}
        </p>
      ) : null}
      {info?.phonesUrl ? (
        <p>
          <a className="dk-link" href={info.phonesUrl} target="_blank" rel="noreferrer">
            {t('deliveries.phones')}
          </a>
        </p>
      ) : null}
      <CardList list={list} empty={<Nothing title={t('deliveries.none')}>{t('deliveries.noneText')}</Nothing>}>
        {(items) => (
          <ul className="wb-messages">
            {items.map((item) => (
              <Item key={item.deliveryId} item={item} />
            ))}
          </ul>
        )}
      </CardList>
    </div>
  )
}

function Item({ item }: { item: Delivery }) {
  const { t } = useTranslation()
  const time = useTimeWords()
  const now = useNow()
  const words = useProblemText()
  const queryClient = useQueryClient()
  const resend = useMutation({
    mutationFn: () =>
      call('POST /deliveries/:deliveryId/resend', { params: { deliveryId: item.deliveryId }, body: { requestId: newId() } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['deliveries'] }),
  })
  return (
    <li data-unread={item.state === 'dead' || undefined}>
      <span className="wb-message-text">
        <span className="wb-tag">{t(`deliveries.channels.${item.channel}`)}</span> {item.recipientName} {item.phone}
        <span className="dk-note">
          {' '}
          {t(`deliveries.kinds.${item.recipientKind}`)} · {t(`deliveries.about.${aboutOf(item.template)}`)}
        </span>
      </span>
      <span className="dk-meta">
        <b>{t(`deliveries.is.${item.state}`)}</b> · <time dateTime={item.madeAt}>{time.moment(item.madeAt, now)}</time>
        {item.attempts > 1 ? ` · ${t('deliveries.tries', { count: item.attempts })}` : ''}
        {item.nextAt && Date.parse(item.nextAt) > now ? ` · ${t('deliveries.next', { at: time.moment(item.nextAt, now) })}` : ''}
        {item.fault ? ` · ${t('deliveries.fault', { fault: t(`deliveries.faults.${faultOf(item.fault)}`, { fault: item.fault }) })}` : ''}
      </span>
      {item.state === 'dead' ? (
        <span className="wb-inline">
          <button type="button" className="dk-button dk-button-small" disabled={resend.isPending} onClick={() => resend.mutate()}>
            {t('deliveries.resend')}
          </button>
          {resend.error ? (
            <span className="dk-error" role="alert">
              {words(resend.error)}
            </span>
          ) : null}
        </span>
      ) : null}
    </li>
  )
}

function aboutOf(template: string): 'alarm' | 'family' | 'code' | 'other' {
  if (template.startsWith('signals.family')) return 'family'
  if (template.startsWith('signals.alarm') || template.startsWith('signals.storm')) return 'alarm'
  return template.startsWith('access.') ? 'code' : 'other'
}

function faultOf(fault: string): 'missing' | 'gone' | 'unreachable' | 'number' | 'other' {
  if (fault === 'channel-missing') return 'missing'
  if (fault === 'content-gone') return 'gone'
  if (fault.startsWith('unreachable')) return 'unreachable'
  return fault.endsWith('number') ? 'number' : 'other'
}
