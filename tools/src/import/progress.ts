/** Says every second at a terminal, every ten elsewhere, how far a long work is: rows, share, speed, time left. */
export class Progress {
  #rows = 0
  #bytes = 0
  readonly #startedAt = performance.now()
  readonly #timer: NodeJS.Timeout
  readonly #totalBytes: number
  readonly #say: (line: string) => void

  constructor(totalBytes: number, say: (line: string) => void, isTerminal: boolean) {
    this.#totalBytes = totalBytes
    this.#say = say
    this.#timer = setInterval(() => this.#tell(), isTerminal ? 1_000 : 10_000)
    this.#timer.unref()
  }

  get seconds(): number {
    return (performance.now() - this.#startedAt) / 1000
  }

  read(bytes: number): void {
    this.#bytes += bytes
  }

  done(rows: number): void {
    this.#rows += rows
  }

  /** Nothing is said any more. */
  end(): void {
    clearInterval(this.#timer)
  }

  #tell(): void {
    this.#say(progressLine({ rows: this.#rows, share: this.#bytes / Math.max(1, this.#totalBytes), seconds: this.seconds }))
  }
}

export function progressLine({ rows, share, seconds }: { rows: number; share: number; seconds: number }): string {
  const left = share > 0 && seconds > 0 ? `${Math.ceil((seconds / share) * (1 - share))} s left` : 'time left unknown'
  return `${rows} rows, ${Math.floor(share * 100)} %, ${Math.round(rows / Math.max(seconds, 0.001))} rows/s, ${left}`
}
