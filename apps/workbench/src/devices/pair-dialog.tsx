import { KeyCap } from '@linli/ui/desk'
import { useMutation } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../parts/dialog.tsx'
import type { Desk } from './use-desk.ts'

/** The six digits of the bridge's own window, typed here once: whoever reads them sits at that machine. */
export function PairDialog({ desk, onClose }: { desk: Desk; onClose(): void }) {
  const { t } = useTranslation()
  const id = useId()
  const [code, setCode] = useState('')
  const pairing = useMutation({
    mutationFn: () => desk.pair(code),
    onSuccess: (left) => {
      if (left === undefined) onClose()
    },
  })
  const problem = pairing.error
    ? t('devices.link.away')
    : pairing.data === undefined
      ? ''
      : pairing.data === 0
        ? t('devices.newCode')
        : t('devices.wrongCode', { count: pairing.data })
  return (
    <Dialog
      title={t('devices.connect')}
      width="28rem"
      onClose={onClose}
      footer={
        <footer className="wb-dialog-foot">
          <button type="button" className="dk-button" onClick={onClose}>
            {t('desk.cancel')}
          </button>
          <button type="submit" form={id} className="dk-button dk-button-primary" disabled={pairing.isPending}>
            {t('devices.pair')} <KeyCap>Enter</KeyCap>
          </button>
        </footer>
      }
    >
      <form
        id={id}
        className="wb-dialog-body"
        onSubmit={(event) => {
          event.preventDefault()
          if (!pairing.isPending) pairing.mutate()
        }}
      >
        <label className="wb-block" htmlFor={`${id}-code`}>
          {t('devices.code')}
        </label>
        <input
          id={`${id}-code`}
          className="dk-input"
          inputMode="numeric"
          autoComplete="off"
          maxLength={6}
          aria-describedby={`${id}-note`}
          aria-invalid={problem ? true : undefined}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value.replaceAll(/\D/g, ''))}
        />
        <p id={`${id}-note`} className="dk-note">
          {t('devices.codeNote')}
        </p>
        {problem ? (
          <p className="dk-error" role="alert">
            {problem}
          </p>
        ) : null}
      </form>
    </Dialog>
  )
}
