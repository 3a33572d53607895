import { call } from '@linli/ui/client'
import { useNow } from '@linli/ui/desk'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type AccountRow, area } from '../api/queries.ts'
import { useProblemText } from '../parts/states.tsx'

type State = 'disabled' | 'enabled' | 'unlocked'

/** Disable, enable, unlock: each with the reason that the audit trail will show. */
export function StateForm({ row }: { row: AccountRow }) {
  const { t } = useTranslation()
  const words = useProblemText()
  const id = useId()
  const now = useNow()
  const queryClient = useQueryClient()
  const [reason, setReason] = useState('')
  const [isMissing, setIsMissing] = useState(false)
  const set = useMutation({
    mutationFn: (state: State) =>
      call('POST /accounts/:accountId/state', { params: { accountId: row.accountId }, body: { state, reason: reason.trim() } }),
    onSuccess: () => {
      setReason('')
      return queryClient.invalidateQueries({ queryKey: [area.accounts] })
    },
  })
  const choices: State[] = [
    row.disabledAt ? 'enabled' : 'disabled',
    ...(row.lockedUntil && Date.parse(row.lockedUntil) > now ? (['unlocked'] as const) : []),
  ]
  const choose = (state: State) => {
    const missing = reason.trim().length < 2
    setIsMissing(missing)
    if (missing) document.getElementById(id)?.focus()
    else set.mutate(state)
  }
  return (
    <section className="dk-field">
      <h2 className="dk-h3">{t('people.stateTitle')}</h2>
      <label className="dk-label" htmlFor={id}>
        {t('people.reason')} <span className="dk-optional">{t('desk.form.required')}</span>
      </label>
      <input
        id={id}
        className="dk-input"
        maxLength={200}
        value={reason}
        aria-invalid={isMissing || undefined}
        aria-describedby={isMissing ? `${id}-error` : undefined}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {isMissing ? (
        <p id={`${id}-error`} className="dk-error">
          {t('people.needReason')}
        </p>
      ) : null}
      {set.error ? (
        <p className="dk-error" role="alert">
          {words(set.error)}
        </p>
      ) : null}
      {set.isSuccess ? <p role="status">{t('people.stateDone')}</p> : null}
      <p className="wb-inline">
        {choices.map((state) => (
          <button key={state} type="button" className="dk-button" disabled={set.isPending} onClick={() => choose(state)}>
            {t(`people.set.${state}`)}
          </button>
        ))}
      </p>
    </section>
  )
}
