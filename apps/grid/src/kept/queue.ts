import { type AnswerOf, call, type InputOf } from '@linli/ui/client'
import { createSendQueue, keep, keepTrying, type Refusal, shouldWait } from '@linli/ui/phone'
import { type EpisodeMove, isEpisodeMove } from './moves.ts'

/** A step of an alarm on its way. Its body never changes again: a repeat must be the same request. */
export interface QueuedMove {
  requestId: string
  /** Whose doing it is: nobody else's session sends it. */
  accountId: string
  episodeId: string
  /** What the alarm was called when it was done, for a phone that has nothing else to show. */
  name: string
  key: EpisodeMove
  body: Omit<InputOf<'POST /episodes/:episodeId/moves/:key'>['body'], 'requestId'>
  /** Milliseconds; when it was done. */
  at: number
  refusal?: Refusal
}

/** What was done on this phone and has no answer yet. It outlives a reload, a sign-out and an update. */
export const waiting = keep<readonly QueuedMove[]>('linli.grid.queue', [], (stored) =>
  Array.isArray(stored)
    ? stored.filter((item: Partial<QueuedMove>) => typeof item?.requestId === 'string' && isEpisodeMove(item.key) && item.body)
    : undefined,
)

/** How many of those that had to wait have been sent since nothing waited. */
export const sentSince = keep<number>('linli.grid.sent', 0, (stored) => (typeof stored === 'number' ? stored : undefined))

let sender: string | undefined
type Answer = AnswerOf<'POST /episodes/:episodeId/moves/:key'>
const listeners = new Set<(answer: Answer) => void>()

/** Hears what the server said to each step, whenever that was. */
export function onSent(listener: (answer: Answer) => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const queue = createSendQueue<QueuedMove, Answer>({
  kept: waiting,
  idOf: (item) => item.requestId,
  send({ requestId, episodeId, key, body }) {
    return call('POST /episodes/:episodeId/moves/:key', { params: { episodeId, key }, body: { ...body, requestId } })
  },
  sent(_, answer) {
    sentSince.change((count) => count + 1)
    for (const listener of listeners) listener(answer)
  },
  // A session that ended is no refusal: what was done is sent when its doer has signed in again.
  waits: (error) => shouldWait(error) || error.status === 401,
  mayGo: (item) => item.accountId === sender,
})

/** Keeps it on the phone, then sends it if it can. The first of a new batch starts the count anew. */
export async function send(item: QueuedMove) {
  if (waiting.get().every(({ refusal }) => refusal)) sentSince.change(() => 0)
  queue.add(item)
  return queue.sendNow(item.requestId)
}

let isTrying = false

/** From now on what this account did is sent; returns how to stop. */
export function startSendingAs(accountId: string): () => void {
  sender = accountId
  const attempt = (): void => {
    if (sender && waiting.get().some((item) => !item.refusal && item.accountId === sender)) void queue.flush()
  }
  if (isTrying) attempt()
  else keepTrying(attempt)
  isTrying = true
  return () => {
    sender = undefined
  }
}
