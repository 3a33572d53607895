import { useId } from 'react'
import { useTranslation } from 'react-i18next'

interface ReasonFieldProps {
  value: string
  isWrong: boolean
  onChange(value: string): void
}

/** Why it is done, which whoever decides and the history of the file read. */
export function ReasonField({ value, isWrong, onChange }: ReasonFieldProps) {
  const { t } = useTranslation()
  const id = useId()
  return (
    <div className="dk-field">
      <label className="dk-label" htmlFor={id}>
        {t('persons.field.reason')} <span className="dk-optional">{t('desk.form.required')}</span>
      </label>
      <input
        id={id}
        className="dk-input"
        autoComplete="off"
        maxLength={200}
        aria-invalid={isWrong ? true : undefined}
        aria-describedby={isWrong ? `${id}-error` : undefined}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {isWrong ? (
        <p id={`${id}-error`} className="dk-error">
          {t('persons.reasonLength')}
        </p>
      ) : null}
    </div>
  )
}
