import { type Actor, type Ctx, type PlacedEvent, type Position, systemActor, type TransactionDeps, transact } from '@linli/base/server'
import { countUnread } from '../list-inbox.ts'
import type { EventStream } from './event-stream.ts'
import { someAtOnce } from './some-at-once.ts'
import { inboxEvents, type LiveTopic } from './topic.ts'

export interface Listener {
  actor: Actor
  readonly stream: EventStream
}

interface Frame {
  event: string
  data: Record<string, unknown>
  at: Position
}

/** So many scopes are looked at together; more would take the connections of requests. */
const atOnce = 4

/**
 * Sends events to those who may know of them. What is sent are ids, each seen by the listener's own post under its own scope in a
 * transaction of its own; pages of one post, or of one resident, are asked for once. A listener whose check fails is closed and resumes.
 * Staff come first: whoever is on duty does not wait for those who look on.
 */
export async function fanOut(
  deps: TransactionDeps,
  topics: readonly LiveTopic[],
  listeners: readonly Listener[],
  events: readonly PlacedEvent[],
): Promise<void> {
  const [residents, staff] = [listeners.filter(isResident), listeners.filter((listener) => !isResident(listener))]
  const send = (to: readonly Listener[], about: readonly LiveTopic[]): Promise<void> =>
    someAtOnce(Map.groupBy(to, scopeOf).values(), atOnce, (group) => sendTo(deps, about, group, events))
  const isForResidents = ({ audience }: LiveTopic): boolean => audience === 'residents'
  await send(
    staff,
    topics.filter((topic) => !isForResidents(topic)),
  )
  if (residents.length === 0) return
  try {
    await send(residents, await narrow(deps, topics.filter(isForResidents), events))
  } catch {
    for (const { stream } of residents) stream.close()
  }
}

const isResident = ({ actor }: Listener): boolean => actor.residentId !== undefined

/** Everything of an actor that policies and checks read: whoever differs in any of it is asked for on their own. */
function scopeOf({ actor }: Listener): string {
  const { sender, databaseRole, reach, accountId, postId, orgId, areaId, areaPath, permissions, residentId, personId } = actor
  const person = [sender, accountId, residentId, personId]
  return JSON.stringify([person, databaseRole, reach, postId, orgId, areaId, areaPath, [...permissions].sort()])
}

/** The topics that these events touch, each knowing whom they concern. */
async function narrow(deps: TransactionDeps, topics: readonly LiveTopic[], events: readonly PlacedEvent[]): Promise<LiveTopic[]> {
  const touched = topics.filter((topic) => events.some(({ event, payload }) => payload && topic.events.includes(event)))
  if (touched.length === 0) return []
  return transact(deps, systemActor, async (system) => {
    const narrowed: LiveTopic[] = []
    for (const topic of touched) {
      const ids = [...idsOf(topic, undefined, events).keys()]
      const isConcerned = await topic.findConcerned?.(system, ids)
      const concerns: LiveTopic['concerns'] = (actor, payload) =>
        (isConcerned?.(actor, String(payload[topic.key])) ?? true) && (topic.concerns?.(actor, payload) ?? true)
      narrowed.push({ ...topic, concerns })
    }
    return narrowed
  })
}

async function sendTo(
  deps: TransactionDeps,
  topics: readonly LiveTopic[],
  group: readonly Listener[],
  events: readonly PlacedEvent[],
): Promise<void> {
  const { actor } = group[0]!
  const touched = topics.map((topic) => ({ topic, ids: idsOf(topic, actor, events) })).filter(({ ids }) => ids.size > 0)
  const inboxAt = events.findLast(({ event, payload }) => payload && isInbox(event) && hasPost(payload, actor.postId))?.position
  if (touched.length === 0 && !inboxAt) return
  const look = async (ctx: Ctx): Promise<Frame[]> => {
    const frames: Frame[] = inboxAt ? [{ event: 'inbox', data: { unread: await countUnread(ctx) }, at: inboxAt }] : []
    for (const { topic, ids } of touched) {
      for (const id of await topic.visible(ctx, [...ids.keys()]))
        frames.push({ event: topic.name, data: { [topic.key]: id }, at: ids.get(id)! })
    }
    return frames
  }
  try {
    const frames = await transact(deps, actor, look)
    const order = new Map(events.map(({ position }, index) => [position, index]))
    frames.sort((a, b) => order.get(a.at)! - order.get(b.at)!)
    for (const { stream } of group) for (const { event, data, at } of frames) stream.send(event, data, at)
  } catch {
    for (const { stream } of group) stream.close()
  }
}

/** Each thing once, at its last event; without an actor, whomever it concerns. */
function idsOf(topic: LiveTopic, actor: Actor | undefined, events: readonly PlacedEvent[]): Map<string, Position> {
  const ids = new Map<string, Position>()
  for (const { event, payload, position } of events) {
    if (!payload || !topic.events.includes(event)) continue
    const id = payload[topic.key]
    if (typeof id === 'string' && (!actor || (topic.concerns?.(actor, payload) ?? true))) ids.set(id, position)
  }
  return ids
}

const isInbox = (event: string): boolean => (inboxEvents as readonly string[]).includes(event)

const hasPost = ({ postIds }: Record<string, unknown>, postId: string | null): boolean =>
  postId !== null && Array.isArray(postIds) && postIds.includes(postId)
