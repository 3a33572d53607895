import { newId } from '../../define/ids.ts'
import type { Vault } from '../crypto.ts'
import { sql } from '../sql.ts'
import type { Ctx } from '../transaction.ts'

/** A new data key for one person, stored wrapped. What is sealed with it can be read as long as the row is there. */
export async function createPersonKey(ctx: Ctx, vault: Vault): Promise<{ keyId: string; key: Buffer }> {
  const keyId = newId(ctx.now.getTime())
  const { key, wrapped } = vault.newPersonKey()
  await ctx.run(sql`INSERT INTO base.person_key (key_id, wrapped_key, made_at) VALUES (${keyId}, ${wrapped}, ${ctx.now})`)
  return { keyId, key }
}

/** The key, or undefined when the person was erased. */
export async function loadPersonKey(ctx: Ctx, vault: Vault, keyId: string): Promise<Buffer | undefined> {
  const row = await ctx.find(sql<{ wrapped_key: Buffer }>`SELECT wrapped_key FROM base.person_key WHERE key_id = ${keyId}`)
  return row && vault.unwrap(row.wrapped_key)
}

/** Erases a person: every value sealed with the key, in entries, audit and backups made later, is noise from now on. As system. */
export async function erasePerson(ctx: Ctx, keyId: string): Promise<void> {
  await ctx.run(sql`DELETE FROM base.person_key WHERE key_id = ${keyId}`)
}
