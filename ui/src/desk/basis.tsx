import type { ReactNode } from 'react'

/** Why: the clause number hangs in the margin like print, the sentence beside it, its source under it. */
export function Basis({ clause, children, source }: { clause: ReactNode; children: ReactNode; source?: ReactNode }) {
  return (
    <div className="dk-basis">
      <span className="dk-basis-no">{clause}</span>
      <span className="dk-basis-text">
        <span>{children}</span>
        {source ? <cite>{source}</cite> : null}
      </span>
    </div>
  )
}
