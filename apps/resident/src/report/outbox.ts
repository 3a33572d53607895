import type { AnswerOf } from '@linli/ui/client'
import { createSendQueue, type Kept, type KeptPhoto, type PhotoStore, type Refusal, sendWithPhotos } from '@linli/ui/phone'
import type { Matter } from '../kept/matters.ts'
import type { Draft } from './draft.ts'
import { type ReportBody, tailOf } from './report-body.ts'

/** A report on its way. Its body never changes again: a repeat must be the same request. */
export interface QueuedReport {
  body: ReportBody
  photos: readonly KeptPhoto[]
  /** To put back for mending should the server refuse it. */
  draft: Draft
  queuedAt: number
  photosLost: number
  refusal?: Refusal
}

export type Outcome = { kind: 'filed'; matter: Matter } | { kind: 'waiting' } | { kind: 'refused'; report: QueuedReport }

export interface OutboxOptions {
  kept: Kept<readonly QueuedReport[]>
  photos: PhotoStore
  upload(photo: Blob, name: string): Promise<{ id: string }>
  file(body: ReportBody): Promise<AnswerOf<'POST /public/appeals'>>
  filed(matter: Matter): void
  now?(): number
}

export interface Outbox {
  /** Keeps the report on the device before the first byte is sent. The same request id is kept once. */
  add(body: ReportBody, draft: Draft): void
  /** Sends what waits, oldest first, one at a time; stops at the first sign that the server is away. */
  flush(): Promise<void>
  /** Sends, and says what became of one report. */
  send(requestId: string): Promise<Outcome>
  discard(requestId: string): QueuedReport | undefined
}

/** Reports that were submitted and have no answer yet. None is dropped silently, and none is filed twice. */
export function createOutbox({ kept, photos, upload, file, filed, now = Date.now }: OutboxOptions): Outbox {
  const queue = createSendQueue<QueuedReport, Matter>({
    kept,
    idOf: (report) => report.body.requestId,
    send: fileOne,
    sent(report, matter) {
      filed(matter)
      for (const photo of report.photos) void photos.remove(photo.id)
    },
  })

  function fileOne(report: QueuedReport): Promise<Matter> {
    const { requestId } = report.body
    return sendWithPhotos({
      item: { get: () => queue.find(requestId) ?? report, update: (change) => queue.update(requestId, change) },
      get: photos.get,
      upload,
      post: async (ready, attachments) => matterOf(ready, await file(attachments.length > 0 ? { ...ready.body, attachments } : ready.body)),
    })
  }

  const matterOf = ({ body, photosLost }: QueuedReport, { number, code }: AnswerOf<'POST /public/appeals'>): Matter => ({
    number,
    code,
    tail: tailOf(code, body.contact?.phone),
    requestId: body.requestId,
    title: body.title ?? firstSentence(body.detail),
    keptAt: now(),
    ...(photosLost > 0 && { photosLost }),
  })

  return {
    add: (body, draft) => queue.add({ body, photos: draft.photos, draft, queuedAt: now(), photosLost: 0 }),
    flush: queue.flush,
    async send(requestId) {
      const sending = await queue.sendNow(requestId)
      if (sending.kind === 'sent') return { kind: 'filed', matter: sending.result }
      return sending.kind === 'refused' ? { kind: 'refused', report: sending.item } : sending
    },
    discard: queue.discard,
  }
}

function firstSentence(detail: string): string {
  return [...(detail.split(/[。！？\n]/u)[0] ?? detail)].slice(0, 80).join('')
}
