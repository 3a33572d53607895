import './words.ts'
import { type AnswerOf, call } from '@linli/ui/client'
import { KeyCap, newId } from '@linli/ui/desk'
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../parts/dialog.tsx'
import { useFieldProblems } from '../parts/field-problems.ts'
import { Problem, useProblemText, Waiting } from '../parts/states.tsx'

type Preference = AnswerOf<'GET /me/message-preference'>

const preferenceQuery = queryOptions({
  queryKey: ['message-preference'],
  queryFn: ({ signal }) => call('GET /me/message-preference', {}, signal),
})

const ways = ['', 'sms', 'voice', 'sms,voice', 'voice,sms'] as const

/** How I am reached when I did not read it: number, which way first, after how long, and when not. */
export function ReachDialog({ onClose }: { onClose(): void }) {
  const { t } = useTranslation()
  const preference = useQuery(preferenceQuery)
  if (preference.data) return <ReachForm held={preference.data} onClose={onClose} />
  return (
    <Dialog onClose={onClose} width="32rem" title={t('reach.title')} footer={null}>
      {preference.error ? <Problem error={preference.error} retry={() => void preference.refetch()} /> : <Waiting rows={5} />}
    </Dialog>
  )
}

function ReachForm({ held, onClose }: { held: Preference; onClose(): void }) {
  const { t } = useTranslation()
  const words = useProblemText()
  const queryClient = useQueryClient()
  const [phone, setPhone] = useState('')
  const [said, setSaid] = useState(held)
  const save = useMutation({
    mutationFn: () => {
      const { phone: _, ...rest } = said
      return call('PUT /me/message-preference', { body: { requestId: newId(), ...rest, ...(phone ? { phone } : {}) } })
    },
    onSuccess: (answer) => {
      queryClient.setQueryData(preferenceQuery.queryKey, answer)
      onClose()
    },
  })
  const problems = useFieldProblems()(save.error, ['phone', 'channels', 'afterMinutes', 'quietFrom', 'quietTo'])
  const isQuiet = said.quietFrom !== null
  return (
    <Dialog
      onClose={onClose}
      width="32rem"
      title={t('reach.title')}
      footer={
        <div className="wb-dialog-foot">
          <button type="button" className="dk-button" onClick={onClose}>
            {t('exports.close')}
            <KeyCap>Esc</KeyCap>
          </button>
          <button type="button" className="dk-button dk-button-primary" disabled={save.isPending} onClick={() => save.mutate()}>
            {t('reach.save')}
          </button>
        </div>
      }
    >
      <div className="wb-dialog-body">
        <p className="dk-note">{t('reach.text')}</p>
        <Field label={held.phone ? t('reach.phoneHeld', { phone: held.phone }) : t('reach.phone')} error={problems.phone}>
          {(id) => (
            <input
              id={id}
              className="dk-input"
              inputMode="numeric"
              autoComplete="tel"
              maxLength={11}
              value={phone}
              onChange={(event) => setPhone(event.currentTarget.value.replace(/\D/g, ''))}
            />
          )}
        </Field>
        <Field label={t('reach.ways')} error={problems.channels}>
          {(id) => (
            <select
              id={id}
              className="dk-input"
              value={said.channels.join()}
              onChange={(event) =>
                setSaid({ ...said, channels: event.currentTarget.value.split(',').filter(Boolean) as Preference['channels'] })
              }
            >
              {ways.map((way) => (
                <option key={way} value={way}>
                  {t(`reach.way.${way === '' ? 'none' : way.replace(',', '_')}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={t('reach.after')} error={problems.afterMinutes}>
          {(id) => (
            <select
              id={id}
              className="dk-input"
              value={said.afterMinutes}
              onChange={(event) => setSaid({ ...said, afterMinutes: Number(event.currentTarget.value) })}
            >
              {[5, 10, 30, 60, 120, 480].map((minutes) => (
                <option key={minutes} value={minutes}>
                  {t('reach.minutes', { count: minutes })}
                </option>
              ))}
            </select>
          )}
        </Field>
        <label className="dk-check">
          <input
            type="checkbox"
            checked={isQuiet}
            onChange={(event) =>
              setSaid({
                ...said,
                ...(event.currentTarget.checked ? { quietFrom: 22 * 60, quietTo: 7 * 60 } : { quietFrom: null, quietTo: null }),
              })
            }
          />{' '}
          {t('reach.quiet')}
        </label>
        {isQuiet ? (
          <div className="wb-inline">
            {(['quietFrom', 'quietTo'] as const).map((edge) => (
              <Field key={edge} label={t(`reach.${edge}`)} error={problems[edge]}>
                {(id) => (
                  <input
                    id={id}
                    type="time"
                    className="dk-input"
                    value={clockOf(said[edge] ?? 0)}
                    onChange={(event) => setSaid({ ...said, [edge]: minutesOf(event.currentTarget.value) })}
                  />
                )}
              </Field>
            ))}
          </div>
        ) : null}
        <p className="dk-note">{t('reach.alarms')}</p>
        {save.error && Object.keys(problems).length === 0 ? (
          <p className="dk-error" role="alert">
            {words(save.error)}
          </p>
        ) : null}
      </div>
    </Dialog>
  )
}

function Field({ label, error, children }: { label: string; error: string | undefined; children(id: string): React.ReactNode }) {
  const id = useId()
  return (
    <div className="dk-field">
      <label htmlFor={id}>{label}</label>
      {children(id)}
      {error ? (
        <p className="dk-error" role="alert">
          {error}
        </p>
      ) : null}
    </div>
  )
}

const clockOf = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

function minutesOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number)
  return hours * 60 + minutes
}
