import { type LiveEvent, parseEvent } from './live-event.ts'

/** `caughtUp` stands for a few seconds after a lost line is back and everything missed has been read again. */
export type LineState = 'connecting' | 'live' | 'broken' | 'catchingUp' | 'caughtUp'

interface LiveOptions {
  url: string
  /** Events in bunches, so that a storm reads each list once. */
  onEvents(events: readonly LiveEvent[]): void
  /** Reads again whatever is on the screen; resolves when it is there. */
  catchUp(): Promise<unknown>
  onState(state: LineState): void
}

const bunchMs = 250
const caughtUpMs = 6_000

/**
 * Keeps one event stream open for as long as the page lives. The browser resumes a broken one by itself (Last-Event-ID);
 * one that it gave up (a restart answers 502 for a moment) is opened anew with growing pauses. After any gap everything on the screen is read again.
 * Returns how to stop.
 */
export function openLine({ url, onEvents, catchUp, onState }: LiveOptions): () => void {
  let source: EventSource | undefined
  let hadGap = false
  let tries = 0
  let waiting: LiveEvent[] = []
  let bunch: ReturnType<typeof setTimeout> | undefined
  let again: ReturnType<typeof setTimeout> | undefined
  let calm: ReturnType<typeof setTimeout> | undefined

  const take = (kind: string) => (message: MessageEvent<string>) => {
    const event = parseEvent(kind, message.data)
    if (!event) return
    waiting.push(event)
    bunch ??= setTimeout(() => {
      bunch = undefined
      const events = waiting
      waiting = []
      onEvents(events)
    }, bunchMs)
  }

  const lost = () => {
    hadGap = true
    clearTimeout(calm)
    onState('broken')
  }

  const found = async () => {
    tries = 0
    if (!hadGap) return onState('live')
    hadGap = false
    onState('catchingUp')
    await catchUp().catch(() => undefined)
    if (hadGap) return
    onState('caughtUp')
    calm = setTimeout(() => onState('live'), caughtUpMs)
  }

  const open = () => {
    clearTimeout(again)
    source?.close()
    const opened = new EventSource(url)
    source = opened
    for (const kind of ['case', 'inbox', 'export', 'import', 'episode', 'reset']) opened.addEventListener(kind, take(kind))
    opened.addEventListener('open', () => void found())
    opened.addEventListener('error', () => {
      lost()
      if (opened.readyState !== EventSource.CLOSED) return
      tries += 1
      again = setTimeout(open, Math.min(15_000, 500 * 2 ** tries))
    })
  }

  const onOffline = () => lost()
  // The browser may take a minute to notice that an old stream is dead: a new one is known to be alive.
  const onOnline = () => {
    hadGap = true
    open()
  }
  globalThis.addEventListener('offline', onOffline)
  globalThis.addEventListener('online', onOnline)
  onState('connecting')
  open()

  return () => {
    globalThis.removeEventListener('offline', onOffline)
    globalThis.removeEventListener('online', onOnline)
    for (const timer of [bunch, again, calm]) clearTimeout(timer)
    source?.close()
  }
}
