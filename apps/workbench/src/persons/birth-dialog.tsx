import { ApiError, call, newId } from '@linli/ui/client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Intent, nextIntent } from '../api/intent.ts'
import { meQuery } from '../api/queries.ts'
import { FormDialog } from '../parts/form-dialog.tsx'
import { useProblemText } from '../parts/states.tsx'
import { today } from './change-dialog.tsx'
import { type PersonFile, personsArea } from './queries.ts'

/** A child begins its file at home with the parent and in the parent's household. */
export function BirthDialog({ parent, onClose }: { parent: PersonFile; onClose(): void }) {
  const { t } = useTranslation()
  const id = useId()
  const words = useProblemText()
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const { data: me } = useQuery(meQuery)
  const [name, setName] = useState('')
  const [on, setOn] = useState(today())
  const [sex, setSex] = useState<'' | '1' | '2'>('')
  const [isTried, setIsTried] = useState(false)
  const intent = useRef<Intent>(undefined)
  const record = useMutation({
    mutationFn: () => {
      const body = {
        values: { name: name.trim(), birthDate: on, ...(sex ? { sex } : {}) },
        communityCode: me?.actingPost?.areaCode.slice(0, 12) ?? '',
        source: 'counter' as const,
        birth: { parentId: parent.personId, on },
      }
      intent.current = nextIntent(intent.current, body, newId)
      return call('POST /persons', { body: { ...body, requestId: intent.current.requestId } })
    },
    onSuccess: async ({ personId }) => {
      await queryClient.invalidateQueries({ queryKey: [personsArea] })
      void navigate({ to: '/persons/$personId', params: { personId } })
    },
  })
  const isShort = name.trim().length < 2
  const refused = record.error instanceof ApiError ? record.error.problem.fields?.[0]?.message : undefined
  return (
    <FormDialog
      title={t('persons.recordBirth')}
      width="30rem"
      submit={t('persons.save')}
      isDisabled={record.isPending}
      onClose={onClose}
      onSubmit={() => {
        setIsTried(true)
        if (!isShort) record.mutate()
      }}
    >
      <p className="dk-note">{t('persons.birthText')}</p>
      <div className="dk-field">
        <label className="dk-label" htmlFor={`${id}-name`}>
          {t('persons.field.name')} <span className="dk-optional">{t('desk.form.required')}</span>
        </label>
        <input
          id={`${id}-name`}
          className="dk-input"
          autoComplete="off"
          maxLength={40}
          aria-invalid={isTried && isShort ? true : undefined}
          aria-describedby={isTried && isShort ? `${id}-name-error` : undefined}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {isTried && isShort ? (
          <p id={`${id}-name-error`} className="dk-error">
            {t('persons.needed')}
          </p>
        ) : null}
      </div>
      <div className="dk-field">
        <label className="dk-label" htmlFor={`${id}-on`}>
          {t('persons.field.birthDate')}
        </label>
        <input
          id={`${id}-on`}
          className="dk-input"
          type="date"
          max={today()}
          required
          value={on}
          onChange={(event) => setOn(event.currentTarget.value)}
        />
      </div>
      <div className="dk-field">
        <label className="dk-label" htmlFor={`${id}-sex`}>
          {t('persons.field.sex')}
        </label>
        <select id={`${id}-sex`} className="dk-input" value={sex} onChange={(event) => setSex(event.currentTarget.value as typeof sex)}>
          <option value="">{t('persons.choose')}</option>
          <option value="1">{t('persons.sex.1')}</option>
          <option value="2">{t('persons.sex.2')}</option>
        </select>
      </div>
      {record.error ? (
        <p className="dk-error" role="alert">
          {refused ?? words(record.error)}
        </p>
      ) : null}
    </FormDialog>
  )
}
