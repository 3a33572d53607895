import { Clk, ClockBadge, type ClockFacts, Ruler } from '@linli/ui/touch'
import { useCaseWords } from './case-words.ts'
import { useStageName } from './stage-name.ts'
import type { PublicCase } from './use-case.ts'

/** The clock that still says something: once the promise to answer was met, an open matter goes by its stage. */
function tellingClock(found: PublicCase): ClockFacts | undefined {
  return found.clock && !(found.status === 'open' && found.clock.state === 'done') ? found.clock : undefined
}

export function CaseBadge({ found, now }: { found: PublicCase; now: number }) {
  const stage = useStageName(found)
  const clock = tellingClock(found)
  if (found.status === 'withdrawn' || (!clock && found.status === 'closed')) return <Clk state="done">{stage}</Clk>
  return clock ? <ClockBadge clock={clock} now={now} /> : null
}

export function CaseRuler({ found, now }: { found: PublicCase; now: number }) {
  const say = useCaseWords()
  const clock = tellingClock(found)
  if (!clock || found.status === 'withdrawn') return null
  return <Ruler clock={{ ...clock, pauseReason: clock.pauseReason && say.choice(clock.pauseReason) }} now={now} />
}
