import { KeyCap } from '@linli/ui/desk'
import { Fragment } from 'react'

export interface KeyHint {
  keys: readonly string[]
  says: string
}

/** The keys of a page, listed at its foot. */
export function KeyHints({ hints }: { hints: readonly KeyHint[] }) {
  return (
    <div className="wb-foot-keys">
      {hints.map((hint) => (
        <span key={hint.says}>
          {hint.keys.map((key) => (
            <Fragment key={key}>
              <KeyCap>{key}</KeyCap>{' '}
            </Fragment>
          ))}
          {hint.says}
        </span>
      ))}
    </div>
  )
}
