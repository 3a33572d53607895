import { call, upload } from '@linli/ui/client'
import { keep } from '../kept/kept.ts'
import { matters, rememberMatter } from '../kept/matters.ts'
import { draftStore } from './draft.ts'
import { createOutbox, type QueuedReport } from './outbox.ts'
import { photoStore } from './photo-store.ts'

/** Reports submitted on this device that have no answer yet. */
export const queued = keep<readonly QueuedReport[]>('linli.outbox', [], (stored) =>
  Array.isArray(stored)
    ? stored.filter((report: Partial<QueuedReport>) => typeof report?.body?.requestId === 'string' && Array.isArray(report.photos))
    : undefined,
)

export const outbox = createOutbox({
  kept: queued,
  photos: photoStore,
  upload,
  file: (body) => call('POST /public/appeals', { body }),
  filed: rememberMatter,
})

const pause = 15_000

/** Sends what waits whenever the connection, the page or the clock gives reason to try again. */
export function startSending(): void {
  const attempt = (): void => {
    if (queued.get().some((report) => !report.refusal)) void outbox.flush()
  }
  // The page was closed between sending and its answer: what has left is no draft any more.
  const { requestId } = draftStore.get()
  if (queued.get().some((report) => report.body.requestId === requestId) || matters.get().some((matter) => matter.requestId === requestId))
    draftStore.clear()
  globalThis.addEventListener('online', attempt)
  globalThis.addEventListener('focus', attempt)
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && attempt())
  setInterval(attempt, pause)
  attempt()
}
