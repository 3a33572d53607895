import type { ReactNode } from 'react'

interface Control {
  id: string
  'aria-invalid': true | undefined
  'aria-describedby': string | undefined
}

interface DutyFieldProps {
  id: string
  label: string
  error?: string | undefined
  note?: string
  children(control: Control): ReactNode
}

/** A control under its label, with what is wrong with it, or else a note. */
export function DutyField({ id, label, error, note, children }: DutyFieldProps) {
  const says = error ?? note
  return (
    <div className="dk-field">
      <label className="dk-label" htmlFor={id}>
        {label}
      </label>
      {children({ id, 'aria-invalid': error ? true : undefined, 'aria-describedby': says ? `${id}-note` : undefined })}
      {says ? (
        <p id={`${id}-note`} className={error ? 'dk-error' : 'dk-note'}>
          {says}
        </p>
      ) : null}
    </div>
  )
}
