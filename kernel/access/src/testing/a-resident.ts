import { newId } from '@linli/base/define'
import { type Ctx, newSecret, sha256, sql } from '@linli/base/server'

/** A resident who is signed in, as the person of a file or as nobody's; answers the bearer token. As system. */
export async function aResidentSession(
  ctx: Ctx,
  personId: string | null = null,
  sealedPhone = sha256('none'),
  phoneHash?: Buffer,
): Promise<{ residentId: string; token: string }> {
  const [residentId, token] = [newId(), newSecret()]
  await ctx.run(sql`
    INSERT INTO access.resident (resident_id, phone_hash, sealed_phone, masked_phone, person_id, made_at, signed_in_at)
    VALUES (${residentId}, ${phoneHash ?? sha256(residentId)}, ${sealedPhone}, '199****0000', ${personId}::uuid, ${ctx.now}, ${ctx.now})`)
  await ctx.run(sql`
    INSERT INTO access.resident_session (token_hash, resident_id, made_at, expires_at) VALUES (${sha256(token)}, ${residentId}, ${ctx.now}, '2999-01-01')`)
  return { residentId, token }
}
