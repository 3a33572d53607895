import { phoneHash } from '@linli/access/server'
import { AccessError, type Ctx, sql, systemActor, type Vault } from '@linli/base/server'
import type { ResidentPreference } from '../../contract/preference.ts'
import type { OutsideChannel, QuietHours, Welcome } from '../../define/delivery.ts'
import type { Language } from '../../define/template.ts'
import { needSpan } from './preferences.ts'

interface PreferenceRow extends Record<OutsideChannel, Welcome> {
  quiet_from: number
  quiet_to: number
  lang: Language
}

/** Of who said nothing: everything at once. The hours are what a page offers. */
const usual: ResidentPreference = { sms: 'always', voice: 'always', quietFrom: 22 * 60, quietTo: 7 * 60, lang: 'zh' }

/** How the signed-in resident hears of what can wait. */
export async function getResidentPreference(ctx: Ctx): Promise<ResidentPreference> {
  const residentId = ownId(ctx)
  const row = await ctx.as(systemActor, (system) =>
    system.find(sql<PreferenceRow>`
      SELECT sms, voice, quiet_from, quiet_to, lang FROM messages.resident_preference WHERE resident_id = ${residentId}::uuid`),
  )
  return row ? { sms: row.sms, voice: row.voice, quietFrom: row.quiet_from, quietTo: row.quiet_to, lang: row.lang } : usual
}

export async function setResidentPreference(ctx: Ctx, said: ResidentPreference): Promise<ResidentPreference> {
  const residentId = ownId(ctx)
  needSpan(said)
  await ctx.as(systemActor, (system) => writeResidentPreference(system, residentId, said))
  const { sms, voice } = said
  ctx.audit({ action: 'messages.preference_set', subjectKind: 'resident', subjectId: residentId, detail: { sms, voice } })
  return getResidentPreference(ctx)
}

function ownId({ actor: { residentId } }: Ctx): string {
  if (!residentId) throw AccessError('unauthenticated')
  return residentId
}

/** For one who is set up (a demo town), too. As linli_system. */
export async function writeResidentPreference(system: Ctx, residentId: string, said: ResidentPreference): Promise<void> {
  await system.run(sql`
    INSERT INTO messages.resident_preference AS p (resident_id, sms, voice, quiet_from, quiet_to, lang, changed_at)
    VALUES (${residentId}::uuid, ${said.sms}, ${said.voice}, ${said.quietFrom}, ${said.quietTo}, ${said.lang}, ${system.now})
    ON CONFLICT (resident_id) DO UPDATE SET sms = excluded.sms, voice = excluded.voice, quiet_from = excluded.quiet_from,
      quiet_to = excluded.quiet_to, lang = excluded.lang, changed_at = excluded.changed_at`)
}

/** What the holder of a phone said about being told on it. */
export interface PhoneWishes {
  readonly welcome: Readonly<Record<OutsideChannel, Welcome>>
  readonly quiet: QuietHours
  readonly lang: Language
}

/**
 * Of these numbers, those whose holder signed in and said how to be told: a number counts for whoever has it, not for the file that names it.
 * As linli_system.
 */
export async function wishesOf(system: Ctx, vault: Vault, phones: readonly string[]): Promise<Map<string, PhoneWishes>> {
  const phoneOf = new Map(phones.map((phone) => [phoneHash(vault, phone).toString('hex'), phone]))
  const rows = await system.rows(sql<PreferenceRow & { hash: string }>`
    SELECT encode(r.phone_hash, 'hex') AS hash, p.sms, p.voice, p.quiet_from, p.quiet_to, p.lang
    FROM messages.resident_preference p JOIN access.resident r USING (resident_id)
    WHERE r.phone_hash IN (SELECT decode(h, 'hex') FROM unnest(${[...phoneOf.keys()]}::text[]) AS h)`)
  return new Map(
    rows.map(({ hash, sms, voice, quiet_from: from, quiet_to: to, lang }) => [
      phoneOf.get(hash)!,
      { welcome: { sms, voice }, quiet: { from, to }, lang },
    ]),
  )
}
