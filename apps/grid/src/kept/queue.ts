import { ApiError, call, upload } from '@linli/ui/client'
import { createSendQueue, keep, keepTrying, photoStore, sendWithPhotos, shouldWait, type WithPhotos } from '@linli/ui/phone'
import { filesOf, handIn, isRightLost } from './hand-in.ts'
import { type Answered, photosOf, type QueuedItem, readItems } from './items.ts'

/** What was done on this phone and has no answer yet. It outlives a reload, a sign-out and an update. */
export const waiting = keep<readonly QueuedItem[]>('linli.grid.queue', [], readItems)

/** How many of those that had to wait have been sent since nothing waited. */
export const sentSince = keep<number>('linli.grid.sent', 0, (stored) => (typeof stored === 'number' ? stored : undefined))

let sender: string | undefined
let senderPost: string | undefined
const listeners = new Set<(answered: Answered) => void>()

/** Hears what the server said to each item, whenever that was. */
export function onSent(listener: (answered: Answered) => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const queue = createSendQueue<QueuedItem, Answered>({
  kept: waiting,
  idOf: (item) => item.requestId,
  send: sendOrHandIn,
  sent(item, answered) {
    sentSince.change((count) => count + 1)
    for (const { id } of photosOf(item)) void photoStore.remove(id)
    for (const listener of listeners) listener(answered)
  },
  // A session that ended is no refusal: what was done is sent when its doer has signed in again.
  waits: (error) => shouldWait(error) || error.status === 401,
  mayGo: (item) => item.accountId === sender,
  lock: 'linli.grid.queue',
})

/** What the account has lost the right to is handed in for review, not given back to somebody who can do nothing about it. */
async function sendOrHandIn(item: QueuedItem): Promise<Answered> {
  try {
    return await send(item)
  } catch (error) {
    if (!(error instanceof ApiError) || !isRightLost(error, item, senderPost)) throw error
    return { kind: 'handedIn', item, answer: await handIn(queue.find(item.requestId) ?? item, error.code) }
  }
}

async function send(item: QueuedItem): Promise<Answered> {
  const { requestId } = item
  if (item.kind === 'move') {
    const { episodeId, key, body } = item
    const way = { params: { episodeId, key }, body: { ...body, requestId } }
    return { kind: 'move', item, answer: await call('POST /episodes/:episodeId/moves/:key', way) }
  }
  if (item.kind === 'visit') {
    return withPhotos(item, async (ready, attachments) => {
      const { alarm, personId } = ready
      const body = { ...ready.body, ...attachments, requestId }
      if (alarm) {
        const { episodeId, openCase } = alarm
        const answer = await call('POST /episodes/:episodeId/visit', { params: { episodeId }, body: { ...body, openCase } })
        return { kind: 'visit', item: ready, answer }
      }
      const way = { params: { personId }, body }
      return { kind: 'visit', item: ready, answer: await call('POST /persons/:personId/visits', way) }
    })
  }
  if (item.kind === 'step') {
    return withPhotos(item, async (ready) => {
      const { caseId, key, body } = ready
      const data = { ...body.data, ...filesOf(ready) }
      const answer = await call('POST /cases/:caseId/moves/:key', { params: { caseId, key }, body: { ...body, data, requestId } })
      return { kind: 'step', item: ready, answer }
    })
  }
  return withPhotos(item, async (ready, attachments) => {
    const answer = await call('POST /cases', { body: { ...ready.body, ...attachments, requestId } })
    return { kind: 'report', item: ready, answer }
  })
}

/** The photos go first; which of them are there is kept with the item, so that a page that is closed in between sends none twice. */
function withPhotos<T extends QueuedItem & WithPhotos, R>(item: T, post: (item: T, attachments: { attachments?: string[] }) => Promise<R>) {
  return sendWithPhotos<T, R>({
    item: {
      get: () => (queue.find(item.requestId) as T | undefined) ?? item,
      update: (change) => queue.update(item.requestId, change),
    },
    get: photoStore.get,
    upload,
    // A form says of a photo that has been forgotten which of its fields is wrong.
    isForgotten: ({ code, problem }) =>
      code.endsWith('.attachment_unknown') ||
      (item.kind === 'step' && item.photos.some(({ field }) => problem.fields?.some(({ path }) => path === `data.${field}`))),
    post: (ready, attachments) => post(ready, attachments.length > 0 ? { attachments } : {}),
  })
}

/** Keeps it on the phone, then sends it if it can. The first of a new batch starts the count anew. */
export async function keepAndSend(item: QueuedItem) {
  if (waiting.get().every(({ refusal }) => refusal)) sentSince.change(() => 0)
  queue.add(senderPost ? { ...item, postId: senderPost } : item)
  return queue.sendNow(item.requestId)
}

/** Sends once more what was refused: the reason may be gone, a post given back for one. */
export function sendAgain(requestId: string): void {
  waiting.change((all) => all.map((item) => (item.requestId === requestId ? withoutRefusal(item) : item)))
  void queue.flush()
}

function withoutRefusal<T extends QueuedItem>({ refusal: _, ...item }: T): T {
  return item as unknown as T
}

/** Throws away what was refused, with its photos unless they go back into a form. Only a person does that. */
export function throwAway(requestId: string, { keepsPhotos = false } = {}): void {
  const item = queue.discard(requestId)
  if (keepsPhotos) return
  for (const { id } of item ? photosOf(item) : []) void photoStore.remove(id)
}

let isTrying = false

/** From now on what this account did is sent; returns how to stop. */
export function startSendingAs(accountId: string, postId: string | undefined): () => void {
  sender = accountId
  senderPost = postId
  const attempt = (): void => {
    if (sender && waiting.get().some((item) => !item.refusal && item.accountId === sender)) void queue.flush()
  }
  if (isTrying) attempt()
  else keepTrying(attempt)
  isTrying = true
  return () => {
    sender = undefined
    senderPost = undefined
  }
}
