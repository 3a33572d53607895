import { useEffect } from 'react'

const restAfter = 5 * 60_000

/** Somebody looked closer and left: after five minutes without a touch the wall goes back to what it is there for. */
export function useRest(onRest: () => void): void {
  useEffect(() => {
    let timer = setTimeout(onRest, restAfter)
    const touch = () => {
      clearTimeout(timer)
      timer = setTimeout(onRest, restAfter)
    }
    const kinds = ['pointerdown', 'keydown', 'wheel'] as const
    for (const kind of kinds) globalThis.addEventListener(kind, touch, { capture: true, passive: true })
    return () => {
      clearTimeout(timer)
      for (const kind of kinds) globalThis.removeEventListener(kind, touch, { capture: true })
    }
  }, [onRest])
}
