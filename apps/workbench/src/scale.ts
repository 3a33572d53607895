import { readStored, writeStored } from '@linli/ui/text'
import { useSyncExternalStore } from 'react'

export const scales = ['normal', 'large', 'elder'] as const
/** Everything grows together: 1, 1.25 or 1.5. Nothing disappears. */
export type Scale = (typeof scales)[number]

const key = 'linli.scale'
const listeners = new Set<() => void>()
let current: Scale = scales.find((scale) => scale === readStored(key)) ?? 'normal'

export function setScale(scale: Scale): void {
  current = scale
  writeStored(key, scale)
  document.documentElement.dataset.scale = scale
  for (const listener of listeners) listener()
}

export function startScale(): void {
  document.documentElement.dataset.scale = current
}

export function useScale(): Scale {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => current,
  )
}
