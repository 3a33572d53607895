import { careGroups } from '@linli/registry/define'
import { ApiError, call, newId } from '@linli/ui/client'
import { useTimeWords } from '@linli/ui/text'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Intent, nextIntent } from '../api/intent.ts'
import { useFieldProblems } from '../parts/field-problems.ts'
import { FormDialog } from '../parts/form-dialog.tsx'
import { useProblemText } from '../parts/states.tsx'
import { AddressField } from './address-field.tsx'
import { useCareGroupName } from './care-group-name.ts'
import { type ChangeField, type ChangeStart, changeFields, changeOf } from './change-fields.ts'
import { HouseholdField } from './household-field.tsx'
import { PersonField } from './person-field.tsx'
import { type PersonFile, personsArea } from './queries.ts'

interface ChangeDialogProps {
  person: PersonFile
  start: ChangeStart
  onClose(): void
}

/** One change of a file. What somebody else changed meanwhile is said, read again, and the words typed stay. */
export function ChangeDialog({ person, start, onClose }: ChangeDialogProps) {
  const { t } = useTranslation()
  const words = useProblemText()
  const id = useId()
  const queryClient = useQueryClient()
  const fields = changeFields[start.change]
  const [filled, setFilled] = useState<Record<string, string>>(() => ({
    ...presets(fields),
    ...('viewers' in start ? { viewers: start.viewers.join(' ') } : {}),
  }))
  const [isTried, setIsTried] = useState(false)
  const intent = useRef<Intent>(undefined)
  const refresh = () => queryClient.invalidateQueries({ queryKey: [personsArea] })
  const send = useMutation({
    mutationFn: () => {
      const body = { expectedSeq: person.seq, source: 'visit' as const, change: changeOf(start, filled) }
      intent.current = nextIntent(intent.current, body, newId)
      const { requestId } = intent.current
      return call('POST /persons/:personId/changes', { params: { personId: person.personId }, body: { ...body, requestId } })
    },
    onSuccess: async () => {
      await refresh()
      onClose()
    },
    onError: (error) => {
      if (error instanceof ApiError && error.code === 'registry.person_changed') void refresh()
    },
  })
  const missing = fields.filter(({ key, isRequired }) => isRequired && !filled[key]?.trim()).map(({ key }) => key)
  const isEmpty = start.change === 'corrected' && fields.every(({ key }) => key === 'note' || !filled[key]?.trim())
  const problems = useFieldProblems()(
    pathless(send.error),
    fields.map(({ key }) => key),
  )
  return (
    <FormDialog
      title={t(`persons.ask.${start.change}`)}
      width="30rem"
      submit={t('persons.save')}
      isDisabled={send.isPending}
      onClose={onClose}
      onSubmit={() => {
        setIsTried(true)
        if (missing.length === 0 && !isEmpty) send.mutate()
      }}
    >
      {start.change === 'corrected' ? <p className="dk-note">{t('persons.correctText')}</p> : null}
      {start.change === 'healthNoted' ? <p className="dk-note">{t('persons.healthNoteText')}</p> : null}
      {start.change === 'viewersSet' ? <p className="dk-note">{t('persons.viewersText')}</p> : null}
      {start.change === 'died' ? <p className="wb-info">{t('persons.dieText')}</p> : null}
      {fields.map((field) => (
        <Line
          key={field.key}
          id={`${id}-${field.key}`}
          field={field}
          value={filled[field.key] ?? ''}
          person={person}
          problem={problems[field.key] ?? (isTried && missing.includes(field.key) ? t('persons.needed') : undefined)}
          onChange={(value) => setFilled((before) => ({ ...before, [field.key]: value }))}
        />
      ))}
      {isTried && isEmpty ? (
        <p className="dk-error" role="alert">
          {t('persons.nothingToCorrect')}
        </p>
      ) : null}
      {send.error && Object.keys(problems).length === 0 ? (
        <p className="dk-error" role="alert">
          {words(send.error)}
        </p>
      ) : null}
    </FormDialog>
  )
}

const presets = (fields: readonly ChangeField[]): Record<string, string> =>
  Object.fromEntries(fields.flatMap(({ key, preset }) => (preset ? [[key, preset === 'today' ? today() : preset]] : [])))

