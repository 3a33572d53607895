import type { Position } from '@linli/base/server'
import type { FastifyReply } from 'fastify'

/** A client that leaves more than this untaken is gone or too slow, and resumes when it can. Twice what one round can send. */
const mostBuffered = 128 * 1024
/** A reader that does not take even the end of a stream is gone. */
const endTakenMs = 5000

/** One open response of server-sent events (WHATWG HTML 9.2). Closes itself rather than hold memory for a slow reader. */
export class EventStream {
  readonly #reply: FastifyReply
  #isOpen = true
  readonly #onClose: (() => void)[] = []

  constructor(reply: FastifyReply) {
    this.#reply = reply
    reply.raw.on('close', () => this.close())
    reply.raw.on('error', () => this.close())
  }

  get isOpen(): boolean {
    return this.#isOpen
  }

  /** Sends the headers; the first frame tells the place from which the client would resume, and after how long a lost line is tried again. */
  begin(at: Position, retryMs = 1000): void {
    this.#reply.hijack()
    const { raw } = this.#reply
    raw.socket?.setNoDelay(true)
    raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
    })
    this.#write(`retry: ${retryMs}\nid: ${formatPosition(at)}\n\n`)
  }

  send(event: string, data: Record<string, unknown>, at: Position): void {
    this.#write(`id: ${formatPosition(at)}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
  }

  /** A sign of life for whatever stands between, and the newest place, so that a quiet page need not resume from long ago. */
  beat(at: Position): void {
    this.#write(`: beat\nid: ${formatPosition(at)}\n\n`)
  }

  /** Ends the answer as a whole one: a browser calls one that breaks off in the middle an error. */
  close(): void {
    if (!this.#isOpen) return
    const { raw } = this.#reply
    if (raw.headersSent && !raw.destroyed) {
      raw.end()
      setTimeout(() => raw.destroy(), endTakenMs).unref()
    } else raw.destroy()
    this.abandon()
  }

  /** Lets go at once, with all that was not taken. */
  #cut(): void {
    this.#reply.raw.destroy()
    this.abandon()
  }

  /** Ends the stream before it began, and leaves the response to whoever answers instead. */
  abandon(): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    for (const task of this.#onClose) task()
  }

  onClose(task: () => void): void {
    this.#onClose.push(task)
  }

  #write(frame: string): void {
    if (!this.#isOpen) return
    this.#reply.raw.write(frame)
    if (this.#reply.raw.writableLength > mostBuffered) this.#cut()
  }
}

export function formatPosition({ xactId, outboxId }: Position): string {
  return `${xactId}.${outboxId}`
}

/** Undefined for text that is no place of ours; a place that never was is found out when it is looked up. */
export function parsePosition(text: string): Position | undefined {
  const parts = /^(\d{1,19})\.(\d{1,15})$/.exec(text)
  return parts ? { xactId: parts[1]!, outboxId: Number(parts[2]) } : undefined
}
