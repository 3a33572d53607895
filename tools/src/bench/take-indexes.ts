import type pg from 'pg'

/** Takes the indexes off that hold no row to a rule, and answers how to make them again: rows come in three times as fast without. */
export async function takeIndexes(owner: pg.Client, tables: readonly string[]): Promise<string[]> {
  const { rows } = await owner.query<{ name: string; definition: string }>(
    `SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS definition FROM pg_index i
     WHERE i.indrelid = ANY ($1::regclass[]) AND NOT i.indisunique`,
    [tables],
  )
  for (const { name } of rows) await owner.query(`DROP INDEX ${name}`)
  return rows.map(({ definition }) => definition)
}
