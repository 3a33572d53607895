import { call } from '@linli/ui/client'
import { newId, useNow } from '@linli/ui/desk'
import { useTimeWords } from '@linli/ui/text'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Intent, nextIntent } from '../api/intent.ts'
import { area } from '../api/queries.ts'
import { Nothing, Problem, useProblemText, Waiting } from '../parts/states.tsx'
import { type HeldExport, heldExportsQuery } from './queries.ts'

/** What was stopped at night or above a day's worth, for the security administrator to let go on or to end. */
export function HeldExports() {
  const { t } = useTranslation()
  const held = useQuery(heldExportsQuery)
  return (
    <>
      {held.isPending ? <Waiting rows={3} /> : null}
      {held.error && !held.data ? <Problem error={held.error} retry={() => void held.refetch()} /> : null}
      {held.data?.length === 0 ? <Nothing title={t('exports.noneHeld')} /> : null}
      <ul className="wb-exports" aria-label={t('exports.heldList')}>
        {held.data?.map((one) => (
          <HeldItem key={one.exportId} held={one} />
        ))}
      </ul>
    </>
  )
}

function HeldItem({ held }: { held: HeldExport }) {
  const { t, i18n } = useTranslation()
  const words = useProblemText()
  const time = useTimeWords()
  const now = useNow()
  const id = useId()
  const queryClient = useQueryClient()
  const [reason, setReason] = useState('')
  const [isMissing, setIsMissing] = useState(false)
  const intent = useRef<Intent>(undefined)
  const decide = useMutation({
    mutationFn: (release: boolean) => {
      const body = { release, reason: reason.trim() }
      intent.current = nextIntent(intent.current, body, newId)
      return call('POST /exports/:exportId/decision', {
        params: { exportId: held.exportId },
        body: { ...body, requestId: intent.current.requestId },
      })
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: [area.exports] }),
  })
  const submit = (release: boolean) => {
    const isTooShort = reason.trim().length < 2
    setIsMissing(isTooShort)
    if (isTooShort) document.getElementById(`${id}-reason`)?.focus()
    else decide.mutate(release)
  }
  const title = i18n.exists(`exports.lists.${held.list}`) ? t(`exports.lists.${held.list}`) : held.title
  return (
    <li data-state="held">
      <div>
        <h2 className="dk-h3">
          {held.byName} <span className="dk-meta">{held.orgName}</span>
        </h2>
        <p className="dk-meta">
          {title} · {held.number} · {t('exports.askedAt', { at: time.moment(held.askedAt, now) })}
        </p>
        <p className="dk-note">{t('exports.purposeIs', { purpose: held.purpose })}</p>
        <Link to="/audit" search={{ account: held.accountId }} className="dk-link">
          {t('messages.audit')}
        </Link>
      </div>
      <div className="wb-export-state">
        <p>
          <b>{t(`exports.heldFor.${held.heldFor}`)}</b> {t('exports.count', { count: held.rowsExpected })}
        </p>
        <label className="dk-label" htmlFor={`${id}-reason`}>
          {t('exports.decisionReason')}
        </label>
        <input
          id={`${id}-reason`}
          className="dk-input"
          value={reason}
          maxLength={200}
          aria-invalid={isMissing || undefined}
          aria-describedby={isMissing ? `${id}-missing` : undefined}
          onChange={(event) => {
            setReason(event.target.value)
            setIsMissing(false)
          }}
        />
        {isMissing ? (
          <p id={`${id}-missing`} className="dk-error">
            {t('exports.needReason')}
          </p>
        ) : null}
      </div>
      <div className="wb-inline">
        <button type="button" className="dk-button dk-button-small" disabled={decide.isPending} onClick={() => submit(true)}>
          {t('exports.release')}
        </button>
        <button type="button" className="dk-button dk-button-small" disabled={decide.isPending} onClick={() => submit(false)}>
          {t('exports.refuse')}
        </button>
        {decide.error ? (
          <p className="dk-error" role="alert">
            {words(decide.error)}
          </p>
        ) : null}
      </div>
    </li>
  )
}
