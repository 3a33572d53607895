import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from 'react'
import { createPortal } from 'react-dom'

interface DialogProps {
  title: ReactNode
  footer: ReactNode
  /** CSS width; never wider than the window. */
  width: string
  onClose(): void
  /** Takes the first focus; without it the first control does. */
  focusFirst?: (dialog: HTMLElement) => HTMLElement | null | undefined
  children: ReactNode
}

/**
 * A dialog at the right, so that clocks and subjects stay readable beside it. Everything else is inert while it is open; Esc and the mask
 * close it, and the focus goes back to where it was. antd's own brings its forms, buttons and skeletons along, 50 KB for every case that
 * is looked at; the browser's `<dialog>` would lie above a warning of the shell that comes later.
 */
export function Dialog({ title, footer, width, onClose, focusFirst, children }: DialogProps) {
  const id = useId()
  const root = useRef<HTMLDivElement>(null)
  const first = useRef(focusFirst)
  useEffect(() => {
    const before = document.activeElement
    const own = root.current
    const others = [...document.body.children].filter(
      (other) => other !== own && other instanceof HTMLElement && !other.inert,
    ) as HTMLElement[]
    for (const other of others) other.inert = true
    if (own) {
      const panel = own.querySelector<HTMLElement>('[role="dialog"]')
      const control = first.current?.(own) ?? panel?.querySelector<HTMLElement>(controls) ?? panel
      control?.focus()
    }
    return () => {
      for (const other of others) other.inert = false
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true })
    }
  }, [])
  const close = useRef(onClose)
  close.current = onClose
  // A control may go while it has the focus ("more", when all is shown): the keys of the dialog must not go with it.
  useEffect(() => {
    const listen = (event: globalThis.KeyboardEvent) => {
      if (event.target !== document.body || root.current?.inert) return
      if (event.key === 'Escape' && !event.isComposing) close.current()
      if (event.key === 'Tab') root.current?.querySelector<HTMLElement>('[role="dialog"]')?.focus()
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [])
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === 'Tab') keepInside(event)
    if (event.key !== 'Escape' || event.defaultPrevented || event.nativeEvent.isComposing) return
    // A drawer under it stays.
    event.stopPropagation()
    onClose()
  }
  return createPortal(
    // biome-ignore lint/a11y/noStaticElementInteractions: the mask; whoever uses keys has Esc and the button that says so
    <div
      ref={root}
      className="wb-dialog-mask"
      onKeyDown={onKeyDown}
      onMouseDown={(event) => {
        if (event.target === event.currentTarget) onClose()
      }}
    >
      <div role="dialog" aria-modal="true" aria-labelledby={id} tabIndex={-1} className="wb-dialog" style={{ inlineSize: width }}>
        <h2 id={id} className="wb-dialog-title">
          {title}
        </h2>
        {children}
        {footer}
      </div>
    </div>,
    document.body,
  )
}

const controls = ':is(a[href], input:not([type="hidden"]), textarea, select, button, [tabindex="0"]):not(:disabled)'

/** From the last control Tab goes to the first: behind it is the browser, where Esc would no longer be ours. */
function keepInside(event: KeyboardEvent<HTMLElement>): void {
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>(controls)].filter((control) => control.getClientRects().length > 0)
  const [from, to] = event.shiftKey ? [all[0], all.at(-1)] : [all.at(-1), all[0]]
  if (document.activeElement !== from) return
  event.preventDefault()
  to?.focus()
}
