import { sendAlong } from './client.ts'

let touchedAt = Date.now()

/**
 * From now on every request of this page says how many seconds ago a person last touched it. Lists that are read again because of the
 * live line then keep no session alive at a desk where nobody sits.
 */
export function watchTouches(): () => void {
  const touch = () => {
    touchedAt = Date.now()
  }
  touch()
  const kinds = ['pointerdown', 'keydown', 'wheel'] as const
  for (const kind of kinds) globalThis.addEventListener(kind, touch, { capture: true, passive: true })
  sendAlong(() => ({ 'linli-idle': String(secondsSinceTouch()) }))
  return () => {
    for (const kind of kinds) globalThis.removeEventListener(kind, touch, { capture: true })
    sendAlong(() => ({}))
  }
}

const secondsSinceTouch = (): number => Math.max(0, Math.floor((Date.now() - touchedAt) / 1000))
