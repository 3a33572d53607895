import { ApiError, call } from '@linli/ui/client'
import { KeyCap, newId } from '@linli/ui/desk'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Intent, nextIntent } from '../api/intent.ts'
import { Dialog } from '../parts/dialog.tsx'
import { useProblemText, Waiting } from '../parts/states.tsx'
import type { changeOf } from './draft.ts'
import { HandoverCounts, HandoverItems, HandoverParties } from './handover-tables.tsx'
import type { Preview } from './queries.ts'

interface ChangeDialogProps {
  communityId: string
  change: ReturnType<typeof changeOf>
  onClose(): void
  onReload(): void
  onDone(handoverId: string | null): void
}

/** What the change means before it is done: which buildings, which open cases, which people; then the reason, and one decision. */
export function ChangeDialog({ communityId, change, onClose, onReload, onDone }: ChangeDialogProps) {
  const { t } = useTranslation()
  const words = useProblemText()
  const id = useId()
  const [reason, setReason] = useState('')
  const [isMissing, setIsMissing] = useState(false)
  const intent = useRef<Intent>(undefined)
  const params = { communityId }
  const preview = useMutation({
    mutationFn: () =>
      call('POST /communities/:communityId/cell-changes/preview', { params, body: { ...change, reason: t('cells.previewReason') } }),
  })
  const { mutate: ask } = preview
  useEffect(() => ask(), [ask])
  const carryOut = useMutation({
    mutationFn: (body: typeof change & { reason: string }) => {
      intent.current = nextIntent(intent.current, body, newId)
      return call('POST /communities/:communityId/cell-changes', { params, body: { ...body, requestId: intent.current.requestId } })
    },
    onSuccess: ({ handoverId }) => onDone(handoverId),
  })
  const error = carryOut.error ?? preview.error
  const isStale = error instanceof ApiError && error.code === 'access.cells_changed'
  const submit = () => {
    if (carryOut.isPending || !preview.data) return
    if (reason.trim().length < 2) {
      setIsMissing(true)
      document.getElementById(`${id}-reason`)?.focus()
    } else carryOut.mutate({ ...change, reason: reason.trim() })
  }
  return (
    <Dialog
      onClose={onClose}
      width="46rem"
      title={t('cells.reviewTitle')}
      footer={
        <div className="wb-dialog-foot">
          <button type="button" className="dk-button" onClick={onClose}>
            {t('desk.cancel')}
            <KeyCap>Esc</KeyCap>
          </button>
          {isStale ? (
            <button type="button" className="dk-button dk-button-primary" onClick={onReload}>
              {t('cells.reload')}
            </button>
          ) : (
            <button
              type="button"
              className="dk-button dk-button-primary"
              onClick={submit}
              disabled={carryOut.isPending || !preview.data}
              aria-busy={carryOut.isPending || undefined}
            >
              {t('cells.carryOut')}
            </button>
          )}
        </div>
      }
    >
      <div className="wb-dialog-body">
        {preview.isPending ? <Waiting rows={3} /> : null}
        {error ? (
          <p className="dk-error" role="alert">
            {words(error)}
          </p>
        ) : null}
        {preview.data ? <Effects preview={preview.data} /> : null}
        <div className="dk-field">
          <label className="dk-label" htmlFor={`${id}-reason`}>
            {t('cells.reason')} <span className="dk-optional">{t('desk.form.required')}</span>
          </label>
          <input
            id={`${id}-reason`}
            className="dk-input"
            maxLength={200}
            value={reason}
            aria-invalid={isMissing || undefined}
            aria-describedby={`${id}-note`}
            onChange={(event) => {
              setReason(event.currentTarget.value)
              setIsMissing(false)
            }}
          />
          <p id={`${id}-note`} className={isMissing ? 'dk-error' : 'dk-note'}>
            {t(isMissing ? 'cells.needReason' : 'cells.reasonNote')}
          </p>
        </div>
      </div>
    </Dialog>
  )
}

function Effects({ preview }: { preview: Preview }) {
  const { t } = useTranslation()
  const { made, redrawn, renamed, ended, items, parties } = preview
  const lines = [
    ...(made.length > 0 ? [t('cells.effect.made', { cells: made.join('、') })] : []),
    ...(redrawn.length > 0 ? [t('cells.effect.redrawn', { cells: redrawn.join('、') })] : []),
    ...renamed.map(({ from, to }) => t('cells.effect.renamed', { from, to })),
    ...(ended.length > 0 ? [t('cells.effect.ended', { cells: ended.join('、') })] : []),
  ]
  return (
    <>
      <ul className="wb-cells-effects">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <p role="status">
        <HandoverCounts items={items} />
      </p>
      <HandoverItems items={items} />
      <HandoverParties parties={parties} />
    </>
  )
}
