import { ApiError, call, newId } from '@linli/ui/client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Intent, nextIntent } from '../api/intent.ts'
import { FormDialog } from '../parts/form-dialog.tsx'
import { useProblemText } from '../parts/states.tsx'
import { PersonField } from './person-field.tsx'
import { type PersonFile, personsArea } from './queries.ts'
import { ReasonField } from './reason-field.tsx'

interface MergeDialogProps {
  person: PersonFile
  /** The file to be taken out again; without it one to put in is looked for. */
  absorbed: string | undefined
  onClose(): void
}

/** Two files of one person into one, or apart again: with a reason, and nothing is lost either way. */
export function MergeDialog({ person, absorbed, onClose }: MergeDialogProps) {
  const { t } = useTranslation()
  const id = useId()
  const words = useProblemText()
  const queryClient = useQueryClient()
  const [otherId, setOtherId] = useState(absorbed ?? '')
  const [reason, setReason] = useState('')
  const [isTried, setIsTried] = useState(false)
  const intent = useRef<Intent>(undefined)
  const isMissing = { otherId: otherId === '', reason: reason.trim().length < 4 }
  const send = useMutation({
    mutationFn: () => {
      const body = { expectedSeq: person.seq, otherId, reason: reason.trim() }
      intent.current = nextIntent(intent.current, body, newId)
      const input = { params: { personId: person.personId }, body: { ...body, requestId: intent.current.requestId } }
      return absorbed ? call('POST /persons/:personId/unmerge', input) : call('POST /persons/:personId/merge', input)
    },
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: [personsArea] })
      onClose()
    },
    onError: (error) => {
      if (error instanceof ApiError && error.code === 'registry.person_changed')
        void queryClient.invalidateQueries({ queryKey: [personsArea] })
    },
  })
  const refused = send.error instanceof ApiError ? send.error.problem.fields?.[0]?.message : undefined
  const key = absorbed ? 'unmerge' : 'merge'
  return (
    <FormDialog
      title={t(`persons.${key}`)}
      width="30rem"
      submit={t(`persons.${key}Now`)}
      isDisabled={send.isPending}
      onClose={onClose}
      onSubmit={() => {
        setIsTried(true)
        if (!isMissing.otherId && !isMissing.reason) send.mutate()
      }}
    >
      <p className="dk-note">{t(`persons.${key}Text`)}</p>
      {absorbed ? null : (
        <div className="dk-field">
          <label className="dk-label" htmlFor={`${id}-other`}>
            {t('persons.otherFile')} <span className="dk-optional">{t('desk.form.required')}</span>
          </label>
          <PersonField
            id={`${id}-other`}
            except={person.personId}
            invalid={isTried && isMissing.otherId}
            describedBy={isTried && isMissing.otherId ? `${id}-other-error` : undefined}
            onChange={setOtherId}
          />
          {isTried && isMissing.otherId ? (
            <p id={`${id}-other-error`} className="dk-error">
              {t('persons.needed')}
            </p>
          ) : null}
        </div>
      )}
      <ReasonField value={reason} isWrong={isTried && isMissing.reason} onChange={setReason} />
      {send.error ? (
        <p className="dk-error" role="alert">
          {refused ?? words(send.error)}
        </p>
      ) : null}
    </FormDialog>
  )
}
