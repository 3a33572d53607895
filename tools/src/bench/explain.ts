import pg from 'pg'
import type { Recorded } from './record-statements.ts'

export interface Explained {
  statement: string
  plan: string[]
}

/** Plan and cost of every recorded statement that has one, run inside the same transaction and rolled back. */
export async function explainAll(url: string, statements: readonly Recorded[]): Promise<Explained[]> {
  const client = new pg.Client({ connectionString: url, options: '-c timezone=UTC' })
  await client.connect()
  try {
    const plans: Explained[] = []
    for (const statement of statements) {
      if (!statement.values) {
        if (!statement.text.startsWith('COMMIT')) await client.query(statement.text)
        continue
      }
      const { rows } = await client.query(`EXPLAIN (ANALYZE, BUFFERS, COSTS OFF) ${statement.text}`, statement.values as unknown[])
      plans.push({
        statement: statement.text.trim().replace(/\s+/g, ' ').slice(0, 400),
        plan: rows.map((row) => row['QUERY PLAN'] as string),
      })
    }
    await client.query('ROLLBACK')
    return plans
  } finally {
    await client.end()
  }
}
