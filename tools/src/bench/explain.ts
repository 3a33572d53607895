import { randomBytes } from 'node:crypto'
import { newId } from '@linli/base/define'
import pg from 'pg'
import type { templateOf } from './record-statements.ts'

/** Plan and cost of every recorded statement that has one, run inside the same transaction and rolled back. */
export async function explainAll(url: string, template: ReturnType<typeof templateOf>): Promise<{ statement: string; plan: string[] }[]> {
  const client = new pg.Client({ connectionString: url, options: '-c timezone=UTC' })
  await client.connect()
  try {
    const plans: { statement: string; plan: string[] }[] = []
    const fresh = { id: () => newId(), number: () => '20000101-000000000', bytes: (length: number) => randomBytes(length) }
    for (const statement of template.fill(fresh)) {
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
