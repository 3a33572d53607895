import { type AuditLine, type Ctx, type Refusal, type RefusalDetail, type Statement, sql, systemActor } from '@linli/base/server'

const revealsPerHour = 30
const hourMs = 3_600_000

interface RevealLimit {
  /** Whose looks are counted: each engine's by themselves. */
  engine: string
  /** `viewed_at` of every look in clear that the acting account made. */
  views: Statement
  /** What the audit trail says of the refusal. */
  line: AuditLine
  refuse(more: RefusalDetail): Refusal
}

/**
 * Values in clear, thirty times an account and hour; whoever asks for more is stopped until the first of those looks is an hour old, and the
 * security administrator is told. Looks at the same instant wait for each other, or many at once would all be the last.
 */
export async function limitReveals(ctx: Ctx, { engine, views, line, refuse }: RevealLimit): Promise<void> {
  const { actor, now } = ctx
  const { count, oldest } = await ctx.as(systemActor, async (system) => {
    await system.run(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`${engine}.reveal ${actor.accountId}`}, 0))`)
    return system.get(sql<{ count: number; oldest: Date }>`
      SELECT count(*) AS count, coalesce(min(viewed_at), ${now}::timestamptz) AS oldest FROM (${views}) looks
      WHERE viewed_at > ${new Date(now.getTime() - hourMs)}`)
  })
  if (count < revealsPerHour) return
  ctx.onRefusal(actor, async (refused) => {
    refused.audit(line)
    // Ids only: names are looked up by whoever may read them.
    const { accountId, orgId, areaPath } = actor
    refused.emit('security.alerted', { alert: 'reveal-limit', accountId, orgId, areaPath, count: revealsPerHour, at: now.toISOString() })
  })
  const wait = Math.ceil((oldest.getTime() + hourMs - now.getTime()) / 1000)
  throw refuse({ detail: `一小时最多查看 ${revealsPerHour} 次`, retryAfterSeconds: Math.max(1, wait) })
}
