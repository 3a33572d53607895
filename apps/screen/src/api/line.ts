interface LineOptions {
  /** Something changed, or a gap is over: read again. */
  onNews(): void
}

const longestPause = 15_000

/**
 * Keeps the stream of ids open, for nothing but to know when to read again: what was missed in a gap is read with the rest. The browser
 * takes a broken stream up again by itself; one that it gave up is opened anew with growing pauses. `renew` is for whoever knows better that
 * the network is back: an old stream may take minutes to notice that it is dead.
 */
export function openLine({ onNews }: LineOptions): { renew(): void; stop(): void } {
  let source: EventSource | undefined
  let again: ReturnType<typeof setTimeout> | undefined
  let tries = 0

  const open = () => {
    clearTimeout(again)
    source?.close()
    const opened = new EventSource('/api/v1/stream?screen=wall')
    source = opened
    for (const kind of ['case', 'episode', 'reset']) opened.addEventListener(kind, onNews)
    opened.addEventListener('open', () => {
      tries = 0
      onNews()
    })
    opened.addEventListener('error', () => {
      if (opened !== source || opened.readyState !== EventSource.CLOSED) return
      tries += 1
      again = setTimeout(open, Math.min(longestPause, 500 * 2 ** tries))
    })
  }

  globalThis.addEventListener('online', open)
  open()
  return {
    renew: open,
    stop() {
      globalThis.removeEventListener('online', open)
      clearTimeout(again)
      source?.close()
    },
  }
}
