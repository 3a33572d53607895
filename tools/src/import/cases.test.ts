import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type TestDatabase, testDatabase } from '@linli/base/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inventCounty, proveImport } from '../proof/import-histories.ts'

const program = fileURLToPath(new URL('./run.ts', import.meta.url))
let db: TestDatabase
let folder: string
beforeAll(async () => {
  db = await testDatabase()
  folder = await mkdtemp(join(tmpdir(), 'linli-import-cases-'))
  await inventCounty(db.servingUrl, db.ownerUrl)
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

function run(...args: string[]): Promise<Ended> {
  const env = { PATH: process.env.PATH, DATABASE_URL: db.servingUrl, DATABASE_OWNER_URL: db.ownerUrl, DATA_DIR: folder }
  return new Promise((resolve) => {
    execFile(process.execPath, [program, 'cases', ...args], { env }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    )
  })
}

const mapping = {
  variant: 'appeals.appeal',
  source: 'old-hotline',
  fields: {
    key: { column: '工单号' },
    openedAt: { column: '登记时间' },
    closedAt: { column: '办结时间' },
    dueAt: { column: '时限' },
    onTime: { column: '按时', values: { 按时: 'yes', 超时: 'no' } },
    title: { column: '标题' },
    detail: { column: '内容' },
    area: { column: '社区', values: { 一: '239931101001', 二: '239931102001' } },
    phone: { column: '电话' },
  },
}
const head = '工单号,登记时间,办结时间,时限,按时,标题,内容,社区,电话'

async function given(name: string, lines: readonly string[], map: object = mapping): Promise<[string, string, string, string]> {
  await writeFile(join(folder, `${name}.csv`), [head, ...lines].join('\n'))
  await writeFile(join(folder, `${name}.json`), JSON.stringify(map))
  return ['--in', join(folder, `${name}.csv`), '--mapping', join(folder, `${name}.json`)]
}

/** Invented orders of a hotline that was switched off: every third late, every fifth still open. */
function invented(rows: number): string[] {
  return Array.from({ length: rows }, (_, i) => {
    const at = (hours: number) => new Date(Date.UTC(2024, 0, 2) + (i * 7 + hours) * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
    const isOpen = i % 5 === 0
    const hours = i % 3 === 0 ? 60 : 20
    const flag = isOpen ? '' : hours > 48 ? '超时' : '按时'
    return `RX${i},${at(0)},${isOpen ? '' : at(hours)},${at(48)},${flag},第${i}件,"第${i}件,路灯不亮",${i % 2 === 0 ? '一' : '二'},1999999${String(i % 10_000).padStart(4, '0')}`
  })
}

test('a file comes in although the command is killed twice, comes out of the clocks as it says, and goes out again', {
  timeout: 120_000,
}, async () => {
  const [, file, , map] = await given('hotline', invented(1_600))
  const flags = { key: '工单号', closed: '办结时间', target: '时限', flag: '按时', onTime: '按时' }
  const proof = await proveImport({ ...db, file, mapping: map, kills: 2, flags, say: () => {} })
  expect(proof.faults).toEqual([])
  expect([proof.rows, proof.flagged, proof.reproduced, proof.checked]).toEqual([1_600, 1_280, 1_280, 1_600])
  expect(proof.again).toMatch(/added 0, there 1600, changed 0, refused 0/)
})

test('rows with mistakes are named and do not stop the others; put right in the file of errors they come in', {
  timeout: 60_000,
}, async () => {
  const [right] = invented(1)
  const lines = [
    right!.replace('RX0', 'M1'),
    'M2,2024-02-30 08:00,,,,,坏日期,一,',
    'M3,2024-02-20 08:00,,,,,没有的社区,三,',
    'M4,2024-02-20 08:00,,,,,,一,',
    'M5,2024-02-20 08:00,,,,,"号码不对",一,19999990042123',
  ]
  const args = await given('mistakes', lines)
  const errors = join(folder, 'errors.csv')
  const first = await run(...args, '--errors', errors)
  expect([first.code, first.out]).toEqual([2, expect.stringContaining('read 5, added 1, there 0, changed 0, refused 4')])
  expect(first.err).toContain('mistakes.csv:3: 登记时间 "2024-02-30 08:00" is no date and time that exists')
  expect(first.err).toContain('mistakes.csv:4: 社区 "三" is no place: write its code')
  expect(first.err).toContain('mistakes.csv:5: 内容 is empty')
  expect(first.err).toContain('mistakes.csv:6: 电话 ')
  const text = await readFile(errors, 'utf8')
  expect(text.split('\r\n')[0]).toBe(`\uFEFF原行号,问题,${head}`)
  expect(text).toContain('3,登记时间“2024-02-30 08:00”不是一个存在的日期时间')
  await writeFile(
    errors,
    text
      .replaceAll('2024-02-30', '2024-02-29')
      .replaceAll(',三,', ',二,')
      .replaceAll(',,,,,,一', ',,,,,补上了,一')
      .replaceAll('19999990042123', '19999990042'),
  )
  const again = await run('--in', errors, '--mapping', args[3])
  expect([again.code, again.out]).toEqual([0, expect.stringContaining('read 4, added 4, there 0, changed 0, refused 0')])
  const changed = await given('changed', [lines[0]!.replaceAll('第0件', '改过的')])
  const third = await run(...changed)
  expect([third.code, third.out]).toEqual([0, expect.stringContaining('added 0, there 0, changed 1, refused 0')])
  expect(third.err).toMatch(/changed.csv:2: 工单号 "M1" was imported as \d{8}-\d{6} and says something else now; it was not overwritten/)
})

test('all or nothing: one wrong row keeps all of them out', { timeout: 60_000 }, async () => {
  const lines = ['W1,2024-02-20 08:00,,,,,对的,一,', 'W2,2024-02-30 08:00,,,,,坏日期,一,']
  const refused = await run(...(await given('whole', lines)), '--whole')
  expect([refused.code, refused.out]).toEqual([
    2,
    expect.stringMatching(/a row was refused, so none was written; read 0, added 0, .*refused 1/),
  ])
  expect(await db.superuser("SELECT 1 FROM cases.imported_case WHERE source_key LIKE 'W%'")).toEqual([])
  const whole = await run(...(await given('whole2', lines.slice(0, 1))), '--whole')
  expect([whole.code, whole.out]).toEqual([0, expect.stringContaining('added 1')])
})

test('what cannot be done as asked is one line and exit code 2, and nothing is written', { timeout: 60_000 }, async () => {
  const before = await db.superuser('SELECT count(*)::int AS n FROM cases.imported_case')
  const wrong: [object, string][] = [
    [{ ...mapping, source: 'has spaces' }, 'wrong.json: source'],
    [{ ...mapping, fields: { ...mapping.fields, detail: { column: '没有的列' } } }, 'the file has no column "没有的列"'],
  ]
  for (const [map, words] of wrong) {
    const { code, err } = await run(...(await given('wrong', invented(2), map)))
    expect([code, err]).toEqual([2, expect.stringContaining(words)])
  }
  for (const args of [
    ['--in', 'nowhere.csv', '--mapping', 'x'],
    ['--undo', 'DR-20200101-000001', '--reason', '试试'],
  ]) {
    const { code, out, err } = await run(...args)
    expect([code, out, err]).toEqual([2, '', expect.stringMatching(/^import: there is no /m)])
  }
  expect(await db.superuser('SELECT count(*)::int AS n FROM cases.imported_case')).toEqual(before)
})
