import { listCacheOf } from './list-cache.ts'

/** Keeps the portal at this base on the device, so that it opens without a network. After the page: its own first load comes first. */
export function startOffline(base: string): void {
  if (!('serviceWorker' in navigator)) return
  const register = (): void => {
    // Refused in some private windows: the portal then needs a network, as any page does.
    navigator.serviceWorker.register(`${base}sw.js`, { scope: base, updateViaCache: 'none' }).catch(() => undefined)
  }
  if (document.readyState === 'complete') register()
  else addEventListener('load', register, { once: true })
}

/** Which communities were looked at here is the device's own business, too. */
export function forgetLists(base: string): void {
  if ('caches' in globalThis) void caches.delete(listCacheOf(base))
}
