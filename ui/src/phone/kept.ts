import { readStored, writeStored } from '@linli/ui/text'
import { useSyncExternalStore } from 'react'

/** A value that this device keeps, watched by the page; other tabs of the same device see changes too. */
export interface Kept<T> {
  get(): T
  /** Changes and keeps the value; false when the browser refused to keep it (it then lives until the page closes). */
  change(change: (value: T) => T): boolean
  subscribe(watcher: () => void): () => void
}

/** Opens the value kept under a key. `read` judges what was stored, perhaps by an older version; undefined counts as nothing stored. */
export function keep<T>(key: string, empty: T, read: (stored: unknown) => T | undefined): Kept<T> {
  const watchers = new Set<() => void>()
  let text = readStored(key)
  let value = parse(text)

  function parse(stored: string | undefined): T {
    if (stored === undefined) return empty
    try {
      return read(JSON.parse(stored)) ?? empty
    } catch {
      return empty
    }
  }
  const tell = (): void => {
    for (const watcher of watchers) watcher()
  }
  globalThis.addEventListener?.('storage', (event) => {
    if (event.key !== key) return
    text = event.newValue ?? undefined
    value = parse(text)
    tell()
  })
  return {
    get: () => value,
    change(change) {
      const next = change(value)
      if (next === value) return true
      value = next
      text = next === empty ? undefined : JSON.stringify(next)
      const stored = writeStored(key, text)
      tell()
      return stored
    },
    subscribe(watcher) {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
  }
}

export function useKept<T>(kept: Kept<T>): T {
  return useSyncExternalStore(kept.subscribe, kept.get)
}
