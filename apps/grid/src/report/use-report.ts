import { isOutOfReach } from '@linli/ui/client'
import { useKept } from '@linli/ui/phone'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { draftPhotos } from '../frame/draft-photos.ts'
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
  // Opened at a dwelling, it begins there; what was written before stays.
  const { place } = useSearch({ from: '/own/report' })
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the page opens
  useEffect(() => {
    if (place && !now().place.trim()) change({ place })
  }, [place])
  return {
    draft,
    change,
    ...draftPhotos({ photos: () => now().photos, change: (photos) => change({ photos }) }),
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
