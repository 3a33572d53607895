import { useEffect, useRef } from 'react'

/**
 * F-keys, Alt and a digit (as the digit alone), Ctrl Enter (as F10), wherever the focus is, in the middle of a word too: a hand that just
 * clicked beside the form must not lose its keys. An open dialog has its own.
 */
export function useCounterKeys(onKey: (key: string, event: KeyboardEvent) => void): void {
  const latest = useRef(onKey)
  latest.current = onKey
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.isComposing || event.repeat || document.querySelector('.wb-dialog, [role="menu"]')) return
      const isSend = event.key === 'Enter' && (event.ctrlKey || event.metaKey)
      if (isSend) latest.current('F10', event)
      else if (/^F\d+$/.test(event.key) || (event.altKey && /^\d$/.test(event.key))) latest.current(event.key, event)
    }
    globalThis.addEventListener('keydown', listen)
    return () => globalThis.removeEventListener('keydown', listen)
  }, [])
}
