import { PrecacheController } from 'workbox-precaching/PrecacheController.js'
import { NetworkFirst } from 'workbox-strategies/NetworkFirst.js'
import { listCacheOf } from './list-cache.ts'
import { wayOf } from './ways.ts'

import type { Shell } from './worker.config.ts'

/** Put in by the build: where the portal stands, every file of it, and a name that changes with any of them. */
declare const __SHELL__: Shell

/** What this worker uses of its global scope; the page's own library of types knows no workers. */
interface WorkerScope {
  location: Location
  clients: { claim(): Promise<void> }
  skipWaiting(): Promise<void>
  addEventListener(type: 'install' | 'activate', act: (event: ExtendableEvent) => void): void
  addEventListener(type: 'fetch', act: (event: FetchEvent) => void): void
}
interface ExtendableEvent extends Event {
  waitUntil(work: Promise<unknown>): void
}
interface FetchEvent extends ExtendableEvent {
  request: Request
  respondWith(answer: Promise<Response>): void
}
const scope = globalThis as unknown as WorkerScope

/** A line that is there and carries nothing is worse than none: the page opens from here after this long. */
const patience = 3000
// Named once: the build writes the whole list wherever its name stands.
const { base, build, entries, firstLists } = __SHELL__
// Portals of one address share its caches: each keeps to its own.
const shellName = `linli-shell${base}`
const listCache = listCacheOf(base)
const ownShell = shellName + build

const shell = new PrecacheController({ cacheName: ownShell })
shell.addToCacheList(entries)
const lists = new NetworkFirst({ cacheName: listCache, networkTimeoutSeconds: patience / 1000 })

scope.addEventListener('install', (event) => {
  event.waitUntil(shell.install(event))
  // An open page keeps what it runs on: its parts stay in the cache of its own build (see dropOldShells), so nobody has to wait.
  void scope.skipWaiting()
})

scope.addEventListener('activate', (event) => {
  event.waitUntil(
    Promise.all([dropOldShells(), caches.delete(listCache)])
      .then(() => scope.clients.claim())
      .then(() => Promise.allSettled(firstLists.map((url) => lists.handle({ event, request: new Request(url) })))),
  )
})

scope.addEventListener('fetch', (event) => {
  const { request } = event
  const way = wayOf(request, { home: scope.location.origin, base })
  if (way === 'page') event.respondWith(openPage(request))
  if (way === 'part') event.respondWith(caches.match(request, { ignoreVary: true }).then((kept) => kept ?? fetch(request)))
  if (way === 'list') event.respondWith(lists.handle({ event, request }))
})

/**
 * The newest page while there is a network, the kept one when there is none or it is too slow. Either comes with the security policy
 * that the server sent with it. Addresses are not kept: one may hold the last digits of a telephone number.
 */
async function openPage(request: Request): Promise<Response> {
  const kept = await shell.matchPrecache(base)
  const fresh = fetch(request)
  if (!kept) return fresh
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, patience))
  const answer = await Promise.race([fresh, late]).catch(() => undefined)
  return answer && answer.status < 500 ? answer : kept
}

/** The build before this one stays for pages that are still open on it; older ones go. */
async function dropOldShells(): Promise<void> {
  const names = (await caches.keys()).filter((name) => name.startsWith(shellName) && name !== ownShell)
  await Promise.all(names.slice(0, -1).map((name) => caches.delete(name)))
}
