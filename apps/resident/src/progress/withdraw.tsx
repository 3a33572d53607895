import { call } from '@linli/ui/client'
import { useTimeWords } from '@linli/ui/text'
import { Dialog, Icon, useElder } from '@linli/ui/touch'
import { useQueryClient } from '@tanstack/react-query'
import { Undo2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemWords } from '../frame/problem-words.ts'
import { useAct } from '../frame/use-act.ts'
import { caseQuery, type PublicCase } from './use-case.ts'

/** Taking a report back within the first minutes; says until when, without counting down. */
export function Withdraw({ found, tail, now }: { found: PublicCase; tail: string; now: number }) {
  const { t } = useTranslation()
  const words = useTimeWords({ elder: useElder() })
  const client = useQueryClient()
  const [asking, setAsking] = useState(false)
  const { number, canWithdrawUntil } = found
  const query = caseQuery(number, tail)
  const { act, pending, error } = useAct(
    (_: undefined, requestId) => call('POST /public/cases/:number/withdraw', { params: { number }, body: { requestId, tail } }),
    (result) => {
      setAsking(false)
      client.setQueryData(query.queryKey, result)
    },
  )
  if (found.status === 'withdrawn')
    return (
      <p className="note" role="status">
        {t('case.withdrawn')}
      </p>
    )
  if (!canWithdrawUntil || Date.parse(canWithdrawUntil) <= now) return null
  return (
    <section className="section no-print">
      <button type="button" className="btn" onClick={() => setAsking(true)}>
        <Icon of={Undo2} />
        {t('case.withdraw')}
      </button>
      <p className="quiet">{t('case.withdrawUntil', { when: words.hour(canWithdrawUntil) })}</p>
      <Dialog title={t('case.withdraw')} open={asking} onClose={() => setAsking(false)}>
        <p>{t('case.withdrawAsk')}</p>
        {error ? <p role="alert">{problemWords(error, t)}</p> : null}
        <div className="btn-row">
          <button type="button" className="btn" onClick={() => setAsking(false)}>
            {t('case.withdrawNo')}
          </button>
          <button type="button" className="btn primary" aria-disabled={pending} onClick={() => void act(undefined)}>
            {t('case.withdrawYes')}
          </button>
        </div>
      </Dialog>
    </section>
  )
}
