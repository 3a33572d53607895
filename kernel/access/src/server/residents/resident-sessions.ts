import { maskPhone, newId } from '@linli/base/define'
import {
  AccessError,
  type Actor,
  type Ctx,
  newSecret,
  publicActor,
  sha256,
  sql,
  systemActor,
  type TransactionDeps,
  transact,
  type Vault,
} from '@linli/base/server'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ResidentMe } from '../../contract/resident.ts'
import { AccountError } from '../account-error.ts'
import { isForeignWrite } from '../session-cookie.ts'
import type { ResidentSlots } from './resident-slots.ts'
import { phoneHash, takeCode } from './sign-in-code.ts'

const cookieName = 'linli_resident'
const lastsMs = 90 * 86_400_000

export interface ResidentDeps extends TransactionDeps {
  vault: Vault
  residents: ResidentSlots
}

/**
 * Signs in with the code that was sent. A wrong one, one too late and a number that none was sent to are refused alike; the try is kept
 * although it is refused.
 */
export async function openResidentSession(
  deps: ResidentDeps,
  { phone, code, traceId }: { phone: string; code: string; traceId: string },
): Promise<{ token: string; expiresAt: Date }> {
  const opened = await transact(
    deps,
    systemActor,
    async (system) => {
      if (!(await takeCode(system, deps.vault, phone, code))) {
        system.audit({ action: 'access.resident_refused', subjectKind: 'resident' })
        return undefined
      }
      const residentId = await keepResident(system, deps, phone)
      const token = newSecret()
      const expiresAt = new Date(system.now.getTime() + lastsMs)
      await system.run(sql`
        INSERT INTO access.resident_session (token_hash, resident_id, made_at, expires_at) VALUES (${sha256(token)}, ${residentId}::uuid, ${system.now}, ${expiresAt})`)
      system.audit({ action: 'access.resident_signed_in', subjectKind: 'resident', subjectId: residentId })
      return { token, expiresAt }
    },
    { traceId },
  )
  if (!opened) throw AccountError('code_wrong')
  return opened
}

/** The resident of this number, who is whoever's file bears it now: numbers change hands. As system. */
export async function keepResident(
  system: Ctx,
  { vault, residents }: { vault: Vault; residents: Pick<ResidentSlots, 'findPerson'> },
  phone: string,
): Promise<string> {
  const personId = (await residents.findPerson(system, phone)) ?? null
  const { resident_id } = await system.get(sql<{ resident_id: string }>`
    INSERT INTO access.resident AS r (resident_id, phone_hash, sealed_phone, masked_phone, person_id, made_at, signed_in_at)
    VALUES (${newId(system.now.getTime())}, ${phoneHash(vault, phone)}, ${vault.seal(phone)}, ${maskPhone(phone)}, ${personId}::uuid, ${system.now}, ${system.now})
    ON CONFLICT (phone_hash) DO UPDATE SET person_id = excluded.person_id, signed_in_at = excluded.signed_in_at RETURNING r.resident_id`)
  return resident_id
}

/** Who is behind a request of the resident's portal; a cookie writes only from our own pages. */
export async function resolveResident(deps: TransactionDeps, request: FastifyRequest, publicUrl: string): Promise<Actor | undefined> {
  const key = keyOf(request)
  if (!key) return undefined
  if (!request.headers.authorization && isForeignWrite(request, publicUrl)) throw AccessError('request_foreign')
  const row = await transact(deps, systemActor, (system) =>
    system.find(sql<{ resident_id: string; person_id: string | null }>`
      SELECT r.resident_id, r.person_id FROM access.resident_session s JOIN access.resident r USING (resident_id)
      WHERE s.token_hash = ${key} AND s.ended_at IS NULL AND s.expires_at > ${system.now}`),
  )
  if (!row) return undefined
  return {
    ...publicActor,
    sender: `resident:${row.resident_id}`,
    residentId: row.resident_id,
    ...(row.person_id && { personId: row.person_id }),
  }
}

export async function closeResidentSession(ctx: Ctx, request: FastifyRequest): Promise<void> {
  const key = keyOf(request)
  await ctx.as(systemActor, (system) =>
    system.run(sql`UPDATE access.resident_session SET ended_at = ${system.now} WHERE token_hash = ${key} AND ended_at IS NULL`),
  )
  ctx.audit({ action: 'access.resident_signed_out', subjectKind: 'resident', subjectId: ctx.actor.residentId })
}

export async function getResidentMe(ctx: Ctx, { describe }: ResidentSlots): Promise<ResidentMe> {
  const { residentId, personId } = ctx.actor
  if (!residentId) throw AccessError('unauthenticated')
  return ctx.as(systemActor, async (system) => {
    const { masked_phone } = await system.get(
      sql<{ masked_phone: string }>`SELECT masked_phone FROM access.resident WHERE resident_id = ${residentId}::uuid`,
    )
    const person = personId ? await describe(system, personId) : undefined
    return { residentId, phone: masked_phone, name: person?.name ?? null, community: person?.community ?? null }
  })
}

/** The number that a resident signed in with, in clear. As system. */
export async function residentPhone(system: Ctx, vault: Vault, { residentId }: Actor): Promise<string> {
  const { sealed_phone } = await system.get(
    sql<{ sealed_phone: Buffer }>`SELECT sealed_phone FROM access.resident WHERE resident_id = ${residentId ?? null}::uuid`,
  )
  return vault.open(sealed_phone)
}

/** The residents who signed in with these numbers. As system. */
export async function findResidentsByPhone(system: Ctx, vault: Vault, phones: readonly string[]): Promise<string[]> {
  if (phones.length === 0) return []
  const rows = await system.rows(sql<{ resident_id: string }>`
    SELECT resident_id FROM access.resident WHERE phone_hash = ANY (${phones.map((phone) => phoneHash(vault, phone))}::bytea[])`)
  return rows.map((row) => row.resident_id)
}

/** Removes sessions that ended a month ago; as system, nightly. */
export function sweepResidentSessions(system: Ctx): Promise<number> {
  return system.run(sql`DELETE FROM access.resident_session WHERE expires_at < ${new Date(system.now.getTime() - 30 * 86_400_000)}`)
}

function keyOf(request: FastifyRequest): Buffer | undefined {
  const token = request.headers.authorization?.match(/^Bearer +([A-Za-z0-9_-]{43})$/i)?.[1] ?? request.cookies[cookieName]
  return token && /^[A-Za-z0-9_-]{43}$/.test(token) ? sha256(token) : undefined
}

const cookieOf = (publicUrl: string) => ({
  path: '/api/v1',
  httpOnly: true,
  sameSite: 'lax' as const,
  secure: publicUrl.startsWith('https:'),
})

export function setResidentCookie(reply: FastifyReply, token: string, expires: Date, publicUrl: string): void {
  reply.setCookie(cookieName, token, { ...cookieOf(publicUrl), expires })
}

export function clearResidentCookie(reply: FastifyReply, publicUrl: string): void {
  reply.clearCookie(cookieName, cookieOf(publicUrl))
}
