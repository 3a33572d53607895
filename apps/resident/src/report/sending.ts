import { call, upload } from '@linli/ui/client'
import { keep, keepTrying, photoStore } from '@linli/ui/phone'
import { matters, rememberMatter } from '../kept/matters.ts'
import { draftStore } from './draft.ts'
import { createOutbox, type QueuedReport } from './outbox.ts'

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

/** Sends what waits whenever the connection, the page or the clock gives reason to try again. */
export function startSending(): void {
  const attempt = (): void => {
    if (queued.get().some((report) => !report.refusal)) void outbox.flush()
  }
  // The page was closed between sending and its answer: what has left is no draft any more.
  const { requestId } = draftStore.get()
  if (queued.get().some((report) => report.body.requestId === requestId) || matters.get().some((matter) => matter.requestId === requestId))
    draftStore.clear()
  keepTrying(attempt)
}
