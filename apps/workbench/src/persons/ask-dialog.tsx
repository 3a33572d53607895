import { ApiError, call, newId } from '@linli/ui/client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Intent, nextIntent } from '../api/intent.ts'
import { useFieldProblems } from '../parts/field-problems.ts'
import { FormDialog } from '../parts/form-dialog.tsx'
import { useProblemText } from '../parts/states.tsx'
import { type AskedField, type PersonFile, personsArea } from './queries.ts'

/** Asks for a value that another office owns to be corrected: what it should be, and what the desk goes by. Another person decides. */
export function AskDialog({ person, field, onClose }: { person: PersonFile; field: AskedField; onClose(): void }) {
  const { t } = useTranslation()
  const id = useId()
  const words = useProblemText()
  const queryClient = useQueryClient()
  const [filled, setFilled] = useState({ value: '', basis: '' })
  const [isTried, setIsTried] = useState(false)
  const intent = useRef<Intent>(undefined)
  const send = useMutation({
    mutationFn: () => {
      const body = { field, value: filled.value.trim(), basis: filled.basis.trim() }
      intent.current = nextIntent(intent.current, body, newId)
      const { requestId } = intent.current
      return call('POST /persons/:personId/corrections', { params: { personId: person.personId }, body: { ...body, requestId } })
    },
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: [personsArea] })
      onClose()
    },
  })
  const missing = { value: filled.value.trim() === '', basis: filled.basis.trim().length < 4 }
  const problems = useFieldProblems()(send.error instanceof ApiError ? send.error : undefined, ['value', 'basis', 'field'])
  return (
    <FormDialog
      title={t('persons.askCorrection', { field: t(`persons.field.${field}`) })}
      width="30rem"
      submit={t('persons.askNow')}
      isDisabled={send.isPending}
      onClose={onClose}
      onSubmit={() => {
        setIsTried(true)
        if (!missing.value && !missing.basis) send.mutate()
      }}
    >
      <p className="dk-note">{t('persons.askText')}</p>
      {(['value', 'basis'] as const).map((key) => {
        const problem =
          problems[key] ?? (isTried && missing[key] ? t(key === 'basis' ? 'persons.reasonLength' : 'persons.needed') : undefined)
        return (
          <div key={key} className="dk-field">
            <label className="dk-label" htmlFor={`${id}-${key}`}>
              {key === 'value' ? t('persons.askValue', { field: t(`persons.field.${field}`) }) : t('persons.askBasis')}{' '}
              <span className="dk-optional">{t('desk.form.required')}</span>
            </label>
            <input
              id={`${id}-${key}`}
              className="dk-input"
              type={field === 'birthDate' && key === 'value' ? 'date' : 'text'}
              maxLength={key === 'value' ? 40 : 200}
              autoComplete="off"
              aria-invalid={problem ? true : undefined}
              aria-describedby={problem ? `${id}-${key}-error` : undefined}
              value={filled[key]}
              onChange={(event) => {
                const { value } = event.currentTarget
                setFilled((before) => ({ ...before, [key]: value }))
              }}
            />
            {problem ? (
              <p id={`${id}-${key}-error`} className="dk-error">
                {problem}
              </p>
            ) : null}
          </div>
        )
      })}
      {send.error && Object.keys(problems).length === 0 ? (
        <p className="dk-error" role="alert">
          {words(send.error)}
        </p>
      ) : null}
    </FormDialog>
  )
}
