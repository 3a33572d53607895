import { exportRule } from '@linli/exchange/define'
import { call } from '@linli/ui/client'
import { KeyCap, newId } from '@linli/ui/desk'
import { useLanguage } from '@linli/ui/text'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Intent, nextIntent } from '../api/intent.ts'
import { area } from '../api/queries.ts'
import { Dialog } from '../parts/dialog.tsx'
import { useProblemText } from '../parts/states.tsx'
import type { ListedNow } from './queries.ts'

/** What for and in which format; then where the file will be. Whoever reads it later sees the purpose in its first row. */
export function ExportDialog({ list, query, onClose }: ListedNow & { onClose(): void }) {
  const { t } = useTranslation()
  const words = useProblemText()
  const isEnglish = useLanguage() === 'en'
  const id = useId()
  const queryClient = useQueryClient()
  const [purpose, setPurpose] = useState('')
  const [format, setFormat] = useState<'xlsx' | 'csv'>('xlsx')
  const [isMissing, setIsMissing] = useState(false)
  const intent = useRef<Intent>(undefined)
  const done = useRef<HTMLParagraphElement>(null)
  const ask = useMutation({
    mutationFn: () => {
      const body = { list, query, format, purpose: purpose.trim(), lang: isEnglish ? ('en' as const) : ('zh' as const) }
      intent.current = nextIntent(intent.current, body, newId)
      return call('POST /exports', { body: { ...body, requestId: intent.current.requestId } })
    },
    onSuccess: () => queryClient.invalidateQueries({ queryKey: [area.exports] }),
  })
  const job = ask.data
  useEffect(() => {
    if (job) done.current?.focus()
  }, [job])
  const submit = () => {
    if (ask.isPending || job) return
    const isTooShort = purpose.trim().length < 2
    setIsMissing(isTooShort)
    if (isTooShort) document.getElementById(`${id}-purpose`)?.focus()
    else ask.mutate()
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
      title={t('exports.dialogTitle')}
      focusFirst={(dialog) => dialog.querySelector<HTMLElement>('textarea')}
      footer={
        <div className="wb-dialog-foot">
          <button type="button" className="dk-button" onClick={onClose}>
            {t(job ? 'exports.close' : 'desk.cancel')}
            <KeyCap>Esc</KeyCap>
          </button>
          {job ? (
            <Link to="/exports" className="dk-button dk-button-primary">
              {t('exports.toCenter')}
            </Link>
          ) : (
            <button type="button" className="dk-button dk-button-primary" onClick={submit} disabled={ask.isPending}>
              {t('exports.start')}
              <KeyCap>Ctrl Enter</KeyCap>
            </button>
          )}
        </div>
      }
    >
      {job ? (
        <div className="wb-dialog-body">
          <p ref={done} tabIndex={-1} role="status">
            {t(job.state === 'held' ? 'exports.heldNow' : 'exports.started', { count: job.rowsExpected, number: job.number })}
          </p>
          {job.state === 'held' ? <p className="dk-note">{t(`exports.heldFor.${job.heldFor}`)}</p> : null}
        </div>
      ) : (
        // biome-ignore lint/a11y/noStaticElementInteractions: the key of the whole form, wherever the focus is in it
        <div className="wb-dialog-body" onKeyDown={onKeyDown}>
          <div className="dk-field">
            <label className="dk-label" htmlFor={`${id}-purpose`}>
              {t('exports.purpose')}
            </label>
            <textarea
              id={`${id}-purpose`}
              className="dk-input"
              rows={2}
              maxLength={200}
              value={purpose}
              onChange={(event) => {
                setPurpose(event.target.value)
                setIsMissing(false)
              }}
              aria-invalid={isMissing || undefined}
              aria-describedby={`${id}-note`}
            />
            <p id={`${id}-note`} className={isMissing ? 'dk-error' : 'dk-note'}>
              {t(isMissing ? 'exports.needPurpose' : 'exports.purposeNote')}
            </p>
          </div>
          <fieldset className="dk-field">
            <legend className="dk-label">{t('exports.format')}</legend>
            <div className="dk-choices">
              {(['xlsx', 'csv'] as const).map((one) => (
                <label key={one} className="dk-choice">
                  <input type="radio" name={`${id}-format`} checked={format === one} onChange={() => setFormat(one)} />
                  {t(`exports.formats.${one}`)}
                </label>
              ))}
            </div>
          </fieldset>
          <ul className="wb-export-notes dk-note">
            <li>{t('exports.noteFilter')}</li>
            <li>{t('exports.noteMask')}</li>
            <li>
              {t('exports.noteHold', {
                from: exportRule.night.fromHour,
                to: exportRule.night.toHour,
                rows: exportRule.rowsPerDay,
                days: exportRule.keepDays,
              })}
            </li>
          </ul>
          {ask.error ? (
            <p className="dk-error" role="alert">
              {words(ask.error)}
            </p>
          ) : null}
        </div>
      )}
    </Dialog>
  )
}
