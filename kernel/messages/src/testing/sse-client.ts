import http from 'node:http'

export interface SentEvent {
  id: string
  event: string
  data: Record<string, unknown>
}

/** Reads a stream as a browser's EventSource does, without reconnecting by itself. */
export class SseClient {
  readonly events: SentEvent[] = []
  lastEventId = ''
  beats = 0
  /** The last answer came to its end, rather than breaking off. */
  isWhole = false
  #request: http.ClientRequest | undefined
  #isOpen = false

  get isOpen(): boolean {
    return this.#isOpen
  }

  /** Resolves with the status when the answer begins. */
  open(url: string, headers: Record<string, string> = {}): Promise<number> {
    return new Promise((resolve, reject) => {
      const sent = this.lastEventId ? { ...headers, 'last-event-id': this.lastEventId } : headers
      const request = http.get(url, { headers: sent, agent: false }, (response) => {
        this.#isOpen = response.statusCode === 200
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (chunk: string) => {
          text += chunk
          for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
            this.#take(text.slice(0, end))
            text = text.slice(end + 2)
          }
        })
        response.on('error', () => {})
        response.on('close', () => {
          // An earlier stream may be noticed as closed only after the next one is open.
          if (this.#request !== request) return
          this.#isOpen = false
          this.isWhole = response.complete
        })
        resolve(response.statusCode ?? 0)
      })
      this.#request = request
      request.on('error', reject)
    })
  }

  close(): void {
    this.#request?.destroy()
    this.#isOpen = false
  }

  #take(block: string): void {
    let event = 'message'
    let data: string | undefined
    for (const line of block.split('\n')) {
      if (line.startsWith(':')) this.beats += 1
      else if (line.startsWith('id: ')) this.lastEventId = line.slice(4)
      else if (line.startsWith('event: ')) event = line.slice(7)
      else if (line.startsWith('data: ')) data = line.slice(6)
    }
    if (data !== undefined) this.events.push({ id: this.lastEventId, event, data: JSON.parse(data) })
  }
}
