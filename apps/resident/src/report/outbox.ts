import { type AnswerOf, ApiError } from '@linli/ui/client'
import { createSendQueue, type Kept, type PhotoStore, type Refusal, sendPhotos } from '@linli/ui/phone'
import type { Matter } from '../kept/matters.ts'
import type { Draft, DraftPhoto } from './draft.ts'
import { type ReportBody, tailOf } from './report-body.ts'

/** A report on its way. Its body never changes again: a repeat must be the same request. */
export interface QueuedReport {
  body: ReportBody
  photos: readonly DraftPhoto[]
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
    send: (report) => fileOne(report.body.requestId),
    sent(report, matter) {
      filed(matter)
      for (const photo of report.photos) void photos.remove(photo.id)
    },
  })

  async function fileOne(requestId: string, mayResend = true): Promise<Matter> {
    await sendPhotosOf(requestId)
    const report = queue.find(requestId)!
    const attachments = report.photos.flatMap((photo) => photo.fileId ?? [])
    try {
      const answer = await file(attachments.length > 0 ? { ...report.body, attachments } : report.body)
      return matterOf(report, answer)
    } catch (error) {
      // The server has forgotten photos that waited too long for their report: send them again, once.
      const isForgotten = error instanceof ApiError && error.code === 'case.attachment_unknown' && attachments.length > 0
      if (!isForgotten || !mayResend) throw error
      queue.update(requestId, { photos: report.photos.map(({ id }) => ({ id })) })
      return fileOne(requestId, false)
    }
  }

  const sendPhotosOf = (requestId: string): Promise<void> =>
    sendPhotos(
      () => queue.find(requestId)?.photos ?? [],
      { get: photos.get, upload },
      (photo, fileId) => {
        const report = queue.find(requestId)
        if (!report) return
        if (fileId)
          queue.update(requestId, { photos: report.photos.map((other) => (other.id === photo.id ? { ...other, fileId } : other)) })
        else queue.update(requestId, { photos: report.photos.filter((other) => other.id !== photo.id), photosLost: report.photosLost + 1 })
      },
    )

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
