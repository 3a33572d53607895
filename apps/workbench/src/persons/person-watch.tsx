import '../signals/words.ts'
import { type AnswerOf, call, type InputOf, newId } from '@linli/ui/client'
import { Sep, useDefinitionText, useNow } from '@linli/ui/desk'
import { useTimeWords } from '@linli/ui/text'
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Intent, nextIntent } from '../api/intent.ts'
import { useProblemText } from '../parts/states.tsx'
import { personsArea } from './queries.ts'

type Watch = AnswerOf<'GET /persons/:personId/watch'>
type WatchRule = Watch['rules'][number]
type Wanted = InputOf<'POST /persons/:personId/watch/changes'>['body']
type Ask = (change: Wanted['change']) => void

/** When somebody was last heard at home is on record for each look, so it is read when the page opens and not again by itself. */
const watchQuery = (personId: string) =>
  queryOptions({
    queryKey: [personsArea, 'watch', personId],
    queryFn: ({ signal }) => call('GET /persons/:personId/watch', { params: { personId } }, signal),
    staleTime: 60_000,
    refetchOnWindowFocus: false,
  })

/** Which rules watch over this person, why one does not, and what the person wants of them: said at the counter or by telephone, it holds at once. */
export function PersonWatch({ personId }: { personId: string }) {
  const { t } = useTranslation()
  const words = useProblemText()
  const id = useId()
  const queryClient = useQueryClient()
  const { data } = useQuery(watchQuery(personId))
  const [channel, setChannel] = useState<Wanted['channel']>('counter')
  const intent = useRef<Intent>(undefined)
  const send = useMutation({
    mutationFn: (change: Wanted['change']) => {
      const body = { channel, change }
      intent.current = nextIntent(intent.current, body, newId)
      return call('POST /persons/:personId/watch/changes', { params: { personId }, body: { ...body, requestId: intent.current.requestId } })
    },
    onSuccess: (watch) => {
      intent.current = undefined
      queryClient.setQueryData(watchQuery(personId).queryKey, watch)
    },
  })
  // Nobody asks whether a family of four is silent.
  if (!data || data.rules.every(({ state }) => state === 'not-in-group')) return null
  const ask: Ask | undefined = data.mayChange ? (change) => !send.isPending && send.mutate(change) : undefined
  return (
    <section className="wb-person-part" aria-labelledby={id}>
      <h2 className="dk-h3" id={id}>
        {t('watch.title')}
      </h2>
      <p className="dk-note">{t('watch.noSubstitute')}</p>
      <ul className="wb-plain">
        {data.rules.map((rule) => (
          <Rule key={rule.rule} rule={rule} ask={ask} />
        ))}
      </ul>
      {ask ? (
        <>
          <Pause pause={data.pause} ask={ask} />
          <label className="wb-inline dk-note">
            {t('watch.saidBy')}
            <select
              className="dk-input wb-filter-choice"
              value={channel}
              onChange={(event) => setChannel(event.currentTarget.value as Wanted['channel'])}
            >
              {(['counter', 'phone', 'paper'] as const).map((key) => (
                <option key={key} value={key}>
                  {t(`persons.channel.${key}`)}
                </option>
              ))}
            </select>
          </label>
        </>
      ) : null}
      {send.error ? (
        <p className="dk-error" role="alert">
          {words(send.error)}
        </p>
      ) : null}
    </section>
  )
}

const hoursOf = (duration: string): number => Number(/^PT(\d+)H$/.exec(duration)?.[1] ?? 0)

