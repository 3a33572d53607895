import { useId } from 'react'
import { useTranslation } from 'react-i18next'

export interface Option {
  value: string
  text: string
}

interface ChoiceProps {
  label: string
  value: string | undefined
  options: readonly Option[]
  /** What it is called when nothing is chosen. */
  none?: string
  isFixed?: boolean
  /** In a line with the box of words: its name stands in it, not above it. */
  isInline?: boolean
  onChoose(value: string | undefined): void
}

/** One of the things that a list can be narrowed to. */
export function Choice({ label, value, options, none, isFixed = false, isInline = false, onChoose }: ChoiceProps) {
  const { t } = useTranslation()
  const id = useId()
  const select = (
    <select
      id={id}
      className="dk-input"
      aria-label={isInline ? label : undefined}
      value={value ?? ''}
      disabled={isFixed}
      onChange={(event) => onChoose(event.currentTarget.value || undefined)}
    >
      <option value="">{none ?? (isInline ? t('lists.anyOf', { label }) : t('lists.any'))}</option>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.text}
        </option>
      ))}
    </select>
  )
  if (isInline) return select
  return (
    <div className="wb-filter-field">
      <label htmlFor={id}>{label}</label>
      {select}
    </div>
  )
}

interface DayFieldProps {
  label: string
  value: string | undefined
  isFixed?: boolean
  onChange(day: string | undefined): void
}

export function DayField({ label, value, isFixed = false, onChange }: DayFieldProps) {
  return (
    <label className="wb-filter-field">
      <span>{label}</span>
      <input
        key={value ?? ''}
        type="date"
        className="dk-input"
        defaultValue={value ?? ''}
        disabled={isFixed}
        min="2000-01-01"
        max="2099-12-31"
        // While a year is typed every digit of it is a date of its own.
        onBlur={(event) => {
          if (event.currentTarget.value !== (value ?? '')) onChange(event.currentTarget.value || undefined)
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.currentTarget.blur()
        }}
      />
    </label>
  )
}
