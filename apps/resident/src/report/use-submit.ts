import { useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { draftStore } from './draft.ts'
import { type DraftProblem, problemsOf, refusalProblems, reportBody } from './report-body.ts'
import { outbox } from './sending.ts'
import type { DraftHandle } from './use-draft.ts'

/** Sends the report once, however often it is pressed: it goes to the outbox first, and from there until an answer came. */
export function useSubmit({ draft, area }: DraftHandle) {
  const navigate = useNavigate()
  const [problems, setProblems] = useState<readonly DraftProblem[]>(() => (draft.refusal ? refusalProblems(draft.refusal) : []))
  const [sending, setSending] = useState(false)
  const [attempt, setAttempt] = useState(0)
  const underway = useRef(false)

  const submit = async (): Promise<void> => {
    if (underway.current) return
    setAttempt((times) => times + 1)
    const found = problemsOf(draft, area !== null)
    setProblems(found)
    if (found.length > 0 || !area) return
    underway.current = true
    setSending(true)
    const { requestId } = draft
    const { refusal: _, ...clean } = draft
    outbox.add(reportBody(draft, area.code), { ...clean, area })
    const outcome = await outbox.send(requestId)
    underway.current = false
    setSending(false)
    if (outcome.kind === 'refused') {
      outbox.discard(requestId)
      const { refusal } = outcome.report
      draftStore.restore({ ...outcome.report.draft, photos: outcome.report.photos }, refusal)
      setProblems(refusalProblems(refusal ?? { detail: '' }))
      return
    }
    draftStore.clear()
    await navigate({ to: '/sent/$requestId', params: { requestId }, replace: true })
  }
  return { submit, sending, problems, attempt }
}
