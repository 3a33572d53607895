import { randomUUID } from 'node:crypto'
import { signReceipt } from '../server/sign-request.ts'

/** `deliver`, `fail`, `mute` and `down` are for both; what a call meets is one of the last four. */
export const states = ['deliver', 'fail', 'mute', 'down', 'ring', 'press', 'answer', 'silent'] as const
type State = (typeof states)[number]
type CallState = Extract<State, 'ring' | 'press' | 'answer' | 'silent'>

/** What arrived on a phone. */
export interface Arrived {
  key: string
  channel: 'sms' | 'voice'
  to: string
  text: string
  lang: string
  at: string
  /** What became of it: `delivered`, `ringing`, `key-pressed` … */
  state: string
  /** How often it was asked for under this key. */
  asked: number
}

interface Kept extends Arrived {
  ref: string
  callback: string
  timer?: NodeJS.Timeout
}

const ringMs = 30_000
const mostKept = 2000

/** What went through the gateway, by key: sent once, shown, and told back by receipts that are pushed until they are taken. */
export class Traffic {
  state: Exclude<State, CallState> = 'deliver'
  #calls: CallState = 'ring'
  readonly #secret: string
  readonly #say: (line: string) => void
  readonly #kept = new Map<string, Kept>()
  #stopped = false

  constructor(secret: string, say: (line: string) => void = () => {}) {
    this.#secret = secret
    this.#say = say
  }

  enter(state: string): void {
    if (!(states as readonly string[]).includes(state)) throw new Error(`no state ${state}`)
    if (state === 'ring' || state === 'press' || state === 'answer' || state === 'silent') this.#calls = state
    else this.state = state as Exclude<State, CallState>
  }

  list(): Arrived[] {
    return [...this.#kept.values()].map(({ ref: _, callback: __, timer: ___, ...shown }) => shown).reverse()
  }

  take(channel: Arrived['channel'], body: string): { ref: string; repeated?: true } | { error: string } {
    const said = read(body)
    if (!said) return { error: 'body' }
    const known = this.#kept.get(said.key)
    if (known) {
      known.asked += 1
      return { ref: known.ref, repeated: true }
    }
    if (!/^1\d{10}$/.test(said.to)) return { error: 'number' }
    const kept: Kept = {
      ...said,
      channel,
      ref: randomUUID(),
      at: new Date().toISOString(),
      state: channel === 'voice' ? 'ringing' : 'sent',
      asked: 1,
    }
    if (this.#kept.size >= mostKept) this.#kept.delete(this.#kept.keys().next().value as string)
    this.#kept.set(said.key, kept)
    this.#say(`${channel} to ${kept.to}: ${kept.text}`)
    this.#play(kept)
    return { ref: kept.ref }
  }

  /** What a person does with a ringing phone. */
  act(key: string, what: 'press' | 'answer' | 'hang-up'): void {
    const call = this.#kept.get(key)
    if (call?.state !== 'ringing') throw new Error('no phone rings with this call')
    clearTimeout(call.timer)
    if (what === 'hang-up') return this.#end(call, 'no-answer')
    this.#end(call, 'answered')
    if (what === 'press') this.#end(call, 'key-pressed', '1')
  }

  stop(): void {
    this.#stopped = true
    for (const { timer } of this.#kept.values()) clearTimeout(timer)
  }

  #play(kept: Kept): void {
    if (kept.channel === 'sms') return this.#end(kept, this.state === 'fail' ? 'failed' : 'delivered')
    const calls = this.#calls
    const end = (): void => {
      if (calls === 'ring' || calls === 'silent') return this.#end(kept, 'no-answer')
      this.act(kept.key, calls)
    }
    kept.timer = setTimeout(end, calls === 'ring' ? ringMs : 300)
  }

  #end(kept: Kept, state: string, digit = ''): void {
    kept.state = state
    if (this.state === 'mute') return
    const receipt = { key: kept.key, receipt: `${kept.ref}-${state}`, state, digit, at: new Date().toISOString() }
    void this.#push(kept.callback, receipt, 1000)
  }

  async #push(callback: string, receipt: Omit<Parameters<typeof signReceipt>[1], 'time'>, waitMs: number): Promise<void> {
    if (this.#stopped) return
    const time = String(Date.now())
    const answer = await fetch(callback, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...receipt, time, sign: signReceipt(this.#secret, { ...receipt, time }) }),
    }).catch(() => undefined)
    // A platform that knows no such message will not know it later.
    if (answer?.ok || answer?.status === 404) return
    setTimeout(() => void this.#push(callback, receipt, Math.min(60_000, waitMs * 2)), waitMs).unref()
  }
}

type Said = Pick<Kept, 'key' | 'to' | 'text' | 'lang' | 'callback'>

function read(body: string): Said | undefined {
  try {
    const said = JSON.parse(body) as Record<string, unknown>
    const { key, to, text, lang, callback } = said
    const isWhole = [key, to, text, lang, callback].every((value) => typeof value === 'string')
    return isWhole && /^http:\/\/127\.0\.0\.1:|^http:\/\/localhost:|^http:\/\/\[::1\]:/.test(callback as string)
      ? (said as unknown as Said)
      : undefined
  } catch {
    return undefined
  }
}
