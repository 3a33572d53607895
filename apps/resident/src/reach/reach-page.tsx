import { type AnswerOf, ApiError, call } from '@linli/ui/client'
import { Chips, Field, Icon } from '@linli/ui/touch'
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { BellRing } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Page } from '../frame/page.tsx'
import { problemWords, refusalWords } from '../frame/problem-words.ts'
import { useAct } from '../frame/use-act.ts'
import { useResident } from '../session/use-resident.ts'

type Preference = AnswerOf<'GET /residents/me/message-preference'>

const preferenceQuery = queryOptions({
  queryKey: ['resident', 'message-preference'],
  queryFn: ({ signal }) => call('GET /residents/me/message-preference', {}, signal),
})

/** 怎样通知我: by which ways and when this phone may ring for what can wait. What cannot always rings, and the page says so first. */
export function ReachPage() {
  const { t } = useTranslation()
  const resident = useResident()
  return (
    <Page title={t('reach.title')} back="/mine">
      <div className="note">
        <p className="strong">
          <Icon of={BellRing} className="inline-icon" /> {t('reach.always')}
        </p>
        <p>{t('reach.alwaysText')}</p>
      </div>
      {resident === null ? (
        <>
          <p className="second">{t('reach.needsSignIn')}</p>
          <Link to="/sign-in" className="btn primary big wide">
            {t('signIn.title')}
          </Link>
        </>
      ) : resident === undefined ? (
        <p className="quiet">{t('app.loading')}</p>
      ) : (
        <Wishes phone={resident.phone} />
      )}
    </Page>
  )
}

function Wishes({ phone }: { phone: string }) {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(preferenceQuery)
  if (data) return <WishesForm held={data} phone={phone} />
  if (!error) return <p className="quiet">{t('app.loading')}</p>
  return (
    <div className="sheet sheet-stack">
      <p role="alert">{problemWords(error, t)}</p>
      <button type="button" className="btn wide" onClick={() => void refetch()}>
        {t('app.retry')}
      </button>
    </div>
  )
}

const welcomes = ['always', 'awake', 'never'] as const
const same = (a: Preference, b: Preference): boolean => (Object.keys(a) as (keyof Preference)[]).every((key) => a[key] === b[key])

function WishesForm({ held, phone }: { held: Preference; phone: string }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [said, setSaid] = useState(held)
  /** As it was before the last save: one tap brings it back. */
  const [before, setBefore] = useState<Preference>()
  const [isUndone, setUndone] = useState(false)
  const { act, pending, error } = useAct(
    (body: Preference, requestId) => call('PUT /residents/me/message-preference', { body: { ...body, requestId } }),
    (saved) => {
      setUndone(before !== undefined && same(saved, before))
      setBefore(held)
      setSaid(saved)
      client.setQueryData(preferenceQuery.queryKey, saved)
    },
  )
  const isChanged = !same(said, held)
  const change = (part: Partial<Preference>): void => setSaid({ ...said, ...part })
  const refused = error instanceof ApiError ? error.problem.fields?.find(({ path }) => path === 'quietTo') : undefined
  return (
    <>
      <section className="section" aria-labelledby="reach-what">
        <h2 id="reach-what">{t('reach.what')}</h2>
        <p className="quiet">{t('reach.whatText', { phone })}</p>
        <div className="sheet sheet-stack">
          {(['sms', 'voice'] as const).map((way) => (
            <div key={way} className="field">
              <span className="strong">{t(`reach.${way}`)}</span>
              <Chips
                label={t(`reach.${way}`)}
                value={said[way]}
                onChange={(welcome) => change({ [way]: welcome })}
                choices={welcomes.map((key) => ({ key, name: t(`reach.${way}When.${key}`) }))}
              />
            </div>
          ))}
          {said.sms === 'never' && said.voice === 'never' ? <p>{t('reach.nowhere')}</p> : null}
        </div>
      </section>
      {said.sms === 'awake' || said.voice === 'awake' ? (
        <section className="section" aria-labelledby="reach-quiet">
          <h2 id="reach-quiet">{t('reach.quiet')}</h2>
          <p className="quiet">{t('reach.quietText')}</p>
          <div className="sheet sheet-stack">
            {(['quietFrom', 'quietTo'] as const).map((edge) => (
              <Field
                key={edge}
                label={t(`reach.${edge}`)}
                error={edge === 'quietTo' && refused ? refusalWords({ message: refused.message, field: 'quietTo' }, t) : undefined}
              >
                {(control) => (
                  <select
                    {...control}
                    className="input num"
                    value={said[edge]}
                    onChange={(event) => change({ [edge]: Number(event.target.value) })}
                  >
                    {hoursWith(said[edge]).map((minutes) => (
                      <option key={minutes} value={minutes}>
                        {edge === 'quietTo' && minutes < said.quietFrom ? t('reach.nextDay', { time: clockOf(minutes) }) : clockOf(minutes)}
                      </option>
                    ))}
                  </select>
                )}
              </Field>
            ))}
          </div>
        </section>
      ) : null}
      <section className="section" aria-labelledby="reach-lang">
        <h2 id="reach-lang">{t('reach.lang')}</h2>
        <div className="sheet sheet-stack">
          <Chips
            label={t('reach.lang')}
            value={said.lang}
            onChange={(lang) => change({ lang })}
            choices={[
              { key: 'zh', name: '中文' },
              { key: 'en', name: 'English' },
            ]}
          />
        </div>
      </section>
      <button type="button" className="btn primary big wide" disabled={pending || !isChanged} onClick={() => void act(said)}>
        {t('reach.save')}
      </button>
      {before && !isChanged && !isUndone ? (
        <button type="button" className="btn wide" disabled={pending} onClick={() => void act(before)}>
          {t('reach.undo')}
        </button>
      ) : null}
      <p role="status" className="quiet">
        {isChanged ? t('reach.unsaved') : before ? t(isUndone ? 'reach.undone' : 'reach.saved') : ''}
      </p>
      {error && !refused ? (
        <p className="field-error" role="alert">
          {problemWords(error, t)}
        </p>
      ) : null}
    </>
  )
}

/** Whole hours, and what is held where it lies between two. */
function hoursWith(held: number): number[] {
  const hours = Array.from({ length: 24 }, (_, hour) => hour * 60)
  return hours.includes(held) ? hours : [...hours, held].sort((a, b) => a - b)
}

const clockOf = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
