import { maskPhone, newId } from '@linli/base/define'
import { type Ctx, sql, type Vault } from '@linli/base/server'
import type { OutsideChannel } from '../../define/delivery.ts'
import { checkParams, type Language, type MessageParams, type Templates } from '../../define/template.ts'

/** Somebody with a phone. The name is what others may read on a timeline: of a resident it is masked. */
export interface OutsideRecipient {
  readonly kind: 'account' | 'contact' | 'resident'
  readonly id: string
  readonly name: string
  readonly phone: string
  readonly lang: Language
}

export interface OutsideTelling {
  readonly recipient: OutsideRecipient
  readonly channel: OutsideChannel
  readonly template: string
  readonly params: MessageParams
  /** As with `tellPosts`: telling it again by this channel tells nobody twice. */
  readonly onceKey: string
  /** Not before this; at once when absent. */
  readonly sendAt?: Date
  /** Sent before others, and whatever the hour. */
  readonly isUrgent: boolean
  readonly about?: { readonly kind: string; readonly id: string }
  /** The inbox message that this stands in for, while it is unread. */
  readonly unlessRead?: string
  readonly areaPath: string | null
}

export interface OutsideDeps {
  vault: Vault
  templates: Templates
}

/**
 * Writes what is to go out, in the transaction of what it tells about; the courier sends it when that has committed. Answers how many
 * are new. As linli_system.
 */
export async function tellOutside(system: Ctx, { vault, templates }: OutsideDeps, tellings: readonly OutsideTelling[]): Promise<number> {
  if (tellings.length === 0) return 0
  const rows = tellings.map(({ recipient, template: key, params, about, ...telling }) => {
    const template = templates.get(key)
    if (!template) throw new Error(`no message template ${key}`)
    checkParams(template, params)
    return {
      id: newId(system.now.getTime()),
      onceKey: telling.onceKey,
      channel: telling.channel,
      kind: recipient.kind,
      recipientId: recipient.id,
      name: recipient.name,
      masked: maskPhone(recipient.phone),
      sealed: vault.seal(JSON.stringify({ phone: recipient.phone, params })).toString('hex'),
      template: key,
      lang: recipient.lang,
      isUrgent: telling.isUrgent,
      aboutKind: about?.kind ?? null,
      aboutId: about?.id ?? null,
      unlessRead: telling.unlessRead ?? null,
      areaPath: telling.areaPath,
      sendAt: (telling.sendAt ?? system.now).toISOString(),
    }
  })
  const told = await system.run(sql`
    INSERT INTO messages.delivery (delivery_id, once_key, channel, recipient_kind, recipient_id, recipient_name, masked_phone, sealed, template, lang, is_urgent,
      about_kind, about_id, unless_read, area_path, send_at, made_at)
    SELECT r.id, r."onceKey", r.channel, r.kind, r."recipientId", r.name, r.masked, decode(r.sealed, 'hex'), r.template, r.lang, r."isUrgent", r."aboutKind",
      r."aboutId", r."unlessRead", r."areaPath", r."sendAt", ${system.now}::timestamptz
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(id uuid, "onceKey" text, channel text, kind text, "recipientId" uuid, name text, masked text,
      sealed text, template text, lang text, "isUrgent" boolean, "aboutKind" text, "aboutId" uuid, "unlessRead" uuid, "areaPath" text, "sendAt" timestamptz)
    ON CONFLICT (once_key, channel, recipient_id) DO NOTHING`)
  if (told > 0) system.emit('delivery.made', { deliveries: told })
  return told
}

/**
 * What waits for its time about this is not needed any more, and no call is: somebody answered. A message that was to go at once still goes,
 * and what is on its way cannot be called back. As linli_system.
 */
export async function endDeliveries(system: Ctx, about: { kind: string; id: string }): Promise<number> {
  return system.run(sql`
    UPDATE messages.delivery SET state = 'needless', ended_at = ${system.now}
    WHERE about_kind = ${about.kind} AND about_id = ${about.id}::uuid AND state = 'waiting'
      AND (channel = 'voice' OR (send_at > made_at AND attempts = 0))`)
}
