import { useSyncExternalStore } from 'react'

let isLive = false
const readers = new Set<() => void>()

/** Whether this page hears of alarms by itself; while it does not, it asks. */
export const useIsLive = (): boolean =>
  useSyncExternalStore(
    (reader) => {
      readers.add(reader)
      return () => readers.delete(reader)
    },
    () => isLive,
  )

export function sayIsLive(next: boolean): void {
  isLive = next
  for (const reader of readers) reader()
}
