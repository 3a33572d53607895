import { type Actor, type Ctx, type PlacedEvent, type Position, type TransactionDeps, transact } from '@linli/base/server'
import { countUnread } from '../list-inbox.ts'
import type { EventStream } from './event-stream.ts'
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
 * transaction of its own; pages of one post are asked for once. A listener whose check fails is closed and resumes.
 */
export async function fanOut(
  deps: TransactionDeps,
  topics: readonly LiveTopic[],
  listeners: readonly Listener[],
  events: readonly PlacedEvent[],
): Promise<void> {
  const groups = [...Map.groupBy(listeners, scopeOf).values()]
  const next = groups.values()
  const work = async (): Promise<void> => {
    for (const group of next) await sendTo(deps, topics, group, events)
  }
  await Promise.all(Array.from({ length: atOnce }, work))
}

/** Everything of an actor that policies read. */
function scopeOf({ actor }: Listener): string {
  const { databaseRole, reach, accountId, postId, orgId, areaId, areaPath, permissions } = actor
  return JSON.stringify([databaseRole, reach, accountId, postId, orgId, areaId, areaPath, [...permissions].sort()])
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

/** Each thing once, at its last event. */
function idsOf(topic: LiveTopic, actor: Actor, events: readonly PlacedEvent[]): Map<string, Position> {
  const ids = new Map<string, Position>()
  for (const { event, payload, position } of events) {
    if (!payload || !topic.events.includes(event)) continue
    const id = payload[topic.key]
    if (typeof id === 'string' && (topic.concerns?.(actor, payload) ?? true)) ids.set(id, position)
  }
  return ids
}

const isInbox = (event: string): boolean => (inboxEvents as readonly string[]).includes(event)

const hasPost = ({ postIds }: Record<string, unknown>, postId: string | null): boolean => Array.isArray(postIds) && postIds.includes(postId)
