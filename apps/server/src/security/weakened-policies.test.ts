import { type TestDatabase, testDatabase } from '@linli/base/testing'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { oracle } from './oracle.ts'
import { type Cell, cellsOf, installProbe, seedWorld, tryCells } from './probe.ts'
import { type Policy, unguardedTable, type Weakening, weakeningsOf, withoutOne } from './weaken.ts'
import { type Subject, subjects } from './world.ts'

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

/** Those of the owner let nothing through that an undo does not name; `remove-imported.test.ts` takes them apart. */
async function listPolicies(): Promise<Policy[]> {
  const { rows } = await client.query<Policy>(
    `
    SELECT schemaname || '.' || tablename AS table, policyname AS name, roles::text[], cmd AS command, qual AS using, with_check AS check
    FROM pg_policies WHERE schemaname || '.' || tablename = ANY ($1) AND NOT 'linli_owner' = ANY (roles) ORDER BY 1, 2`,
    [Object.keys(oracle)],
  )
  return rows
}

/** Those first whom most weakenings let through: who acts for nobody, or for nobody's area. */
const order = [subjects.unset, subjects.systemAdmin, ...Object.values(subjects)].filter(
  (subject, place, all) => all.indexOf(subject) === place,
)

const cells = new Map<string, Map<Subject, Cell[]>>(
  Object.keys(oracle).map((table) => [table, new Map(order.map((subject) => [subject, cellsOf(subject, table)]))]),
)

/** The first cell of the table that comes out otherwise than it should; undefined when nobody notices. */
async function notice({ table, statement, touches }: Weakening): Promise<string | undefined> {
  await client.query(`BEGIN; ${statement}`)
  try {
    for (const [subject, tries] of cells.get(table) ?? []) {
      if (!touches.roles.includes(subject.role ?? subject.session)) continue
      const touched = touches.command === 'INSERT' ? tries.filter((one) => one.statement.startsWith('INSERT')) : tries
      const found = (await tryCells(client, subject, touched)).find(({ cell, answer }) => answer !== cell.expected)
      if (found) return `${subject.who} ${found.cell.operation}: ${found.answer}`
    }
    return undefined
  } finally {
    await client.query('ROLLBACK')
  }
}

test('every policy that is weakened, and every table that loses its guard, is noticed by a cell of its table', {
  timeout: 120_000,
}, async () => {
  const policies = await listPolicies()
  const guarded = Object.keys(oracle).filter((table) => !oracle[table]?.isOpen)
  const weakenings = [...policies.flatMap(weakeningsOf), ...guarded.flatMap(unguardedTable)]
  const survivors: string[] = []
  for (const weakening of weakenings) if (!(await notice(weakening))) survivors.push(weakening.what)
  process.stdout.write(
    `weakened policies: ${weakenings.length} of ${policies.length} policies and ${guarded.length} tables, ${survivors.length} unnoticed\n`,
  )
  expect(survivors).toEqual([])
  expect(policies.length).toBeGreaterThan(40)
})

test('a condition loses its parts one at a time, inside OR as well, and quoted words are no parts', () => {
  expect(withoutOne("((a = 'x AND y'::text) AND ((b OR (c AND d))))")).toEqual([
    'true AND ((b OR (c AND d)))',
    "(a = 'x AND y'::text) AND true",
    "(a = 'x AND y'::text) AND (b OR (true AND d))",
    "(a = 'x AND y'::text) AND (b OR (c AND true))",
  ])
  expect(withoutOne("starts_with(a, ' OR ')")).toEqual([])
})
