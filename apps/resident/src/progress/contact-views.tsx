import { call } from '@linli/ui/client'
import { useTimeWords } from '@linli/ui/text'
import { Dialog, useElder } from '@linli/ui/touch'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemWords } from '../frame/problem-words.ts'
import { useAct } from '../frame/use-act.ts'
import { caseQuery, type PublicCase } from './use-case.ts'

/** Who looked at the contact and why, and the right to have it erased once the matter is closed. */
export function ContactViews({ found, tail, now }: { found: PublicCase; tail: string; now: number }) {
  const { t } = useTranslation()
  const words = useTimeWords({ elder: useElder() })
  const client = useQueryClient()
  const [asking, setAsking] = useState(false)
  const [erased, setErased] = useState(false)
  const { number } = found
  const { act, pending, error } = useAct(
    (_: undefined, requestId) => call('POST /public/cases/:number/erase-contact', { params: { number }, body: { requestId, tail } }),
    (result) => {
      setAsking(false)
      setErased(true)
      client.setQueryData(caseQuery(number, tail).queryKey, result)
    },
  )
  return (
    <section className="sheet sheet-stack no-print" aria-labelledby="case-views">
      <h2 id="case-views">{t('case.views')}</h2>
      {found.views.length > 0 ? (
        <ul className="views">
          {found.views.map((view) => (
            <li key={`${view.at}${view.by}`}>
              <div className="tl-head">
                <span>{view.by}</span>
                <time dateTime={view.at}>{words.moment(view.at, now)}</time>
              </div>
              <p className="second">
                {t('case.viewsWhy')}：{view.reason}
              </p>
            </li>
          ))}
        </ul>
      ) : (
        <p className="second">{t(found.hasContact || erased ? 'case.viewsNone' : 'case.noContact')}</p>
      )}
      {erased ? <p role="status">{t('case.erased')}</p> : null}
      {found.hasContact ? (
        found.status === 'open' ? (
          <p className="quiet">{t('case.eraseLater')}</p>
        ) : (
          <button type="button" className="btn" onClick={() => setAsking(true)}>
            {t('case.erase')}
          </button>
        )
      ) : null}
      <Dialog title={t('case.erase')} open={asking} onClose={() => setAsking(false)}>
        <p>{t('case.eraseAsk')}</p>
        {error ? <p role="alert">{problemWords(error, t)}</p> : null}
        <div className="btn-row">
          <button type="button" className="btn" onClick={() => setAsking(false)}>
            {t('case.eraseNo')}
          </button>
          <button type="button" className="btn primary" aria-disabled={pending} onClick={() => void act(undefined)}>
            {t('case.eraseYes')}
          </button>
        </div>
      </Dialog>
    </section>
  )
}
