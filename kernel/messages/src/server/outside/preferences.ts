import { maskPhone } from '@linli/base/define'
import { AccessError, type Ctx, sql, systemActor, type Vault } from '@linli/base/server'
import type { MessagePreference } from '../../contract/preference.ts'
import type { OutsideChannel, QuietHours } from '../../define/delivery.ts'
import type { Language } from '../../define/template.ts'
import { MessageError } from './message-error.ts'

interface PreferenceRow {
  holder_id: string
  masked_phone: string | null
  channels: OutsideChannel[]
  after_minutes: number
  quiet_from: number | null
  quiet_to: number | null
  lang: Language
}

const usual: MessagePreference = { phone: null, channels: [], afterMinutes: 30, quietFrom: null, quietTo: null, lang: 'zh' }

/** How the signed-in account hears of what it did not read. */
export async function getPreference(ctx: Ctx): Promise<MessagePreference> {
  const row = await ctx.find(sql<PreferenceRow>`
    SELECT holder_id, masked_phone, channels, after_minutes, quiet_from, quiet_to, lang FROM messages.preference WHERE holder_id = ${ctx.actor.accountId}::uuid`)
  if (!row) return usual
  const { masked_phone, channels, after_minutes, quiet_from, quiet_to, lang } = row
  return { phone: masked_phone, channels, afterMinutes: after_minutes, quietFrom: quiet_from, quietTo: quiet_to, lang }
}

export type PreferenceSaid = Omit<MessagePreference, 'phone'> & { phone?: string | null | undefined }

const wrong = (path: string, message: string) => MessageError('data_invalid', { fields: [{ path, message }] })

/** Refuses quiet hours that are no span: half of one, or one without length. */
export function needSpan({ quietFrom, quietTo }: Pick<MessagePreference, 'quietFrom' | 'quietTo'>): void {
  if ((quietFrom === null) !== (quietTo === null) || (quietFrom !== null && quietFrom === quietTo))
    throw wrong('quietTo', '免打扰要有开始和结束，且不能相同')
}

export async function setPreference(ctx: Ctx, vault: Vault, said: PreferenceSaid): Promise<MessagePreference> {
  const { accountId } = ctx.actor
  if (!accountId) throw AccessError('unauthenticated')
  const before = await getPreference(ctx)
  needSpan(said)
  if (new Set(said.channels).size !== said.channels.length) throw wrong('channels', '同一种方式选了两次')
  const hasPhone = said.phone === undefined ? before.phone !== null : said.phone !== null
  if (said.channels.length > 0 && !hasPhone) throw wrong('phone', '要用短信或电话，请先填手机号')
  await ctx.as(systemActor, (system) => writePreference(system, vault, accountId, said))
  ctx.audit({ action: 'messages.preference_set', subjectKind: 'account', subjectId: accountId, detail: { channels: said.channels } })
  return getPreference(ctx)
}

/** For one who is set up (a demo town, an import), too. As linli_system. */
export async function writePreference(system: Ctx, vault: Vault, holderId: string, said: PreferenceSaid): Promise<void> {
  const sealed = said.phone ? vault.seal(said.phone) : null
  const masked = said.phone ? maskPhone(said.phone) : null
  await system.run(sql`
    INSERT INTO messages.preference AS p (holder_id, sealed_phone, masked_phone, channels, after_minutes, quiet_from, quiet_to, lang, changed_at)
    VALUES (${holderId}::uuid, ${sealed}, ${masked}, ${said.channels}, ${said.afterMinutes}, ${said.quietFrom}, ${said.quietTo}, ${said.lang}, ${system.now})
    ON CONFLICT (holder_id) DO UPDATE SET
      sealed_phone = CASE WHEN ${said.phone === undefined} THEN p.sealed_phone ELSE excluded.sealed_phone END,
      masked_phone = CASE WHEN ${said.phone === undefined} THEN p.masked_phone ELSE excluded.masked_phone END,
      channels = excluded.channels, after_minutes = excluded.after_minutes, quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to,
      lang = excluded.lang, changed_at = excluded.changed_at`)
}

/** How to reach an account outside, its number in clear. */
export interface Reach {
  readonly phone: string
  readonly channels: readonly OutsideChannel[]
  readonly afterMinutes: number
  readonly quiet: QuietHours | null
  readonly lang: Language
}

/** Of these accounts, those that left a number. As linli_system. */
export async function reachOf(system: Ctx, vault: Vault, accountIds: readonly string[]): Promise<Map<string, Reach>> {
  const rows = await system.rows(sql<PreferenceRow & { sealed_phone: Buffer }>`
    SELECT holder_id, sealed_phone, channels, after_minutes, quiet_from, quiet_to, lang FROM messages.preference
    WHERE holder_id = ANY (${accountIds}::uuid[]) AND sealed_phone IS NOT NULL`)
  return new Map(
    rows.map(({ holder_id, sealed_phone, channels, after_minutes, quiet_from, quiet_to, lang }) => [
      holder_id,
      {
        phone: vault.open(sealed_phone),
        channels,
        afterMinutes: after_minutes,
        quiet: quiet_from === null || quiet_to === null ? null : { from: quiet_from, to: quiet_to },
        lang,
      },
    ]),
  )
}
