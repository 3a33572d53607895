/** What this device remembers under a key; undefined where the browser keeps nothing (private mode, blocked storage). */
export function readStored(key: string): string | undefined {
  try {
    return globalThis.localStorage?.getItem(key) ?? undefined
  } catch {
    return undefined
  }
}

/** Remembers a text on this device; undefined forgets it. False when the browser refused. */
export function writeStored(key: string, value: string | undefined): boolean {
  try {
    if (value === undefined) globalThis.localStorage?.removeItem(key)
    else globalThis.localStorage?.setItem(key, value)
    return true
  } catch {
    return false
  }
}
