import { call } from '@linli/ui/client'
import { newId, useNow } from '@linli/ui/desk'
import { useTimeWords } from '@linli/ui/text'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Intent, nextIntent } from '../api/intent.ts'
import { useProblemText } from '../parts/states.tsx'
import { useDayWords } from './day-words.ts'
import { type DutyChange, type DutyRow, duties, dutyChangesQuery } from './queries.ts'

/** What somebody proposed and somebody else is to decide. */
export function DutyChanges() {
  const { t } = useTranslation()
  const { data: changes } = useQuery(dutyChangesQuery('proposed'))
  if (!changes || changes.length === 0) return null
  return (
    <section className="wb-panel wb-no-print" aria-labelledby="duty-changes">
      <h2 id="duty-changes" className="dk-h3">
        {t('duties.changes', { count: changes.length })}
      </h2>
      <ul className="wb-plain">
        {changes.map((change) => (
          <Change key={change.changeId} change={change} />
        ))}
      </ul>
    </section>
  )
}

type Shown = Pick<DutyRow, 'standing' | 'clauseNo' | 'clause' | 'document' | 'orgName' | 'areaName'>

function Change({ change }: { change: DutyChange }) {
  const { t } = useTranslation()
  const day = useDayWords()
  const time = useTimeWords()
  const now = useNow()
  const { line, draft } = change
  const parts = draft ? differing(line, draft) : []
  const shown: Shown | null = draft ?? line
  return (
    <li className="wb-duty-change">
      <p>
        <b>{t(`duties.changeNames.${change.change}`)}</b> {shown ? `${shown.clauseNo} ${shown.clause}` : ''}
      </p>
      {shown ? (
        <p className="dk-meta">
          {shown.orgName} · {shown.areaName} · {t(`duties.lists.${shown.standing}`)} · {shown.document}
        </p>
      ) : null}
      {line && parts.length > 0 ? (
        <ul className="wb-plain">
          {parts.map(([key, before, after]) => (
            <li key={key} className="dk-meta">
              {t('duties.becomes', {
                part: t(key === 'standing' ? 'duties.list' : `duties.${key}`),
                before: key === 'standing' ? t(`duties.lists.${before}`) : before,
                after: key === 'standing' ? t(`duties.lists.${after}`) : after,
              })}
            </li>
          ))}
        </ul>
      ) : null}
      <p className="dk-note">
        {t('duties.proposedText', {
          name: change.proposedBy,
          at: time.moment(change.proposedAt, now),
          day: day(change.effectiveOn),
          reason: change.reason,
        })}
      </p>
      {change.canDecide ? <Decision change={change} /> : null}
      {change.canTakeBack ? <TakeBack change={change} /> : null}
    </li>
  )
}

const named = {
  standing: 'standing',
  clauseNo: 'clauseNo',
  clause: 'clause',
  document: 'document',
  orgName: 'org',
  areaName: 'area',
} as const

/** What a draft changes of its line, part by part. */
function differing(line: Shown | null, draft: Shown): [key: string, before: string, after: string][] {
  if (!line) return []
  return (Object.keys(named) as (keyof typeof named)[]).flatMap((key) =>
    line[key] === draft[key] ? [] : [[named[key], line[key], draft[key]] as [string, string, string]],
  )
}

/** Confirmed at once; a refusal says why. */
function Decision({ change }: { change: DutyChange }) {
  const { t } = useTranslation()
  const words = useProblemText()
  const id = useId()
  const queryClient = useQueryClient()
  const intent = useRef<Intent>(undefined)
  const [note, setNote] = useState('')
  const [isMissing, setIsMissing] = useState(false)
  const decide = useMutation({
    mutationFn: (body: { confirm: boolean; note?: string }) => {
      intent.current = nextIntent(intent.current, body, newId)
      return call('POST /duties/changes/:changeId/decision', {
        params: { changeId: change.changeId },
        body: { ...body, requestId: intent.current.requestId },
      })
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: [duties] }),
  })
  const send = (confirm: boolean) => {
    const missing = !confirm && note.trim().length < 2
    setIsMissing(missing)
    if (missing) document.getElementById(id)?.focus()
    else decide.mutate({ confirm, ...(note.trim() ? { note: note.trim() } : {}) })
  }
  return (
    <div className="wb-duty-decision">
      <label className="dk-label" htmlFor={id}>
        {t('duties.note')}
      </label>
      <input
        id={id}
        className="dk-input"
        maxLength={500}
        value={note}
        aria-invalid={isMissing || undefined}
        aria-describedby={isMissing ? `${id}-error` : undefined}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      {isMissing ? (
        <p id={`${id}-error`} className="dk-error">
          {t('duties.needNote')}
        </p>
      ) : null}
      {decide.error ? (
        <p className="dk-error" role="alert">
          {words(decide.error)}
        </p>
      ) : null}
      <p className="wb-inline">
        <button
          type="button"
          className="dk-button dk-button-small dk-button-primary"
          disabled={decide.isPending}
          onClick={() => send(true)}
        >
          {t('duties.confirm')}
        </button>
        <button type="button" className="dk-button dk-button-small" disabled={decide.isPending} onClick={() => send(false)}>
          {t('duties.refuse')}
        </button>
      </p>
    </div>
  )
}

function TakeBack({ change }: { change: DutyChange }) {
  const { t } = useTranslation()
  const words = useProblemText()
  const queryClient = useQueryClient()
  const requestId = useRef(newId())
  const back = useMutation({
    mutationFn: () =>
      call('POST /duties/changes/:changeId/withdrawal', {
        params: { changeId: change.changeId },
        body: { requestId: requestId.current },
      }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: [duties] }),
  })
  return (
    <p className="wb-inline">
      <span className="dk-note">{t('duties.waits')}</span>
      <button type="button" className="dk-button dk-button-small" disabled={back.isPending} onClick={() => back.mutate()}>
        {t('duties.takeBack')}
      </button>
      {back.error ? (
        <span className="dk-error" role="alert">
          {words(back.error)}
        </span>
      ) : null}
    </p>
  )
}
