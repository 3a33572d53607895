import { listCache } from './list-cache.ts'

/** Keeps the portal on this device, so that it opens without a network. After the page: its own first load comes first. */
export function startOffline(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  const register = (): void => {
    // Refused in some private windows: the portal then needs a network, as any page does.
    navigator.serviceWorker.register('/resident/sw.js', { scope: '/resident/', updateViaCache: 'none' }).catch(() => undefined)
  }
  if (document.readyState === 'complete') register()
  else addEventListener('load', register, { once: true })
}

/** Which communities were looked at here is the device's own business, too. */
export function forgetLists(): void {
  if ('caches' in globalThis) void caches.delete(listCache)
}
