import { type Ctx, type Log, sql, systemActor, type TransactionDeps, transact, type Vault } from '@linli/base/server'
import { type OutsideChannel, retryAfterMs } from '../../define/delivery.ts'
import { type Language, type MessageParams, renderMessage } from '../../define/template.ts'
import type { Wording } from '../list-inbox.ts'
import { ChannelFault, type Channels } from './channel.ts'

export interface CourierDeps extends TransactionDeps, Wording {
  vault: Vault
  channels: Channels
  log?: Log
}

interface Taken {
  delivery_id: string
  channel: OutsideChannel
  sealed: Buffer | null
  template: string
  lang: Language
  attempts: number
  about_kind: string | null
  about_id: string | null
  area_path: string | null
}

type End = { state: 'sent'; ref: string } | { state: 'waiting'; fault: string; sendAt: Date } | { state: 'dead'; fault: string }

const batch = 20
/** A process that has said nothing by then has died with it: another sends it, and the provider knows the key. */
const leaseMs = 30_000

/**
 * Sends what is due, after the commit that told it: taken in one transaction, sent without one, its end written in another. Killed in
 * between it is taken again when the lease is over, under the same key. Any number of processes may; call until it answers 0.
 */
export async function sendDue(deps: CourierDeps): Promise<number> {
  const taken = await transact(deps, systemActor, takeDue)
  await Promise.all(taken.map((delivery) => send(deps, delivery)))
  return taken.length
}

async function takeDue(system: Ctx): Promise<Taken[]> {
  await system.run(sql`
    UPDATE messages.delivery d SET state = 'needless', ended_at = ${system.now} FROM messages.message m
    WHERE d.state = 'waiting' AND d.send_at <= ${system.now} AND m.message_id = d.unless_read AND m.read_at IS NOT NULL`)
  return system.rows(sql<Taken>`
    WITH due AS (
      SELECT delivery_id FROM messages.delivery WHERE state IN ('waiting', 'sending') AND send_at <= ${system.now}
      ORDER BY is_urgent DESC, send_at LIMIT ${batch} FOR UPDATE SKIP LOCKED
    )
    UPDATE messages.delivery d SET state = 'sending', attempts = attempts + 1, send_at = ${new Date(system.now.getTime() + leaseMs)}
    FROM due WHERE d.delivery_id = due.delivery_id
    RETURNING d.delivery_id, d.channel, d.sealed, d.template, d.lang, d.attempts, d.about_kind, d.about_id, d.area_path`)
}

async function send(deps: CourierDeps, delivery: Taken): Promise<void> {
  const end = await trySending(deps, delivery)
  const fault = end.state === 'sent' ? null : end.fault.slice(0, 200)
  if (fault !== null) deps.log?.('a message could not be sent', { deliveryId: delivery.delivery_id, fault, state: end.state })
  await transact(deps, systemActor, async (system) => {
    // A receipt may have come before the answer to the request that sent it.
    await system.run(sql`
      UPDATE messages.delivery SET fault = ${fault}, provider_ref = ${end.state === 'sent' ? end.ref.slice(0, 120) : null},
        state = CASE WHEN state = 'sending' THEN ${end.state} ELSE state END,
        sent_at = CASE WHEN ${end.state === 'sent'} THEN coalesce(sent_at, ${system.now}) ELSE sent_at END,
        ended_at = CASE WHEN ${end.state === 'dead'} THEN ${system.now}::timestamptz ELSE ended_at END,
        send_at = ${end.state === 'waiting' ? end.sendAt : system.now}
      WHERE delivery_id = ${delivery.delivery_id}`)
    tellChanged(system, delivery)
  })
}

async function trySending({ channels, vault, templates, terms, clock }: CourierDeps, delivery: Taken): Promise<End> {
  const channel = channels.get(delivery.channel)
  const template = templates.get(delivery.template)
  if (!channel) return { state: 'dead', fault: 'channel-missing' }
  if (!template || !delivery.sealed) return { state: 'dead', fault: 'content-gone' }
  const { phone, params } = JSON.parse(vault.open(delivery.sealed)) as { phone: string; params: MessageParams }
  const text = renderMessage(template, params, delivery.lang, terms(delivery.lang))
  try {
    const { ref } = await channel.send({ key: delivery.delivery_id, phone, text, lang: delivery.lang })
    return { state: 'sent', ref }
  } catch (error) {
    const fault = (error as Error).message
    const retryMs = error instanceof ChannelFault && error.isFinal ? undefined : retryAfterMs(delivery.attempts)
    return retryMs === undefined ? { state: 'dead', fault } : { state: 'waiting', fault, sendAt: new Date(clock.now().getTime() + retryMs) }
  }
}

/** Whoever shows what it is about reads again. */
export function tellChanged(system: Ctx, delivery: Pick<Taken, 'delivery_id' | 'about_kind' | 'about_id' | 'area_path'>): void {
  const { delivery_id: deliveryId, about_kind: aboutKind, about_id: aboutId, area_path: areaPath } = delivery
  system.emit('delivery.changed', { deliveryId, aboutKind, aboutId, areaPath })
}

/** Numbers and words are kept for a month; nightly, as linli_system. */
export function forgetDeliveries(system: Ctx): Promise<number> {
  return system.run(sql`
    UPDATE messages.delivery SET sealed = NULL WHERE sealed IS NOT NULL AND made_at < ${new Date(system.now.getTime() - 30 * 86_400_000)}`)
}
