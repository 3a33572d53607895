import type { Field, FormDefinition } from '@linli/forms/define'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { type DraftValue, type FormDraft, isoToLocal, localToIso, type Picked } from '../forms/form-draft.ts'
import { useDefinitionText, useTimeWords } from '../text/index.ts'
import { FilePicker, type SendFile } from './file-picker.tsx'
import { useNow } from './now.tsx'
import { PickList, type PickSource } from './pick-list.tsx'

/** Where the long lists of a form come from; a portal gives what its API has. */
export interface FormSources {
  organizations: PickSource
  colleagues: PickSource
  send: SendFile
}

interface FormFieldsProps {
  form: FormDefinition
  draft: FormDraft
  onChange(key: string, value: DraftValue): void
  /** Messages by field key. */
  errors: Record<string, string>
  sources: FormSources
  idPrefix: string
  /** Drawn under the control of a field, e.g. reply templates. */
  under?: (field: Field) => ReactNode
}

/** Draws a form definition: label, reason for asking, control, problem, in this order, each tied to the control for a screen reader. */
export function FormFields({ form, draft, onChange, errors, sources, idPrefix, under }: FormFieldsProps) {
  return (
    <div className="dk-form">
      {form.fields.map((field) => (
        <OneField
          key={field.key}
          field={field}
          value={draft[field.key]}
          onChange={(value) => onChange(field.key, value)}
          error={errors[field.key]}
          sources={sources}
          id={`${idPrefix}-${field.key}`}
        >
          {under?.(field)}
        </OneField>
      ))}
    </div>
  )
}

interface OneFieldProps {
  field: Field
  value: DraftValue
  onChange(value: DraftValue): void
  error: string | undefined
  sources: FormSources
  id: string
  children?: ReactNode
}

const grouped = (field: Field): boolean => field.type === 'yesNo' || (field.type === 'choice' && field.options.length <= 6)

function OneField({ field, value, onChange, error, sources, id, children }: OneFieldProps) {
  const { t } = useTranslation()
  const text = useDefinitionText()
  const label = (
    <>
      {text(`field.${field.key}`, field.label)} {/* A screen reader hears it from aria-required. */}
      <span className="dk-optional" aria-hidden="true">
        {field.required ? t('desk.form.required') : t('desk.form.optional')}
      </span>
    </>
  )
  const notes = [field.hint, field.required ? field.basis : undefined].filter((note) => note !== undefined)
  const describedBy = [notes.length > 0 ? `${id}-note` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ') || undefined
  const body = (
    <>
      {notes.length > 0 ? (
        <p id={`${id}-note`} className="dk-note">
          {notes.map((note) => text(`note.${note}`, note)).join(' ')}
        </p>
      ) : null}
      <Control
        field={field}
        value={value}
        onChange={onChange}
        sources={sources}
        id={id}
        describedBy={describedBy}
        invalid={error !== undefined}
      />
      {error ? (
        <p id={`${id}-error`} className="dk-error">
          {error}
        </p>
      ) : null}
      {children}
    </>
  )
  return grouped(field) ? (
    <fieldset className="dk-field" aria-describedby={describedBy} id={id} tabIndex={-1}>
      <legend className="dk-label">{label}</legend>
      {body}
    </fieldset>
  ) : (
    <div className="dk-field">
      <label className="dk-label" htmlFor={id}>
        {label}
      </label>
      {body}
    </div>
  )
}

interface ControlProps {
  field: Field
  value: DraftValue
  onChange(value: DraftValue): void
  sources: FormSources
  id: string
  describedBy: string | undefined
  invalid: boolean
}

function Control({ field, value, onChange, sources, id, describedBy, invalid }: ControlProps) {
  const { t } = useTranslation()
  const text = useDefinitionText()
  const now = useNow()
  const time = useTimeWords()
  const typed = typeof value === 'string' ? value : ''
  const instant = field.type === 'instant' ? localToIso(typed) : undefined
  const common = { id, 'aria-describedby': describedBy, 'aria-invalid': invalid || undefined, 'aria-required': field.required }
  switch (field.type) {
    case 'text':
      return (field.lines ?? 1) > 1 ? (
        <div className="dk-area">
          <textarea
            {...common}
            className="dk-input"
            rows={field.lines}
            value={typed}
            onChange={(event) => onChange(event.currentTarget.value)}
          />
          <Room used={typed.trim().length} max={field.max} />
        </div>
      ) : (
        <input {...common} className="dk-input" value={typed} onChange={(event) => onChange(event.currentTarget.value)} />
      )
    case 'number':
      return (
        <input
          {...common}
          className="dk-input dk-input-short"
          inputMode={field.whole ? 'numeric' : 'decimal'}
          value={typed}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )
    case 'instant':
      return (
        <div className="dk-inline">
          <input
            {...common}
            type="datetime-local"
            className="dk-input dk-input-short"
            value={typed}
            onChange={(event) => onChange(event.currentTarget.value)}
          />
          {field.when === 'past' ? (
            <button type="button" className="dk-button" onClick={() => onChange(isoToLocal(now))}>
              {t('desk.form.now')}
            </button>
          ) : null}
          {/* The browser writes the control in its own language, and 11/12 is two days: the page says which it understood. A picker in the
              page's language would be antd's, half as much again as the whole first load of a desk. */}
          <span role="status" className="dk-note dk-instant">
            {instant ? time.moment(instant, now) : ''}
          </span>
        </div>
      )
    case 'choice':
      if (grouped(field)) {
        return (
          <div className="dk-choices">
            {field.options.map((option) => (
              <label key={option.value} className="dk-choice">
                <input
                  type="radio"
                  name={id}
                  value={option.value}
                  checked={value === option.value}
                  onChange={() => onChange(option.value)}
                />
                <span>{text(`option.${field.key}.${option.value}`, option.label)}</span>
              </label>
            ))}
          </div>
        )
      }
      return (
        <select {...common} className="dk-input" value={typed} onChange={(event) => onChange(event.currentTarget.value || undefined)}>
          <option value="">{t('desk.form.choose')}</option>
          {field.options.map((option) => (
            <option key={option.value} value={option.value}>
              {text(`option.${field.key}.${option.value}`, option.label)}
            </option>
          ))}
        </select>
      )
    case 'yesNo':
      return (
        <div className="dk-choices">
          {[true, false].map((answer) => (
            <label key={String(answer)} className="dk-choice">
              <input type="radio" name={id} checked={value === answer} onChange={() => onChange(answer)} />
              <span>{t(answer ? 'desk.form.yes' : 'desk.form.no')}</span>
            </label>
          ))}
        </div>
      )
    case 'organization':
    case 'colleague':
      return (
        <PickList
          id={id}
          value={isPicked(value) ? value : undefined}
          onChange={onChange}
          source={field.type === 'organization' ? sources.organizations : sources.colleagues}
          invalid={invalid}
          describedBy={describedBy}
        />
      )
    case 'files':
      return (
        <FilePicker
          id={id}
          value={Array.isArray(value) ? value : []}
          onChange={onChange}
          max={field.max}
          send={sources.send}
          describedBy={describedBy}
        />
      )
  }
}

const isPicked = (value: DraftValue): value is Picked => typeof value === 'object' && !Array.isArray(value)

/** Says how much room is left only when it begins to matter. */
function Room({ used, max }: { used: number; max: number }) {
  const { t } = useTranslation()
  if (used < max * 0.8) return null
  return <small className={used > max ? 'dk-error' : 'dk-note'}>{t('desk.form.room', { used, max })}</small>
}
