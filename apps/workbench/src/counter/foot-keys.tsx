import { KeyCap } from '@linli/ui/desk'

export interface FootKey {
  cap: string
  says: string
  act(): void
  isPrimary?: boolean
  isOff?: boolean
  /** It sends the form of this id. */
  form?: string
}

/** The keys of the counter, printed on what they press; a hand on the mouse presses the same. */
export function FootKeys({ keys, label }: { keys: readonly FootKey[]; label: string }) {
  return (
    <div className="wb-fkeys" role="toolbar" aria-label={label}>
      {keys.map(({ cap, says, act, isPrimary, isOff, form }) => (
        <button
          key={cap}
          type={form ? 'submit' : 'button'}
          form={form}
          className={isPrimary ? 'wb-fkey wb-fkey-primary dk-button-primary' : 'wb-fkey'}
          disabled={isOff}
          {...(form ? {} : { onClick: act })}
        >
          <KeyCap>{cap}</KeyCap> {says}
        </button>
      ))}
    </div>
  )
}
