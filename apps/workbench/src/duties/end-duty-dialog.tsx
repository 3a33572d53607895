import { KeyCap, useNow } from '@linli/ui/desk'
import { type KeyboardEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../parts/dialog.tsx'
import { useFieldProblems } from '../parts/field-problems.ts'
import { useProblemText } from '../parts/states.tsx'
import { ProposalFields } from './proposal-fields.tsx'
import { todayHere, usePropose } from './propose.ts'
import type { DutyRow } from './queries.ts'

/** The end of a line: it stays on record, and from that day on nothing is sent by it. */
export function EndDutyDialog({ line, onClose }: { line: DutyRow; onClose(): void }) {
  const { t } = useTranslation()
  const words = useProblemText()
  const id = useId()
  const now = useNow()
  const [form, setForm] = useState({ effectiveOn: todayHere(now), reason: '' })
  const [isMissing, setIsMissing] = useState(false)
  const send = usePropose(line, onClose)
  const refused = useFieldProblems()(send.error, ['effectiveOn', 'reason'])
  const errors = { ...refused, ...(isMissing ? { reason: t('duties.needReason') } : {}) }
  const submit = () => {
    if (send.isPending) return
    const missing = form.reason.trim().length < 2
    setIsMissing(missing)
    if (missing) document.getElementById(`${id}-reason`)?.focus()
    else send.mutate({ effectiveOn: form.effectiveOn, reason: form.reason.trim() })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    submit()
  }
  return (
    <Dialog
      onClose={onClose}
      width="32rem"
      title={t('duties.endTitle', { clause: line.clauseNo })}
      footer={
        <div className="wb-dialog-foot">
          <button type="button" className="dk-button" onClick={onClose}>
            {t('desk.cancel')}
            <KeyCap>Esc</KeyCap>
          </button>
          <button
            type="button"
            className="dk-button dk-button-primary"
            onClick={submit}
            disabled={send.isPending}
            aria-busy={send.isPending || undefined}
          >
            {t('duties.propose')}
            <KeyCap>Ctrl Enter</KeyCap>
          </button>
        </div>
      }
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the key of the whole form, wherever the focus is in it */}
      <div className="wb-dialog-body" onKeyDown={onKeyDown}>
        <p className="wb-info">{t('duties.endText')}</p>
        {send.error && Object.keys(refused).length === 0 ? (
          <p className="dk-error" role="alert">
            {words(send.error)}
          </p>
        ) : null}
        <ProposalFields id={id} {...form} errors={errors} onChange={(part) => setForm({ ...form, ...part })} />
      </div>
    </Dialog>
  )
}
