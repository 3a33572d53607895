/** The separator dot, drawn instead of typed so that a screen reader does not say it; the space beside it keeps words apart when copied. */
export function Sep() {
  return (
    <>
      {' '}
      <i className="dk-sep" aria-hidden="true" />{' '}
    </>
  )
}

/** A key of the keyboard, printed on the thing that it presses. */
export function KeyCap({ children }: { children: string }) {
  return (
    <kbd className="dk-key" aria-hidden="true">
      {children}
    </kbd>
  )
}