function Rule({ rule, ask }: { rule: WatchRule; ask: Ask | undefined }) {
  const { t } = useTranslation()
  const word = useDefinitionText()
  const time = useTimeWords()
  const now = useNow()
  const name = word(`rule.${rule.rule}`, rule.name)
  const offline = rule.sensors.filter(({ isOnline }) => !isOnline).map((sensor) => sensor.name)
  return (
    <li className="wb-post wb-watch">
      <span>
        <b>{name}</b>
        <span className="wb-block" data-state={rule.state}>
          {t(`watch.states.${rule.state === 'watching' && !rule.dueAt ? 'used' : rule.state}`, {
            hours: hoursOf(rule.after),
            at: rule.dueAt ? time.moment(rule.dueAt, now) : '',
            sensors: offline.join(t('persons.and')),
            muted: rule.mutedAt ? time.moment(rule.mutedAt, now) : '',
          })}
        </span>
        <span className="dk-meta wb-block">
          {rule.newestSignAt ? t('watch.newest', { at: time.moment(rule.newestSignAt, now) }) : t('watch.neverHeard')}
          <Sep />
          {rule.agreedAt ? t('watch.agreed', { at: time.moment(rule.agreedAt, now) }) : t('watch.notAgreed')}
        </span>
        <span className="dk-meta wb-block">{word(`note.${rule.because}`, rule.because)}</span>
      </span>
      {ask && rule.agreedAt ? (
        <span className="wb-inline">
          {rule.own ? <Hours rule={rule} name={name} ask={ask} /> : null}
          <button
            type="button"
            className="dk-button dk-button-small"
            aria-label={t(rule.mutedAt ? 'watch.unmuteThis' : 'watch.muteThis', { rule: name })}
            onClick={() => ask({ change: rule.mutedAt ? 'unmuted' : 'muted', rule: rule.rule })}
          >
            {t(rule.mutedAt ? 'watch.unmute' : 'watch.mute')}
          </button>
        </span>
      ) : null}
    </li>
  )
}

function Hours({ rule, name, ask }: { rule: WatchRule; name: string; ask: Ask }) {
  const { t } = useTranslation()
  const { own } = rule
  if (!own) return null
  const choices = [12, 18, 24, 36, 48, 72, 96].filter((hours) => hours >= hoursOf(own.least) && hours <= hoursOf(own.most))
  return (
    <select
      className="dk-input wb-filter-choice"
      aria-label={t('watch.after', { rule: name })}
      value={hoursOf(rule.after)}
      onChange={(event) => {
        const after = `PT${event.currentTarget.value}H`
        ask({ change: 'timed', rule: rule.rule, after: after === rule.usualAfter ? null : after })
      }}
    >
      {choices.map((hours) => (
        <option key={hours} value={hours}>
          {t('watch.hours', { count: hours })}
        </option>
      ))}
    </select>
  )
}

const days = [1, 3, 7, 14, 30, 90] as const

function Pause({ pause, ask }: { pause: Watch['pause']; ask: Ask }) {
  const { t } = useTranslation()
  const time = useTimeWords()
  const now = useNow()
  const [reason, setReason] = useState<'hospital' | 'away'>('hospital')
  const [count, setCount] = useState<(typeof days)[number]>(7)
  if (pause)
    return (
      <div className="wb-inline">
        <span>{t('watch.pausedUntil', { reason: t(`watch.pauses.${pause.for}`), at: time.moment(pause.until, now) })}</span>
        <button type="button" className="dk-button dk-button-small" onClick={() => ask({ change: 'resumed' })}>
          {t('watch.resume')}
        </button>
      </div>
    )
  return (
    <div className="wb-inline">
      <select
        className="dk-input wb-filter-choice"
        aria-label={t('watch.why')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value as typeof reason)}
      >
        {(['hospital', 'away'] as const).map((key) => (
          <option key={key} value={key}>
            {t(`watch.pauses.${key}`)}
          </option>
        ))}
      </select>
      <select
        className="dk-input wb-filter-choice"
        aria-label={t('watch.howLong')}
        value={count}
        onChange={(event) => setCount(Number(event.currentTarget.value) as typeof count)}
      >
        {days.map((one) => (
          <option key={one} value={one}>
            {t('ledger.days', { count: one })}
          </option>
        ))}
      </select>
      <button
        type="button"
        className="dk-button dk-button-small"
        onClick={() => ask({ change: 'paused', for: reason, until: new Date(now + count * 86_400_000).toISOString() })}
      >
        {t('watch.pause')}
      </button>
    </div>
  )
}
