import { useEffect, useRef } from 'react'

/** True while letters belong to something else: a field, an open dialog or menu, a held modifier, an input method at work. */
export function isTyping(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return true
  if (document.querySelector('.wb-dialog, .ant-modal-wrap:not([style*="display: none"]), [role="menu"]')) return true
  const target = event.target as HTMLElement
  return (
    target.isContentEditable ||
    (/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && !(target instanceof HTMLInputElement && target.type === 'radio'))
  )
}

/** Single keys of a page. Enter on a focused button or link stays that button's; the page gets it only when nothing else takes it. */
export function useKeys(onKey: (key: string, event: KeyboardEvent) => void): void {
  const latest = useRef(onKey)
  latest.current = onKey
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (isTyping(event)) return
      const target = event.target as HTMLElement
      const taker = event.key === 'Enter' || event.key === ' ' ? target.closest('button, a, summary, input') : null
      if (taker && !taker.hasAttribute('data-page-enter')) return
      latest.current(event.key, event)
    }
    globalThis.addEventListener('keydown', listen)
    return () => globalThis.removeEventListener('keydown', listen)
  }, [])
}
