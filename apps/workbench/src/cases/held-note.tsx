import { KeyCap } from '@linli/ui/desk'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useProblemText } from '../parts/states.tsx'
import { forgetHeldProblem, type HeldMove, releaseHeld, undoHeld, useHeldProblem } from './held-move.ts'
import { ChangedMeanwhile } from './use-send-move.ts'

/** The second click of a double click lands where this note has just appeared: it must not take the first one back. */
const settleMs = 600

/** What is about to go out, for how long it can still be taken back, and both ways out. Read aloud once; only the number ticks. */
export function HeldNote({ held, onUndone }: { held: HeldMove; onUndone(): void }) {
  const { t } = useTranslation()
  const [now, setNow] = useState(Date.now)
  const [shownAt] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 250)
    return () => clearInterval(timer)
  }, [])
  const undo = () => {
    undoHeld()
    onUndone()
  }
  const undoByClick = () => {
    if (Date.now() - shownAt >= settleMs) undo()
  }
  const latest = useRef(undo)
  latest.current = undo
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'z' || !(event.ctrlKey || event.metaKey) || event.shiftKey) return
      // In a field it takes back what was typed.
      if ((event.target as HTMLElement).matches('input, textarea, select, [contenteditable]')) return
      event.preventDefault()
      latest.current()
    }
    globalThis.addEventListener('keydown', listen)
    return () => globalThis.removeEventListener('keydown', listen)
  }, [])
  return (
    <div className="wb-held">
      <p role="status">{t('held.text', { name: held.name })}</p>
      <span className="wb-held-count" aria-hidden="true">
        {t('held.seconds', { count: Math.max(0, Math.ceil((held.sendsAt - now) / 1000)) })}
      </span>
      <button type="button" className="dk-button dk-button-small" onClick={undoByClick}>
        {t('held.undo')}
        <KeyCap>Ctrl Z</KeyCap>
      </button>
      <button type="button" className="dk-link" onClick={() => void releaseHeld()}>
        {t('held.now')}
      </button>
    </div>
  )
}

/** For whoever has gone on to something else: the step before was not made, and where. */
export function HeldProblemNote() {
  const { t } = useTranslation()
  const words = useProblemText()
  const problem = useHeldProblem()
  if (!problem) return null
  const why = problem.error instanceof ChangedMeanwhile ? t('conflict.title') : words(problem.error)
  return (
    <div className="wb-held-problem" role="alert">
      <p>{t('held.failed', { name: problem.name, why })}</p>
      <Link to="/cases/$caseId" params={{ caseId: problem.caseId }} className="dk-link" onClick={forgetHeldProblem}>
        {t('held.look')}
      </Link>
      <button type="button" className="dk-link" onClick={forgetHeldProblem}>
        {t('held.known')}
      </button>
    </div>
  )
}
