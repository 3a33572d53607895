import { Client } from 'pg'
import { expect, test } from 'vitest'
import { cloneTemplate } from './test-database.ts'

const template = {
  label: 'test-database.test',
  migrate: async (ownerUrl: string) => {
    const owner = new Client({ connectionString: ownerUrl })
    await owner.connect()
    await owner.query('CREATE TABLE street_lamp (place text); GRANT SELECT ON street_lamp TO linli_app')
    await owner.end()
  },
}

test("each clone has the template's tables and rows of its own", async () => {
  const [one, two] = await Promise.all([cloneTemplate(template, 'one'), cloneTemplate(template, 'two')])
  await query(one.ownerUrl, "INSERT INTO street_lamp VALUES ('bridge')")
  expect(await query(one.ownerUrl, 'SELECT place FROM street_lamp')).toEqual([{ place: 'bridge' }])
  expect(await query(two.ownerUrl, 'SELECT place FROM street_lamp')).toEqual([])
  await Promise.all([one.drop(), two.drop()])
})

test('the serving login can do nothing until it becomes one of its roles', async () => {
  const database = await cloneTemplate(template, 'serving')
  await expect(query(database.servingUrl, 'SELECT FROM street_lamp')).rejects.toThrow('permission denied')
  expect(await query(database.servingUrl, "SELECT set_config('role', 'linli_app', false)", 'SELECT place FROM street_lamp')).toEqual([])
  await expect(query(database.servingUrl, 'SET ROLE linli_owner')).rejects.toThrow('permission denied')
  await database.drop()
})

async function query(url: string, ...statements: string[]): Promise<unknown[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    let rows: unknown[] = []
    for (const statement of statements) rows = (await client.query(statement)).rows
    return rows
  } finally {
    await client.end()
  }
}
