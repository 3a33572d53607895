import type { ReactNode } from 'react'

interface PageHeadProps {
  title: ReactNode
  note?: ReactNode
  /** What can be done on this page, or which part of it is shown. */
  children?: ReactNode
}

/** What a page is, in a line, and beside it what can be done there. */
export function PageHead({ title, note, children }: PageHeadProps) {
  return (
    <header className="wb-page-head">
      <div>
        <h1>{title}</h1>
        {note ? <p className="dk-note">{note}</p> : null}
      </div>
      {children}
    </header>
  )
}
