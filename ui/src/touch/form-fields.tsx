import type { Field, FilesField, FormDefinition } from '@linli/forms/define'
import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { type DraftValue, type FormDraft, isoToLocal, localToIso, type Picked } from '../forms/form-draft.ts'
import { useDefinitionText, useTimeWords } from '../text/index.ts'
import { Chips } from './choice.tsx'
import { FieldError } from './parts.tsx'
import { PickField, type PickSource } from './pick-field.tsx'
import { WordsField } from './words-field.tsx'

/** What a form needs of its portal: the long lists behind its picks, and how files are taken. */
export interface TouchFormSources {
  organizations: PickSource
  colleagues: PickSource
  files(field: FilesField): ReactNode
}

interface FormFieldsProps {
  form: FormDefinition
  draft: FormDraft
  onChange(key: string, value: DraftValue): void
  /** Messages by field key. */
  errors: Readonly<Record<string, string>>
  sources: TouchFormSources
  /** The server's time, for "now". */
  now: number
}

/** A form definition on a phone: label, reason for asking, control, problem, in this order, one below the other. */
export function FormFields({ form, draft, onChange, ...rest }: FormFieldsProps) {
  return form.fields.map((field) => (
    <OneField key={field.key} field={field} value={draft[field.key]} onChange={(value) => onChange(field.key, value)} {...rest} />
  ))
}

interface OneFieldProps extends Pick<FormFieldsProps, 'errors' | 'sources' | 'now'> {
  field: Field
  value: DraftValue
  onChange(value: DraftValue): void
}

/** More options than a thumb reads at a glance are a list of the phone's own. */
const mostChips = 6
/** Chips and photos are many controls under one label. */
const isGroup = (field: Field): boolean =>
  field.type === 'yesNo' || field.type === 'files' || (field.type === 'choice' && field.options.length <= mostChips)

function OneField({ field, value, onChange, errors, sources, now }: OneFieldProps) {
  const { t } = useTranslation()
  const text = useDefinitionText()
  const id = useId()
  const error = errors[field.key]
  const label = text(`field.${field.key}`, field.label)
  const notes = [field.hint, field.required ? field.basis : undefined].flatMap((note) => (note ? [text(`note.${note}`, note)] : []))
  const describedBy = [notes.length > 0 ? `${id}-note` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ') || undefined
  const control = { id, 'aria-describedby': describedBy, 'aria-invalid': error !== undefined, 'aria-required': field.required === true }
  const name = isGroup(field) ? (
    <span className="strong">{label}</span>
  ) : (
    <label className="strong" htmlFor={id}>
      {label}
    </label>
  )
  return (
    <div className="field">
      <div className="section-head">
        {name}
        {field.required ? null : <span className="hint quiet">{t('kit.form.optional')}</span>}
      </div>
      {notes.length > 0 ? (
        <p className="quiet" id={`${id}-note`}>
          {notes.join(' ')}
        </p>
      ) : null}
      <Control field={field} label={label} value={value} onChange={onChange} control={control} sources={sources} now={now} />
      {error ? <FieldError id={`${id}-error`}>{error}</FieldError> : null}
    </div>
  )
}

interface ControlProps extends Omit<OneFieldProps, 'errors'> {
  label: string
  control: { id: string; 'aria-describedby': string | undefined; 'aria-invalid': boolean; 'aria-required': boolean }
}

function Control({ field, label, value, onChange, control, sources, now }: ControlProps) {
  const { t } = useTranslation()
  const text = useDefinitionText()
  const typed = typeof value === 'string' ? value : ''
  switch (field.type) {
    case 'text':
      return (field.lines ?? 1) > 1 ? (
        <WordsField control={control} value={typed} most={field.max} onChange={onChange} />
      ) : (
        <input {...control} className="input" maxLength={field.max} value={typed} onChange={(event) => onChange(event.target.value)} />
      )
    case 'number':
      return (
        <input
          {...control}
          className="input"
          inputMode={field.whole ? 'numeric' : 'decimal'}
          value={typed}
          onChange={(event) => onChange(event.target.value)}
        />
      )
    case 'instant':
      return <Moment control={control} value={typed} onChange={onChange} now={field.when === 'past' ? now : undefined} />
    case 'choice': {
      const choices = field.options.map((option) => ({
        key: option.value,
        name: text(`option.${field.key}.${option.value}`, option.label),
      }))
      return field.options.length <= mostChips ? (
        <Chips label={label} choices={choices} value={typed || undefined} onChange={onChange} />
      ) : (
        <select {...control} className="input" value={typed} onChange={(event) => onChange(event.target.value || undefined)}>
          <option value="">{t('kit.form.choose')}</option>
          {choices.map(({ key, name }) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
        </select>
      )
    }
    case 'yesNo':
      return (
        <Chips
          label={label}
          choices={[
            { key: 'yes', name: t('kit.form.yes') },
            { key: 'no', name: t('kit.form.no') },
          ]}
          value={typeof value === 'boolean' ? (value ? 'yes' : 'no') : undefined}
          onChange={(key) => onChange(key === 'yes')}
        />
      )
    case 'organization':
    case 'colleague':
      return (
        <PickField
          control={control}
          value={isPicked(value) ? value : undefined}
          onChange={onChange}
          source={field.type === 'organization' ? sources.organizations : sources.colleagues}
        />
      )
    case 'files':
      return sources.files(field)
  }
}

const isPicked = (value: DraftValue): value is Picked => typeof value === 'object' && !Array.isArray(value)

interface MomentProps {
  control: ControlProps['control']
  value: string
  onChange(value: string): void
  /** Offered at a tap, where what is asked for lies behind. */
  now: number | undefined
}

/** The phone's own picker, and below it what the page understood: 11/12 is two days. */
function Moment({ control, value, onChange, now }: MomentProps) {
  const { t } = useTranslation()
  const time = useTimeWords()
  const instant = localToIso(value)
  return (
    <>
      <input {...control} type="datetime-local" className="input" value={value} onChange={(event) => onChange(event.target.value)} />
      {now === undefined ? null : (
        <button type="button" className="btn" onClick={() => onChange(isoToLocal(now))}>
          {t('kit.form.now')}
        </button>
      )}
      <p className="quiet" role="status">
        {instant ? time.moment(instant, now ?? Date.now()) : ''}
      </p>
    </>
  )
}
