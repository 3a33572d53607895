import { useKept } from '@linli/ui/phone'
import { useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { useServerNow } from '../alarm/alarm-watch.tsx'
import { draftPhotos } from '../frame/draft-photos.ts'
import { keepAndSend } from '../kept/queue.ts'
import type { TakenFile } from '../people/along.ts'
import { useOwnMe } from '../session/signed-in.tsx'
import { changeVisit, clearVisit, emptyVisit, findVisit, type VisitDraft, visitDrafts } from './draft.ts'
import { problemsOf, type VisitProblem, visitBody } from './visit-body.ts'

/** Something is to be done about what was found. */
export const isInNeed = ({ met, result }: VisitDraft): boolean => met !== 'nobody' && (result === 'concern' || result === 'help')

/** The visit under way at this person's door, and its sending; with an alarm, its answer. */
export function useVisit({ personId, seq, values, home }: TakenFile, alarmId?: string) {
  const { accountId } = useOwnMe()
  const navigate = useNavigate()
  const serverNow = useServerNow()
  const [fresh] = useState(() => emptyVisit(accountId, personId))
  const draft = findVisit(useKept(visitDrafts), { accountId, personId }) ?? fresh
  const now = (): VisitDraft => findVisit(visitDrafts.get(), { accountId, personId }) ?? fresh
  const change = (changed: Partial<VisitDraft>): void => changeVisit(now(), changed)
  const [problems, setProblems] = useState<readonly VisitProblem[]>([])
  const [attempt, setAttempt] = useState(0)
  const underWay = useRef(false)

  return {
    draft,
    change,
    problems,
    attempt,
    ...draftPhotos({ photos: () => now().photos, change: (photos) => change({ photos }) }),
    /** Keeps the visit on the phone and sends it when it can; pressed twice is done once. */
    finish(): void {
      if (underWay.current) return
      setAttempt((times) => times + 1)
      const found = problemsOf(draft)
      setProblems(found)
      if (found.length > 0) return
      underWay.current = true
      const { requestId, photos } = draft
      const name = [values.find(({ field }) => field === 'name')?.masked, home?.place].filter(Boolean).join(' ')
      const body = visitBody(draft, seq, serverNow)
      const alarm = alarmId ? { episodeId: alarmId, openCase: isInNeed(draft) && (draft.alarm?.openCase ?? false) } : undefined
      void keepAndSend({
        ...(alarm && { alarm }),
        kind: 'visit',
        requestId,
        accountId,
        personId,
        name,
        at: Date.now(),
        body,
        photos,
        photosLost: 0,
        draft,
      })
      void navigate({ to: '/visits/$requestId', params: { requestId }, replace: true }).then(() => clearVisit(draft))
    },
  }
}
