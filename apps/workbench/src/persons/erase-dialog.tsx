import { call, newId } from '@linli/ui/client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Intent, nextIntent } from '../api/intent.ts'
import { FormDialog } from '../parts/form-dialog.tsx'
import { useProblemText } from '../parts/states.tsx'
import { type Erasure, type PersonFile, personsArea } from './queries.ts'
import { ReasonField } from './reason-field.tsx'

const grounds = ['asked', 'ended', 'mistaken'] as const satisfies readonly Erasure['ground'][]

/** Asks for a file to be erased: on which ground, and why. Another person decides. */
export function EraseDialog({ person: { personId }, onClose }: { person: PersonFile; onClose(): void }) {
  const { t } = useTranslation()
  const id = useId()
  const words = useProblemText()
  const queryClient = useQueryClient()
  const [ground, setGround] = useState<Erasure['ground']>('asked')
  const [reason, setReason] = useState('')
  const [isTried, setIsTried] = useState(false)
  const intent = useRef<Intent>(undefined)
  const isMissing = reason.trim().length < 4
  const send = useMutation({
    mutationFn: () => {
      const body = { ground, reason: reason.trim() }
      intent.current = nextIntent(intent.current, body, newId)
      return call('POST /persons/:personId/erasures', { params: { personId }, body: { ...body, requestId: intent.current.requestId } })
    },
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: [personsArea] })
      onClose()
    },
  })
  return (
    <FormDialog
      title={t('persons.erase')}
      width="30rem"
      submit={t('persons.eraseNow')}
      isDisabled={send.isPending}
      onClose={onClose}
      onSubmit={() => {
        setIsTried(true)
        if (!isMissing) send.mutate()
      }}
    >
      <p className="dk-note">{t('persons.eraseText')}</p>
      <div className="dk-field">
        <label className="dk-label" htmlFor={`${id}-ground`}>
          {t('persons.eraseGround')}
        </label>
        <select
          id={`${id}-ground`}
          className="dk-input"
          value={ground}
          onChange={(event) => setGround(event.currentTarget.value as Erasure['ground'])}
        >
          {grounds.map((one) => (
            <option key={one} value={one}>
              {t(`persons.eraseGrounds.${one}`)}
            </option>
          ))}
        </select>
      </div>
      <ReasonField value={reason} isWrong={isTried && isMissing} onChange={setReason} />
      {send.error ? (
        <p className="dk-error" role="alert">
          {words(send.error)}
        </p>
      ) : null}
    </FormDialog>
  )
}
