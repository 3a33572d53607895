/** What was started and must be stopped, newest first. */
export class Stops {
  readonly #stops: (() => Promise<unknown>)[] = []
  push(stop: () => Promise<unknown>): void {
    this.#stops.push(stop)
  }
  /** Stops everything, whatever fails on the way; says what did. */
  async all(say: (line: string) => void = () => {}): Promise<void> {
    for (let stop = this.#stops.pop(); stop; stop = this.#stops.pop())
      await stop().catch((error: Error) => say(`Stopping: ${error.message}`))
  }
}
