import { isOutOfReach } from '@linli/ui/client'
import { mostPhotos, photoStore, sendPhoto, takePhotos, useKept } from '@linli/ui/phone'
import { useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { askPosition } from '../frame/use-position.ts'
import { keepAndSend } from '../kept/queue.ts'
import { useOwnMe } from '../session/signed-in.tsx'
import { changeDraft, clearDraft, drafts, emptyDraft, type ReportDraft } from './draft.ts'
import { problemsOf, reportBody } from './report-body.ts'

/** The event being reported, and the acts that need more than setting a field. */
export function useReport() {
  const { accountId, actingPost } = useOwnMe()
  const [fresh] = useState(() => emptyDraft(accountId))
  const draft = useKept(drafts).find((one) => one.accountId === accountId) ?? fresh
  // What comes back from the server later must find the draft as it is by then.
  const now = (): ReportDraft => drafts.get().find((one) => one.accountId === accountId) ?? fresh
  const change = (changed: Partial<ReportDraft>): void => changeDraft(now(), changed)
  const settlePhoto = (id: string, fileId: string | undefined): void => {
    const { photos } = now()
    if (photos.some((photo) => photo.id === id))
      change({
        photos: fileId ? photos.map((photo) => (photo.id === id ? { id, fileId } : photo)) : photos.filter((photo) => photo.id !== id),
      })
  }
  return {
    draft,
    change,
    /** Keeps the photos first, without the place that a camera writes into them, then sends them ahead. Answers the last refusal. */
    async addPhotos(files: readonly File[]): Promise<unknown> {
      const ids = await takePhotos(files.slice(0, mostPhotos - now().photos.length), { keepsPlace: false })
      change({ photos: [...now().photos, ...ids.map((id) => ({ id }))] })
      let refused: unknown
      for (const id of ids) {
        if (isOutOfReach()) return refused
        const sent = await sendPhoto(id)
        if (sent.kind === 'refused') refused = sent.error
        if (sent.kind !== 'later') settlePhoto(id, sent.kind === 'sent' ? sent.fileId : undefined)
      }
      return refused
    },
    removePhoto(id: string): void {
      settlePhoto(id, undefined)
      void photoStore.remove(id)
    },
    /** False where the phone does not say. */
    async notePosition(): Promise<boolean> {
      const position = await askPosition()
      if (position) change({ position })
      return position !== undefined
    },
    areaCode: actingPost?.areaCode ?? '',
    areaName: actingPost?.areaName ?? '',
  }
}

export type ReportHandle = ReturnType<typeof useReport>

/** Files the report once, however often it is pressed: it is kept on the phone first, and from there until an answer came. */
export function useFiling({ draft, areaCode }: ReportHandle, nameOf: (draft: ReportDraft) => string) {
  const { accountId } = useOwnMe()
  const navigate = useNavigate()
  const [problems, setProblems] = useState<ReturnType<typeof problemsOf>>([])
  const [attempt, setAttempt] = useState(0)
  const underWay = useRef(false)
  const file = (): void => {
    if (underWay.current) return
    setAttempt((times) => times + 1)
    const found = problemsOf(draft)
    setProblems(found)
    if (found.length > 0) return
    underWay.current = true
    const at = Date.now()
    const { requestId, photos } = draft
    const body = reportBody(draft, areaCode, isOutOfReach() ? at : undefined)
    void keepAndSend({ kind: 'report', requestId, accountId, name: nameOf(draft), at, body, photos, photosLost: 0, draft })
    void navigate({ to: '/reports/$requestId', params: { requestId }, replace: true }).then(() => clearDraft(accountId))
  }
  return { file, problems, attempt }
}
