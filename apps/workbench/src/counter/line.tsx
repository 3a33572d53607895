import { KeyCap } from '@linli/ui/desk'
import type { ReactNode } from 'react'

interface LineProps {
  at: string
  label: string
  htmlFor?: string
  error?: string | undefined
  children: ReactNode
}

/** One line of the form: its key, its name, its controls and what is wrong with them. */
export function Line({ at, label, htmlFor, error, children }: LineProps) {
  const name = (
    <>
      <KeyCap>{`Alt ${at}`}</KeyCap> {label}
    </>
  )
  return (
    <div className="wb-line-row" data-line={at}>
      {htmlFor ? <label htmlFor={htmlFor}>{name}</label> : <span>{name}</span>}
      <div>
        {children}
        {error ? (
          <p className="dk-error" role="alert">
            {error}
          </p>
        ) : null}
      </div>
    </div>
  )
}
