/** The session ends soon: at `endsAt` (this browser's clock), unless somebody goes on, where that still helps. */
export interface Ending {
  endsAt: number
  canStay: boolean
}

interface WatchOptions {
  /** How long the session lasts, as the server knows; asking says when this page was last touched. */
  ask(): Promise<{ idleSecondsLeft: number; secondsLeft: number }>
  /** Undefined: all is well again. */
  onEnding(ending: Ending | undefined): void
}

const warnSeconds = 120
/** While the warning stands: somebody may go on working in another tab. */
const lookAgainSeconds = 15
const afterFailureSeconds = 30

/**
 * Asks when the session would end, and again shortly before: about twice an hour. Whoever worked meanwhile, in this tab or another,
 * hears nothing; who did not is warned two minutes before. When the time is over the question itself finds the session ended.
 */
export function watchSession({ ask, onEnding }: WatchOptions): { look(): Promise<void>; stop(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined
  let isStopped = false
  let asked = 0

  const look = async (): Promise<void> => {
    clearTimeout(timer)
    const mine = ++asked
    const left = await ask().catch(() => undefined)
    if (isStopped || mine !== asked) return
    timer = setTimeout(() => void look(), 1000 * take(left))
  }

  /** Answers after how many seconds to look again. */
  const take = (left: Awaited<ReturnType<WatchOptions['ask']>> | undefined): number => {
    if (!left) return afterFailureSeconds
    const seconds = Math.min(left.idleSecondsLeft, left.secondsLeft)
    if (seconds > warnSeconds) {
      onEnding(undefined)
      return seconds - warnSeconds
    }
    onEnding({ endsAt: Date.now() + seconds * 1000, canStay: left.secondsLeft > left.idleSecondsLeft })
    return Math.min(lookAgainSeconds, seconds + 1)
  }

  // Timers sleep with the machine.
  const onVisible = () => {
    if (document.visibilityState === 'visible') void look()
  }
  document.addEventListener('visibilitychange', onVisible)
  void look()
  return {
    look,
    stop() {
      isStopped = true
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', onVisible)
    },
  }
}
