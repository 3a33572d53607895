import type { Ctx } from '@linli/base/server'
import type { PersonChange } from '../define/person-change.ts'
import type { PersonState } from '../define/person-state.ts'

/**
 * Says by the outbox what happened to a file: ids and kinds only. What somebody no longer agrees to is said in so many words, so that
 * every engine stops at once.
 */
export function tellChange(ctx: Ctx, personId: string, entry: PersonChange, after: PersonState): void {
  ctx.emit('person.changed', { personId, change: entry.change })
  if (entry.change === 'consented') ctx.emit('consent.given', { personId, consentId: entry.data.consentId, purpose: entry.data.purpose })
  if (entry.change === 'consentWithdrawn') {
    const { consentId } = entry.data
    ctx.emit('consent.withdrawn', { personId, consentId, purpose: after.consents.find((one) => one.consentId === consentId)?.purpose })
  }
  if (entry.change === 'proxyAccepted') ctx.emit('proxy.bound', { personId, proxyId: entry.data.proxyId })
  if (entry.change === 'proxyEnded') ctx.emit('proxy.ended', { personId, proxyId: entry.data.proxyId })
}
