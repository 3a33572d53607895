import { type AnswerOf, ApiError } from '@linli/ui/client'
import type { Kept } from '../kept/kept.ts'
import type { Matter } from '../kept/matters.ts'
import type { Draft, DraftPhoto } from './draft.ts'
import type { PhotoStore } from './photo-store.ts'
import { type ReportBody, tailOf } from './report-body.ts'

/** A report on its way. Its body never changes again: a repeat must be the same request. */
export interface QueuedReport {
  body: ReportBody
  photos: readonly DraftPhoto[]
  /** To put back for mending should the server refuse it. */
  draft: Draft
  queuedAt: number
  photosLost: number
  refusal?: { code: string; detail: string; fields?: { path: string; message: string }[] }
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
  let flushing: Promise<void> | undefined
  const results = new Map<string, Matter>()

  const find = (requestId: string): QueuedReport | undefined => kept.get().find((report) => report.body.requestId === requestId)
  const update = (requestId: string, change: Partial<QueuedReport>): void => {
    kept.change((all) => all.map((report) => (report.body.requestId === requestId ? { ...report, ...change } : report)))
  }
  const drop = (requestId: string): void => {
    kept.change((all) => all.filter((report) => report.body.requestId !== requestId))
  }

  /** True when it left the queue or was refused; false when the server is away and the rest may wait too. */
  async function sendOne(requestId: string, mayResend = true): Promise<boolean> {
    try {
      await sendPhotos(requestId)
      const report = find(requestId)
      if (!report) return true
      const attachments = report.photos.flatMap((photo) => photo.fileId ?? [])
      const { number, code } = await file(attachments.length > 0 ? { ...report.body, attachments } : report.body)
      const matter: Matter = {
        number,
        code,
        tail: tailOf(code, report.body.contact?.phone),
        requestId,
        title: report.body.title ?? firstSentence(report.body.detail),
        keptAt: now(),
      }
      if (report.photosLost > 0) matter.photosLost = report.photosLost
      filed(matter)
      results.set(requestId, matter)
      drop(requestId)
      for (const photo of report.photos) void photos.remove(photo.id)
      return true
    } catch (error) {
      if (!(error instanceof ApiError) || shouldWait(error)) return false
      const report = find(requestId)
      // The server has forgotten photos that waited too long for their report: send them again, once.
      if (error.code === 'case.attachment_unknown' && mayResend && report?.photos.some((photo) => photo.fileId)) {
        update(requestId, { photos: report.photos.map(({ id }) => ({ id })) })
        return await sendOne(requestId, false)
      }
      const { code, detail, title, fields } = error.problem
      update(requestId, { refusal: { code, detail: detail ?? title, ...(fields ? { fields } : {}) } })
      return true
    }
  }

  async function sendPhotos(requestId: string): Promise<void> {
    for (const photo of find(requestId)?.photos ?? []) {
      if (photo.fileId) continue
      const blob = await photos.get(photo.id)
      const fileId = blob && (await upload(blob, `${photo.id}.jpg`).then(({ id }) => id, refusedPhoto))
      const report = find(requestId)
      if (!report) return
      if (fileId) update(requestId, { photos: report.photos.map((other) => (other.id === photo.id ? { ...other, fileId } : other)) })
      else update(requestId, { photos: report.photos.filter((other) => other.id !== photo.id), photosLost: report.photosLost + 1 })
    }
  }

  async function flushAll(): Promise<void> {
    for (const { body, refusal } of kept.get()) {
      if (refusal) continue
      if (!(await sendOne(body.requestId))) return
    }
  }

  const outbox: Outbox = {
    add(body, draft) {
      kept.change((all) =>
        all.some((report) => report.body.requestId === body.requestId)
          ? all
          : [...all, { body, photos: draft.photos, draft, queuedAt: now(), photosLost: 0 }],
      )
    },
    flush() {
      flushing ??= flushAll().finally(() => {
        flushing = undefined
      })
      return flushing
    },
    async send(requestId) {
      // A flush under way may have begun before this report was added: let it end, then send.
      await flushing
      if (!results.has(requestId)) await outbox.flush()
      const matter = results.get(requestId)
      if (matter) return { kind: 'filed', matter }
      const report = find(requestId)
      return report?.refusal ? { kind: 'refused', report } : { kind: 'waiting' }
    },
    discard(requestId) {
      const report = find(requestId)
      drop(requestId)
      return report
    },
  }
  return outbox
}

/** No connection, a restart, too many at once: not a "no", only a "later". */
export function shouldWait(error: ApiError): boolean {
  return error.status === 0 || error.status === 429 || error.status >= 500 || error.code === 'client.unreadable'
}

/** One photo that the server will not take must not hold up the report. */
function refusedPhoto(error: unknown): undefined {
  if (error instanceof ApiError && !shouldWait(error)) return undefined
  throw error
}

function firstSentence(detail: string): string {
  return [...(detail.split(/[。！？\n]/u)[0] ?? detail)].slice(0, 80).join('')
}
