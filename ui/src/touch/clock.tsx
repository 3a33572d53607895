import { useTimeWords } from '@linli/ui/text'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useElder } from './elder.ts'

export type ClockState = 'onTime' | 'dueSoon' | 'overdue' | 'paused' | 'done'

/** What a ruler and its words need of a case clock; the state is the server's. */
export interface ClockFacts {
  state: ClockState
  startedAt: string
  dueAt: string
  stoppedAt: string | null
  pausedUntil: string | null
  pauseReason: string | null
  spans?: readonly { from: string; to: string; kind: 'running' | 'paused' }[]
}

/** The silhouette of a clock state, readable without color: ring, triangle, octagon, square with bars, ring with tick. */
export function ClockShape({ state }: { state: ClockState }) {
  return (
    <svg
      viewBox="0 0 20 20"
      aria-hidden="true"
      focusable="false"
      fill="none"
      stroke="currentColor"
      strokeWidth="2.2"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      {shapes[state]}
    </svg>
  )
}

const shapes: Record<ClockState, ReactNode> = {
  onTime: (
    <>
      <circle cx="10" cy="10" r="8" />
      <path d="M10 5.8V10l2.6 1.8" />
    </>
  ),
  done: (
    <>
      <circle cx="10" cy="10" r="8" />
      <path d="m6.6 10.2 2.3 2.3 4.5-4.8" />
    </>
  ),
  dueSoon: (
    <>
      <path d="M10 2.6 18.6 17.4H1.4Z" fill="currentColor" />
      <path d="M10 8v4M10 14.9v.1" stroke="#fff" strokeWidth="2" />
    </>
  ),
  overdue: (
    <>
      <path d="M6.6 1.8h6.8l4.8 4.8v6.8l-4.8 4.8H6.6l-4.8-4.8V6.6Z" fill="currentColor" />
      <path d="M10 5.6v5M10 14v.1" stroke="#fff" strokeWidth="2.2" />
    </>
  ),
  paused: (
    <>
      <rect x="2" y="2" width="16" height="16" rx="3.5" fill="currentColor" />
      <path d="M7.6 6.6v6.8M12.4 6.6v6.8" stroke="#fff" strokeWidth="2.2" />
    </>
  ),
}

/** Shape and words of a clock on its soft plate. */
export function Clk({ state, children, bare }: { state: ClockState; children: ReactNode; bare?: boolean }) {
  return (
    <span className="clk" data-clock={state} data-bare={bare || undefined}>
      <ClockShape state={state} />
      <span>{children}</span>
    </span>
  )
}

/** The badge of a clock: its state, and for one that has ended how early or late it was. What is left stands under the ruler. */
export function ClockBadge({ clock, now }: { clock: ClockFacts; now: number }) {
  const words = useTimeWords({ elder: useElder() }).clock(clock, now)
  return <Clk state={clock.state}>{clock.state === 'done' ? words.relative : words.state}</Clk>
}

/**
 * The deadline ruler (期限尺): run time solid, pauses dashed and kept, the open dot is now, the bar is due; past the bar it is hatched.
 */
export function Ruler({ clock, now }: { clock: ClockFacts; now: number }) {
  const { t } = useTranslation()
  const time = useTimeWords({ elder: useElder() })
  const words = time.clock(clock, now)
  const left = clock.state === 'done' && clock.stoppedAt ? t('kit.doneAt', { when: time.moment(clock.stoppedAt, now) }) : words.relative
  const marks = rulerMarks(clock, now)
  const percent = (share: number): string => `${(share * 100).toFixed(2)}%`
  return (
    <div className="ruler" data-clock={clock.state}>
      <svg role="img" aria-label={words.line}>
        <defs>
          <pattern id="ruler-hatch" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <line className="hatch" x1="0" y1="0" x2="0" y2="8" />
          </pattern>
        </defs>
        <rect className="track" x="0" y="9" width="100%" height="6" rx="3" />
        {marks.runs.map(([from, to]) => (
          <rect className="run" key={from} x={percent(from)} y="9" width={percent(to - from)} height="6" rx="3" />
        ))}
        {marks.pauses.map(([from, to]) => (
          <g key={from}>
            <rect x={percent(from)} y="9" width={percent(to - from)} height="6" fill="#fff" />
            <line className="pause" x1={percent(from)} y1="12" x2={percent(to)} y2="12" />
          </g>
        ))}
        {marks.late ? (
          <>
            <rect className="hatch-bg" x={percent(marks.late[0])} y="9" width={percent(marks.late[1] - marks.late[0])} height="6" />
            <rect x={percent(marks.late[0])} y="9" width={percent(marks.late[1] - marks.late[0])} height="6" fill="url(#ruler-hatch)" />
          </>
        ) : null}
        <rect
          className="due"
          x={percent(marks.due)}
          y="3"
          width="3"
          height="18"
          rx="1.5"
          transform={marks.due > 0.98 ? 'translate(-3 0)' : undefined}
        />
        <circle className="now" cx={percent(Math.min(0.985, Math.max(0.015, marks.now)))} cy="12" r="7" />
      </svg>
      <div className="ruler-words" aria-hidden="true">
        <span>{left}</span>
        <span>{words.absolute}</span>
      </div>
    </div>
  )
}

/** Where everything stands on the ruler, as shares of its length. */
export function rulerMarks(clock: ClockFacts, now: number) {
  const start = Date.parse(clock.startedAt)
  const due = Date.parse(clock.dueAt)
  const until = clock.stoppedAt ? Date.parse(clock.stoppedAt) : Math.max(now, start)
  // A clock that ran far over keeps its promise readable: the bar never slides left of a fifth.
  const overrun = until > due ? Math.min(until - due, (due - start || 1) * 4) : 0
  const length = Math.max(due - start + overrun, 1)
  const share = (at: number): number => Math.min(1, Math.max(0, (at - start) / length))
  const spans = clock.spans?.length ? clock.spans : [{ from: clock.startedAt, to: new Date(until).toISOString(), kind: 'running' as const }]
  const cut = Math.min(until, due)
  const piece = (kind: 'running' | 'paused'): [number, number][] =>
    spans
      .filter((span) => span.kind === kind)
      .map((span): [number, number] => [share(Date.parse(span.from)), share(Math.min(Date.parse(span.to), cut))])
      .filter(([from, to]) => to > from)
  return {
    runs: piece('running'),
    pauses: piece('paused'),
    late: overrun > 0 ? ([share(due), share(due + overrun)] as [number, number]) : undefined,
    due: share(due),
    now: overrun > 0 ? share(due + overrun) : share(until),
  }
}
