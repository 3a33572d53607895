import { type Statement, sql } from './sql.ts'
import type { Ctx } from './transaction.ts'

/** The rows of a list as they are found for a file: `id` names one, `orderBy` is the order of the list on the screen. */
export interface ListSource {
  id: Statement
  from: Statement
  where: Statement
  orderBy: Statement
}

/** How many there are, but no more than `most + 1`. */
export async function countRows(ctx: Ctx, { from, where }: ListSource, most: number): Promise<number> {
  const { found } = await ctx.get(sql<{ found: number }>`
    SELECT count(*)::int AS found FROM (SELECT FROM ${from} WHERE ${where} LIMIT ${most + 1}) f`)
  return found
}

/** Their ids in one short look, so that a row which moves in the list meanwhile comes neither twice nor not at all. */
export async function pickIds(ctx: Ctx, { id, from, where, orderBy }: ListSource, most: number): Promise<string[]> {
  const { found } = await ctx.get(sql<{ found: string[] }>`
    SELECT ARRAY(SELECT (${id})::text FROM ${from} WHERE ${where} ORDER BY ${orderBy} LIMIT ${most}) AS found`)
  return found
}
