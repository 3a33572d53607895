import { type TestDatabase, testDatabase } from '@linli/base/testing'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { allSubjects, allTables, cellsOf, describe, installProbe, seedWorld, tryCells } from './probe.ts'

let db: TestDatabase
let client: pg.Client
beforeAll(async () => {
  db = await testDatabase()
  client = new pg.Client({ connectionString: db.superuserUrl })
  await client.connect()
  await installProbe(client)
  await seedWorld(client)
})
afterAll(async () => {
  await client.end()
  await db.close()
})

test('every table answers every role, operation and scope as the oracle says', { timeout: 120_000 }, async () => {
  const wrong: string[] = []
  let count = 0
  for (const subject of allSubjects) {
    for (const table of allTables) {
      const cells = cellsOf(subject, table)
      count += cells.length
      // Short transactions: a long one would hold back the outbox of every test on this server.
      await client.query('BEGIN')
      const answers = await tryCells(client, subject, cells)
      await client.query('ROLLBACK')
      for (const { cell, answer } of answers) if (answer !== cell.expected) wrong.push(describe(cell, answer))
    }
  }
  process.stdout.write(`scope matrix: ${count} cells, ${allTables.length} tables, ${allSubjects.length} subjects\n`)
  expect(wrong).toEqual([])
  expect(count).toBeGreaterThan(20_000)
})
