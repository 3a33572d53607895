import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestDatabase, testDatabase } from '@linli/base/testing'
import { readCsv } from '@linli/exchange/server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { boston, inventCounty, proveImport } from './import-histories.ts'

let folder: string
let db: TestDatabase
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'linli-histories-'))
  db = await testDatabase()
  await inventCounty(db.servingUrl, db.ownerUrl)
})
afterAll(async () => {
  await db.close()
  await rm(folder, { recursive: true })
})

const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`

/** The first rows of a year of a city, so that a run of all tests stays short; `npm run proof -- import` takes all of them. */
async function firstOf(rows: number): Promise<string> {
  const lines: string[] = []
  for await (const piece of readCsv(boston.file, { gzip: true })) {
    lines.push(...piece.map(({ cells }) => cells.map(quote).join(',')))
    if (lines.length > rows) break
  }
  const file = join(folder, 'boston.csv')
  await writeFile(file, lines.slice(0, rows + 1).join('\n'))
  return file
}

test.skipIf(!existsSync(boston.file))(
  'a year of another city comes in although it is killed, its flags come out of our clocks, and it goes out again',
  {
    timeout: 240_000,
  },
  async () => {
    const proof = await proveImport({ ...db, ...boston, file: await firstOf(2_500), kills: 1, say: () => {} })
    expect(proof.faults).toEqual([])
    expect(proof.rows).toBe(2_500)
    expect(proof.flagged).toBeGreaterThan(1_000)
    expect(proof.reproduced).toBe(proof.flagged)
    expect(proof.killedAt[0]).toBeGreaterThan(0)
    expect(proof.rssMb).toBeLessThan(512)
  },
)
