import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type TestDatabase, testDatabase } from '@linli/base/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { progressLine } from './progress.ts'

const program = fileURLToPath(new URL('./run.ts', import.meta.url))
let db: TestDatabase
let folder: string
beforeAll(async () => {
  db = await testDatabase()
  folder = await mkdtemp(join(tmpdir(), 'linli-import-'))
})
afterAll(async () => {
  await db.close()
  await rm(folder, { recursive: true })
})

interface Ended {
  code: number
  out: string
  err: string
}

function run(args: string[], env: Record<string, string> = {}): Promise<Ended> {
  const urls = { DATABASE_URL: db.servingUrl, DATABASE_OWNER_URL: db.ownerUrl, DATA_DIR: folder }
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...args], { env: { PATH: process.env.PATH, ...urls, ...env } }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    )
  })
}

test('a list and its changes come in from the command line: exact result lines, exit code 0, 2 for lines refused', async () => {
  await writeFile(join(folder, 'provinces.csv'), 'code,name\n97,某省\n')
  await writeFile(join(folder, 'cities.csv'), 'code,name\n9701,某市\n9702,某州\n97x,坏市\n')
  const first = await run(['areas', '--in', folder])
  expect(first.out).toMatch(/^areas: read 4, added 3, there 0 \(0 by another name\), refused 1, \d+\.\d s, \d+ rows\/s\n$/)
  expect([first.code, first.err]).toEqual([2, expect.stringContaining('cities.csv:4: "97x" is not the code of a prefecture\n')])

  const changes = join(folder, 'changes.csv')
  const lines = ['old_code,new_code,new_name,valid_from,kind', '9701,9703,某某市,2024-01-01,recode', '9702,9703,,2024-01-01,merge']
  await writeFile(changes, lines.join('\n'))
  expect(await run(['area-changes', '--in', changes])).toMatchObject({
    code: 0,
    out: 'area-changes: read 2, applied 2, there 0, refused 0\n',
  })
  expect(await run(['area-changes', '--in', changes])).toMatchObject({
    code: 0,
    out: 'area-changes: read 2, applied 0, there 2, refused 0\n',
  })

  await writeFile(
    changes,
    [...lines, '9703,9704,,2999-01-01,recode', '9703,9704,,2024-02-30,recode', '9703,,,2024-01-01,rename'].join('\n'),
  )
  const refused = await run(['area-changes', '--in', changes])
  expect([refused.code, refused.out]).toEqual([2, 'area-changes: read 5, applied 0, there 0, refused 3; nothing was changed\n'])
  expect(refused.err.trim().split('\n')).toEqual([
    'changes.csv:4: takes effect on 2999-01-01: bring it in then',
    'changes.csv:5: valid_from is a day like 2026-01-01, not "2024-02-30"',
    'changes.csv:6: a rename has a new_name',
  ])
})

test.each([
  [[]],
  [['houses']],
  [['areas', '--what']],
  [['areas', '--source', 'elsewhere']],
  [['areas', '--in', 'nowhere']],
  [['areas', '--county', '99']],
  [['areas', '--county', '999999']],
  [['area-changes']],
  [['area-changes', '--in', 'nowhere.csv']],
])('what cannot be done as asked is one line and exit code 2: %j', async (args) => {
  const { code, err, out } = await run(args)
  expect([code, out]).toEqual([2, ''])
  expect(err).toMatch(/^import: /)
})

test('a database that does not answer is exit code 3', async () => {
  const nobody = 'postgresql://linli@127.0.0.1:1/linli'
  const { code, err } = await run(['areas', '--in', folder], { DATABASE_URL: nobody, DATABASE_OWNER_URL: nobody })
  expect([code, err]).toEqual([3, expect.stringContaining('import: ')])
})

test('progress tells rows, share, speed and the time left', () => {
  expect(progressLine({ rows: 200_000, share: 0.25, seconds: 10 })).toBe('200000 rows, 25 %, 20000 rows/s, 30 s left')
  expect(progressLine({ rows: 0, share: 0, seconds: 0 })).toBe('0 rows, 0 %, 0 rows/s, time left unknown')
})
