import { ApiError } from '@linli/ui/client'
import {
  type DraftValue,
  type FormDraft,
  FormFields,
  type FormSources,
  formWordsEn,
  formWordsZh,
  KeyCap,
  KindStamp,
  parseForm,
  problemsByField,
  Sep,
  toFormData,
  useDefinitionText,
  useNow,
} from '@linli/ui/desk'
import { useLanguage } from '@linli/ui/text'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type CaseView, entriesQuery, type MoveOffer } from '../api/queries.ts'
import { Dialog } from '../parts/dialog.tsx'
import { useFieldProblems } from '../parts/field-problems.ts'
import { useProblemText } from '../parts/states.tsx'
import { describeConflict } from './conflict.ts'
import { ConflictNote } from './conflict-note.tsx'
import { keepDraft, readDraft } from './draft.ts'
import { FieldHelp } from './field-help.tsx'
import { blanksIn } from './reply-templates.ts'
import { ChangedMeanwhile, useSendMove } from './use-send-move.ts'

interface MoveDialogProps {
  caseFile: CaseView
  offer: MoveOffer
  /** What is known already: suggested unit, clause, type. */
  known: FormDraft
  sources: FormSources
  onClose(): void
  onDone(view: CaseView): void
}

/** The form of one move, to the right so that clocks and subjects stay readable. Ctrl Enter sends, Esc closes and keeps what was typed. */
export function MoveDialog({ caseFile, offer, known, sources, onClose, onDone }: MoveDialogProps) {
  const { t } = useTranslation()
  const text = useDefinitionText()
  const words = useProblemText()
  const now = useNow()
  const id = useId()
  const name = text(`move.${offer.key}`, offer.name)
  const form = offer.form ?? { fields: [] }
  const isChinese = useLanguage() === 'zh-CN'
  const spoken = { ...form, fields: form.fields.map((field) => ({ ...field, label: text(`field.${field.key}`, field.label) })) }
  const fieldProblems = useFieldProblems()
  const [draft, setDraft] = useState<FormDraft>(
    () => readDraft(caseFile.caseId, offer.key) ?? { ...(offer.initial as FormDraft | null), ...known },
  )
  const [isRestored] = useState(() => readDraft(caseFile.caseId, offer.key) !== undefined)
  const [errors, setErrors] = useState<Record<string, string>>({})
  // The state on which this person decides; live push may bring a newer one under the open dialog.
  const [seenSeq, setSeenSeq] = useState(caseFile.seq)
  const summary = useRef<HTMLDivElement>(null)
  const send = useSendMove(caseFile.caseId, (view) => {
    keepDraft(caseFile.caseId, offer.key, undefined)
    onDone(view)
  })
  const { data: log } = useQuery(entriesQuery(caseFile.caseId))
  const pushed =
    caseFile.seq > seenSeq && !send.isPending && !send.isSuccess
      ? describeConflict(seenSeq, offer.key, caseFile, log?.items ?? [])
      : undefined
  const conflict = send.error instanceof ChangedMeanwhile && send.error.conflict.seq > seenSeq ? send.error.conflict : pushed

  const change = (key: string, value: DraftValue) => {
    const next = { ...draft, [key]: value }
    setDraft(next)
    keepDraft(caseFile.caseId, offer.key, next)
    if (errors[key]) setErrors(({ [key]: _, ...rest }) => rest)
  }
  const submit = () => {
    if (send.isPending || (conflict && !conflict.isStillOffered)) return
    const data = toFormData(offer.form, draft)
    const parsed = parseForm(spoken, data, new Date(now), isChinese ? formWordsZh : formWordsEn)
    const found = parsed.ok ? {} : problemsByField(fieldKeys(offer), parsed.problems)
    for (const field of form.fields) {
      const blanks = field.type === 'text' && typeof draft[field.key] === 'string' ? blanksIn(draft[field.key] as string) : []
      if (blanks.length > 0) found[field.key] = t('dialog.blanks', { blanks: blanks.join(' ') })
    }
    setErrors(found)
    if (Object.keys(found).length > 0) {
      requestAnimationFrame(() => summary.current?.focus())
      return
    }
    const seq = conflict?.seq ?? seenSeq
    setSeenSeq(seq)
    send.mutate({ move: offer.key, data, seq })
  }
  const failure = send.error instanceof ChangedMeanwhile ? undefined : send.error
  const latestProblems = useRef(fieldProblems)
  latestProblems.current = fieldProblems
  useEffect(() => {
    if (!(failure instanceof ApiError) || !failure.problem.fields) return
    setErrors(latestProblems.current(failure, fieldKeys(offer)))
    requestAnimationFrame(() => summary.current?.focus())
  }, [failure, offer])
  const latestSubmit = useRef(submit)
  latestSubmit.current = submit
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      latestSubmit.current()
    }
    globalThis.addEventListener('keydown', listen)
    return () => globalThis.removeEventListener('keydown', listen)
  }, [])
  const copyText = () =>
    void navigator.clipboard?.writeText(
      form.fields.flatMap((field) => (typeof draft[field.key] === 'string' ? [draft[field.key]] : [])).join('\n'),
    )
  const problems = form.fields.filter((field) => errors[field.key])

  return (
    <Dialog
      onClose={onClose}
      width="41rem"
      focusFirst={(dialog) => dialog.querySelector<HTMLElement>('input:checked, input:not([type="hidden"]), textarea, select')}
      title={
        <>
          {name}
          <span className="wb-dialog-sub">
            <KindStamp kind={caseFile.kind} /> {caseFile.number}
            <Sep />
            {caseFile.title}
          </span>
        </>
      }
      footer={
        <div className="wb-dialog-foot">
          <span className="dk-note">{isRestored && !conflict ? t('dialog.restored') : t('dialog.kept')}</span>
          <button type="button" className="dk-button" onClick={onClose}>
            {t('desk.cancel')}
            <KeyCap>Esc</KeyCap>
          </button>
          {conflict && !conflict.isStillOffered ? (
            <button type="button" className="dk-button dk-button-primary" onClick={copyText}>
              {t('dialog.copy')}
            </button>
          ) : (
            <button
              type="button"
              className="dk-button dk-button-primary"
              onClick={submit}
              disabled={send.isPending}
              aria-busy={send.isPending || undefined}
            >
              {send.isPending
                ? t('dialog.sending')
                : failure instanceof ApiError && failure.status === 0
                  ? t('dialog.resend')
                  : conflict
                    ? t('dialog.onNew', { name })
                    : name}
              <KeyCap>Ctrl Enter</KeyCap>
            </button>
          )}
        </div>
      }
    >
      <div className="wb-dialog-body">
        {conflict ? <ConflictNote conflict={conflict} keepsText={form.fields.length > 0} /> : null}
        {offer.because ? <p className="wb-info">{text(`note.${offer.because}`, offer.because)}</p> : null}
        <div ref={summary} tabIndex={-1} role={problems.length > 0 || failure ? 'alert' : undefined} className="wb-summary">
          {failure && !(failure instanceof ApiError && failure.problem.fields && problems.length > 0) ? (
            <p className="dk-error">{words(failure)}</p>
          ) : null}
          {problems.length > 0 ? (
            <>
              <p className="dk-error">{t('dialog.problems', { count: problems.length })}</p>
              <ul>
                {problems.map((field) => (
                  <li key={field.key}>
                    <a
                      href={`#${id}-${field.key}`}
                      onClick={(event) => {
                        event.preventDefault()
                        focusField(`${id}-${field.key}`)
                      }}
                    >
                      {errors[field.key]}
                    </a>
                  </li>
                ))}
              </ul>
            </>
          ) : null}
          {errors[''] ? <p className="dk-error">{errors['']}</p> : null}
        </div>
        <FormFields
          form={form}
          draft={draft}
          onChange={change}
          errors={errors}
          sources={sources}
          idPrefix={id}
          under={(field) => (
            <FieldHelp
              field={field}
              move={offer.key}
              caseFile={caseFile}
              value={draft[field.key]}
              onChange={(value) => change(field.key, value)}
            />
          )}
        />
      </div>
    </Dialog>
  )
}

const fieldKeys = (offer: MoveOffer): string[] => (offer.form?.fields ?? []).map((field) => field.key)

function focusField(id: string): void {
  const element = document.getElementById(id)
  const control = element instanceof HTMLFieldSetElement ? element.querySelector<HTMLElement>('input') : element
  control?.focus()
}