/** The day of the wall clock in Asia/Shanghai. */
export const today = (): string => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date())

/** The server names `change.values.phone`; the line is `phone`. */
function pathless(error: unknown): unknown {
  if (!(error instanceof ApiError)) return error
  const { fields, ...problem } = error.problem
  return fields
    ? new ApiError({
        ...problem,
        fields: fields.map(({ path, message }) => ({ path: path.replace(/^(?:body\.)?(?:change\.|values\.)+/, ''), message })),
      })
    : error
}

interface LineProps {
  id: string
  field: ChangeField
  value: string
  person: PersonFile
  problem: string | undefined
  onChange(value: string): void
}

function Line({ id, field, value, person, problem, onChange }: LineProps) {
  const { t } = useTranslation()
  const time = useTimeWords()
  const careGroupName = useCareGroupName()
  const said = { 'aria-invalid': problem ? true : undefined, 'aria-describedby': problem ? `${id}-error` : undefined }
  const wordsOf = (choice: string) => {
    const group = careGroups.find(({ key }) => key === choice)
    return group ? careGroupName(group) : t(`persons.${field.words}.${choice}`)
  }
  if (field.kind === 'several')
    return <Several id={id} field={field} value={value} problem={problem} wordsOf={wordsOf} onChange={onChange} />
  return (
    <div className="dk-field">
      <label className="dk-label" htmlFor={id}>
        {t(`persons.field.${field.key}`)} {field.isRequired ? <span className="dk-optional">{t('desk.form.required')}</span> : null}
      </label>
      {field.kind === 'address' ? (
        <AddressField id={id} communityId={person.community.areaId} invalid={problem !== undefined} onChange={onChange} />
      ) : field.kind === 'household' ? (
        <HouseholdField id={id} addressId={person.home?.addressId} value={value} onChange={onChange} />
      ) : field.kind === 'person' ? (
        <PersonField
          id={id}
          except={person.personId}
          invalid={problem !== undefined}
          describedBy={problem ? `${id}-error` : undefined}
          onChange={onChange}
        />
      ) : field.kind === 'choice' ? (
        <select id={id} className="dk-input" value={value} {...said} onChange={(event) => onChange(event.currentTarget.value)}>
          <option value="">{t('persons.choose')}</option>
          {field.choices?.map((choice) => (
            <option key={choice} value={choice}>
              {wordsOf(choice)}
            </option>
          ))}
        </select>
      ) : (
        <input
          id={id}
          className="dk-input"
          type={field.kind === 'date' ? 'date' : field.kind === 'phone' ? 'tel' : 'text'}
          max={field.kind === 'date' && !field.isAhead ? today() : undefined}
          maxLength={200}
          autoComplete="off"
          value={value}
          {...said}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
      {field.kind === 'date' && value ? <p className="dk-note">{time.date(`${value}T12:00:00+08:00`)}</p> : null}
      {problem ? (
        <p id={`${id}-error`} className="dk-error">
          {problem}
        </p>
      ) : null}
    </div>
  )
}

/** Several of a few choices; kept as their keys with a space between. */
function Several({ id, field, value, problem, wordsOf, onChange }: Omit<LineProps, 'person'> & { wordsOf(choice: string): string }) {
  const { t } = useTranslation()
  const chosen = value.split(' ').filter(Boolean)
  const toggle = (choice: string, isOn: boolean) =>
    onChange((field.choices ?? []).filter((one) => (one === choice ? isOn : chosen.includes(one))).join(' '))
  return (
    <fieldset className="dk-field wb-several" aria-describedby={problem ? `${id}-error` : undefined}>
      <legend className="dk-label">
        {t(`persons.field.${field.key}`)} {field.isRequired ? <span className="dk-optional">{t('desk.form.required')}</span> : null}
      </legend>
      {field.choices?.map((choice) => (
        <label key={choice} className="wb-several-one">
          <input type="checkbox" checked={chosen.includes(choice)} onChange={(event) => toggle(choice, event.currentTarget.checked)} />
          {wordsOf(choice)}
        </label>
      ))}
      {problem ? (
        <p id={`${id}-error`} className="dk-error">
          {problem}
        </p>
      ) : null}
    </fieldset>
  )
}
