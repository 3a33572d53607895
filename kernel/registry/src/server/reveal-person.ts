import { type Ctx, sql, systemActor } from '@linli/base/server'
import type { PersonField } from '../define/person-fields.ts'
import { checkSeesPerson } from './change-person.ts'
import type { RegistryDeps } from './deps.ts'
import { RegistryError } from './errors.ts'
import { noteView } from './get-person.ts'
import { openPerson } from './person-store.ts'
import { openText } from './seal-person.ts'

const revealsPerHour = 30
const hourMs = 3_600_000

/** Values in clear for a stated reason: written where the person reads it, audited, and limited per account and hour. */
export async function revealPerson(
  ctx: Ctx,
  deps: RegistryDeps,
  personId: string,
  reason: string,
  fields: readonly PersonField[],
): Promise<Partial<Record<PersonField, string | null>>> {
  await checkSeesPerson(ctx, personId)
  return ctx.as(systemActor, async (system) => {
    await checkReveals(ctx, system, personId)
    await noteView(system, ctx, personId, { kind: 'reveal', reason, fields })
    ctx.audit({ action: 'registry.reveal', subjectKind: 'person', subjectId: personId, purpose: reason, detail: { fields } })
    const { key, state } = await openPerson(system, deps.vault, personId)
    return Object.fromEntries(
      fields.map((field) => {
        const held = state.values[field]
        return [field, key && held ? openText(deps.vault, key, held.sealed) : null]
      }),
    )
  })
}

/** Looks at the same instant wait for each other, or many at once would all be the last. */
async function checkReveals(ctx: Ctx, system: Ctx, personId: string): Promise<void> {
  const { accountId } = ctx.actor
  const since = new Date(ctx.now.getTime() - hourMs)
  await system.run(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`registry.reveal ${accountId}`}, 0))`)
  const { views, oldest } = await system.get(sql<{ views: number; oldest: Date }>`
    SELECT count(*)::int AS views, coalesce(min(viewed_at), ${ctx.now}::timestamptz) AS oldest FROM registry.person_view
    WHERE account_id = ${accountId} AND kind = 'reveal' AND viewed_at > ${since}`)
  if (views < revealsPerHour) return
  ctx.onRefusal(ctx.actor, async (refused) => {
    refused.audit({ action: 'registry.reveal_refused', subjectKind: 'person', subjectId: personId, detail: { code: 'reveal_exhausted' } })
    refused.emit('security.alerted', {
      alert: 'reveal-limit',
      accountId,
      orgId: ctx.actor.orgId,
      areaPath: ctx.actor.areaPath,
      count: revealsPerHour,
      at: ctx.now.toISOString(),
    })
  })
  const wait = Math.ceil((oldest.getTime() + hourMs - ctx.now.getTime()) / 1000)
  throw RegistryError('reveal_exhausted', { detail: `一小时最多查看 ${revealsPerHour} 次`, retryAfterSeconds: Math.max(1, wait) })
}
