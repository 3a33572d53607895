import { useTranslation } from 'react-i18next'
import { useDefinitionText, useLanguage, useTimeWords } from '../text/index.ts'
import { type ClockFacts, type ClockState, shareLeft, shortLength, stateAt } from './clock-words.ts'
import { useNow } from './now.tsx'
import { Sep } from './sep.tsx'

interface ClockBadgeProps {
  clock: ClockFacts
  /** Also the absolute time, after the relative one. */
  withDue?: boolean
  /** Text only, without a plate: for the second clock of an order. */
  quiet?: boolean
}

/** How much time is left: four shapes, four plates, always in words. Readable in a black-and-white print. */
export function ClockBadge({ clock, withDue = false, quiet = false }: ClockBadgeProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const time = useTimeWords()
  const now = useNow()
  const state = stateAt(clock, now)
  const text = useDefinitionText()
  // The definition writes its reasons in plain Chinese; they are their own keys.
  const reason = clock.pauseReason ? text(`option.reason.${clock.pauseReason}`, clock.pauseReason) : null
  const absolute = time.clock({ ...clock, state }, now).absolute
  const length = shortLength(Date.parse(clock.dueAt) - now, language)
  return (
    <span
      className={`dk-clock dk-clock-${state}`}
      data-state={state}
      data-quiet={quiet || undefined}
      title={state === 'paused' && reason ? `${reason} · ${absolute}` : absolute}
    >
      <ClockShape state={state} share={shareLeft(clock, now)} />
      <span>
        {state === 'onTime' || state === 'dueSoon' ? t('desk.clock.left', { length }) : null}
        {state === 'overdue' ? t('desk.clock.over', { length }) : null}
        {state === 'paused' ? (
          <>
            {t('desk.clock.paused')}
            {reason ? (
              <>
                <Sep />
                {reason}
              </>
            ) : null}
          </>
        ) : null}
        {state === 'done' ? t(isLate(clock) ? 'desk.clock.doneLate' : 'desk.clock.done') : null}
        {withDue ? (
          <>
            <Sep />
            {absolute}
          </>
        ) : null}
      </span>
    </span>
  )
}

const isLate = (clock: ClockFacts): boolean => clock.stoppedAt !== null && Date.parse(clock.stoppedAt) > Date.parse(clock.dueAt)

/** The four shapes by themselves, for counts and legends. */
export function ClockShape({ state, share = 0.7 }: { state: ClockState; share?: number }) {
  return (
    <svg className="dk-shape" data-state={state} viewBox="0 0 16 16" width="1em" height="1em" aria-hidden="true" focusable="false">
      {state === 'onTime' ? (
        <>
          <circle cx="8" cy="8" r="6.4" fill="none" stroke="currentColor" strokeWidth="1.6" />
          <path d={slice(share)} fill="currentColor" />
        </>
      ) : null}
      {state === 'dueSoon' ? (
        <>
          <path d="M8 1.8 15 14H1Z" fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinejoin="round" />
          <path d="M4.6 9.6h6.8L13.6 13H2.4Z" fill="currentColor" />
        </>
      ) : null}
      {state === 'overdue' ? (
        <>
          <path d="M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1Z" fill="var(--dk-shape-fill, currentColor)" />
          <path d="M8 4v5M8 11v1.6" stroke="var(--dk-shape-mark, #fff)" strokeWidth="1.8" />
        </>
      ) : null}
      {state === 'paused' ? <path d="M4.5 3v10M11.5 3v10" stroke="currentColor" strokeWidth="2.4" /> : null}
      {state === 'done' ? (
        <>
          <circle cx="8" cy="8" r="6.4" fill="none" stroke="currentColor" strokeWidth="1.6" />
          <path d="m5 8.2 2.1 2.1L11 6.2" fill="none" stroke="currentColor" strokeWidth="1.6" />
        </>
      ) : null}
    </svg>
  )
}

/** A pie slice from noon, clockwise, inside the ring. */
function slice(share: number): string {
  const part = Math.min(0.999, Math.max(0.04, share))
  const angle = part * 2 * Math.PI
  const x = 8 + 4.2 * Math.sin(angle)
  const y = 8 - 4.2 * Math.cos(angle)
  return `M8 8V3.8A4.2 4.2 0 ${part > 0.5 ? 1 : 0} 1 ${x.toFixed(2)} ${y.toFixed(2)}Z`
}
