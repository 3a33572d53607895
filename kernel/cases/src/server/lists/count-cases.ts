import { type Ctx, sql, systemActor } from '@linli/base/server'
import { filesInHand, filesInScope, isInHand } from '../scope-of-files.ts'

export interface QueueCount {
  total: number
  overdue: number
  dueSoon: number
  paused: number
}

interface CountRow extends Omit<QueueCount, 'dueSoon'> {
  queue: string
  due_soon: number
}

const queues = [
  'all',
  'accept',
  'admit',
  'dispatch',
  'desk',
  'rule',
  'supervised',
  'mine',
  'follow',
  'rectify',
  'check',
  'close',
  'extension',
] as const

/** Open cases of one kind by queue and clock state. Kinds are never added up. */
export async function countCases(ctx: Ctx, kind: string): Promise<Record<string, QueueCount>> {
  const { actor, now } = ctx
  // A line post's files are those its organization works on, by the deadline of what it has in hand; others have such files beside their area's.
  const isLine = actor.reach === 'line'
  const isOpen = isLine ? sql`p.status = 'open'` : sql`f.status = 'open'`
  const due = isLine ? sql`p.due_at` : sql`f.due_at`
  const amber = isLine ? sql`coalesce(p.task_amber_at, f.amber_at)` : sql`f.amber_at`
  const isOwn = isLine ? isInHand(actor) : sql`false`
  const counts = sql<CountRow>`
    WITH area AS MATERIALIZED (
      SELECT f.queue AS waits, f.ruling_area_id = ${actor.areaId} AS is_ruled_here, f.extension = 'asked' AS asks, f.supervised_at IS NOT NULL AS is_watched,
        ${due} < ${now} AS is_overdue, ${amber} <= ${now} AS is_amber, ${isOwn} AS is_mine, coalesce(f.paused_until > ${now}, false) AS is_paused
      FROM ${filesInScope(actor)} AND ${isOpen} AND f.kind = ${kind}
    ), waiting AS (
      SELECT q.queue, is_overdue, is_amber, is_paused FROM area, LATERAL (VALUES
        ('all', true), ('mine', is_mine), ('accept', waits = 'accept'), ('admit', waits = 'admit'), ('dispatch', waits = 'dispatch'), ('desk', waits IN ('accept', 'dispatch')), ('rule', is_ruled_here),
        ('follow', waits IN ('followUp', 'verify')), ('rectify', waits IN ('rectify', 'verify')), ('check', waits = 'check'), ('close', waits = 'close'), ('extension', asks), ('supervised', is_watched)
      ) AS q(queue, is_in) WHERE q.is_in
      UNION ALL
      SELECT 'mine', p.due_at < ${now}, coalesce(p.task_amber_at, f.amber_at) <= ${now}, coalesce(f.paused_until > ${now}, false)
      FROM ${filesInHand(actor)} AND f.kind = ${kind} AND ${!isLine}
    )
    SELECT queue, count(*) AS total, count(*) FILTER (WHERE is_overdue) AS overdue,
      count(*) FILTER (WHERE NOT is_overdue AND is_amber AND NOT is_paused) AS due_soon, count(*) FILTER (WHERE NOT is_overdue AND is_paused) AS paused
    FROM waiting GROUP BY queue`
  const rows = await ctx.as(systemActor, (system) => system.rows(counts))
  const none: QueueCount = { total: 0, overdue: 0, dueSoon: 0, paused: 0 }
  const queuesOf: Record<string, QueueCount> = Object.fromEntries(queues.map((queue) => [queue, none]))
  for (const { queue, total, overdue, due_soon, paused } of rows) queuesOf[queue] = { total, overdue, dueSoon: due_soon, paused }
  return queuesOf
}
