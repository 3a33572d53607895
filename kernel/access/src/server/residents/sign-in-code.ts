import { randomInt, timingSafeEqual } from 'node:crypto'
import { newId } from '@linli/base/define'
import { type Ctx, sql, type Vault } from '@linli/base/server'
import type { ResidentSlots } from './resident-slots.ts'

export const codeMinutes = 5
const minuteMs = 60_000
const mostTries = 5
/** Codes to one number: not two within a minute, not more than five within an hour. Whoever asks for more is answered the same and gets none. */
const restMs = minuteMs
const mostPerHour = 5

export const phoneHash = (vault: Vault, phone: string): Buffer => vault.keyedHash('access.resident', phone)
/** Of one code alone: the same six digits sent to another phone, or again, are another hash. */
const codeHash = (vault: Vault, codeId: string, code: string): Buffer => vault.keyedHash('access.sign-in-code', `${codeId} ${code}`)

/** Makes a code and has it sent, unless this number had enough of them. As system. */
export async function makeCode(
  system: Ctx,
  { vault, sendCode }: { vault: Vault } & Pick<ResidentSlots, 'sendCode'>,
  { phone, lang }: { phone: string; lang: 'zh' | 'en' },
): Promise<void> {
  const hash = phoneHash(vault, phone)
  await system.run(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`access.sign-in ${hash.toString('hex')}`}, 0))`)
  const { recent, newest } = await system.get(sql<{ recent: number; newest: Date | null }>`
    SELECT count(*)::int AS recent, max(made_at) AS newest FROM access.sign_in_code
    WHERE phone_hash = ${hash} AND made_at > ${new Date(system.now.getTime() - 60 * minuteMs)}`)
  if (recent >= mostPerHour || (newest && system.now.getTime() - newest.getTime() < restMs)) {
    system.audit({ action: 'access.code_withheld', subjectKind: 'resident' })
    return
  }
  const codeId = newId(system.now.getTime())
  const code = String(randomInt(1_000_000)).padStart(6, '0')
  await system.run(sql`UPDATE access.sign_in_code SET ended_at = ${system.now} WHERE phone_hash = ${hash} AND ended_at IS NULL`)
  await system.run(sql`
    INSERT INTO access.sign_in_code (code_id, phone_hash, code_hash, made_at, expires_at)
    VALUES (${codeId}, ${hash}, ${codeHash(vault, codeId, code)}, ${system.now}, ${new Date(system.now.getTime() + codeMinutes * minuteMs)})`)
  await sendCode(system, { codeId, phone, code, lang })
}

/** Whether this is the code that was sent to the number last; a try is counted under the row's lock, and a right one is good once. As system. */
export async function takeCode(system: Ctx, vault: Vault, phone: string, code: string): Promise<boolean> {
  const held = await system.find(sql<{ code_id: string; code_hash: Buffer; tries: number }>`
    SELECT code_id, code_hash, tries FROM access.sign_in_code
    WHERE phone_hash = ${phoneHash(vault, phone)} AND ended_at IS NULL AND expires_at > ${system.now} ORDER BY made_at DESC LIMIT 1 FOR UPDATE`)
  // A number without a code takes as long as one with a wrong one.
  const expected = held?.code_hash ?? Buffer.alloc(32)
  const isRight = timingSafeEqual(expected, codeHash(vault, held?.code_id ?? '', code)) && held !== undefined
  if (!held) return false
  const isOver = isRight || held.tries + 1 >= mostTries
  await system.run(sql`
    UPDATE access.sign_in_code SET tries = tries + 1, ended_at = ${isOver ? system.now : null}::timestamptz WHERE code_id = ${held.code_id}::uuid`)
  return isRight
}

/** Codes are of no use after minutes and counted for an hour; as system, nightly. */
export function sweepCodes(system: Ctx): Promise<number> {
  return system.run(sql`DELETE FROM access.sign_in_code WHERE made_at < ${new Date(system.now.getTime() - 86_400_000)}`)
}
