import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { parseInstant } from '@linli/base/define'
import { goldenDeadlines } from '@linli/cases/testing'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { runEval } from './run.ts'

const folder = mkdtempSync(join(tmpdir(), 'linli-eval-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const said = vi.spyOn(console, 'error').mockImplementation(() => {})

interface Answer {
  id: string | number | null
  line?: number
  dueAt?: string | null
  onTime?: boolean | null
  error?: string
}

async function evaluate(lines: (object | string)[]): Promise<{ code: number; answers: Answer[] }> {
  const [input, output] = [join(folder, 'in.jsonl'), join(folder, 'out.jsonl')]
  writeFileSync(input, lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''))
  const code = await runEval(['clock', '--in', input, '--out', output])
  const answers = readFileSync(output, 'utf8').trimEnd().split('\n')
  return { code, answers: answers.map((line) => JSON.parse(line) as Answer) }
}

const row = (more: object = {}): object => ({
  id: 'a',
  openedAt: '2026-03-02T02:00:00Z',
  policy: { kind: 'working-days', amount: 5 },
  entries: [],
  ...more,
})

describe('npm run eval -- clock', () => {
  test('gives the golden deadlines on the published calendar [GRID-06]', async () => {
    // Rows about an unknown year leave years out on purpose; the published calendar has them.
    const known = goldenDeadlines.flatMap(({ expect: expected, ...golden }) => ('missingYear' in expected ? [] : [{ ...golden, expected }]))
    expect(known.length).toBeGreaterThan(100)
    const { code, answers } = await evaluate(known.map(({ id, openedAt, policy, entries = [] }) => ({ id, openedAt, policy, entries })))
    expect(code).toBe(0)
    expect(answers.map(({ id, dueAt }) => [id, dueAt])).toEqual(
      known.map(({ id, expected }) => [id, expected.dueAt === null ? null : new Date(parseInstant(expected.dueAt)!).toISOString()]),
    )
  })

  test('answers each row with its deadline in UTC and whether it was kept', async () => {
    const closed = { at: '2026-03-09T15:59:59+08:00', move: 'close' }
    const { code, answers } = await evaluate([row(), row({ id: 7, entries: [closed] }), row({ id: 'c', entries: undefined })])
    expect(code).toBe(0)
    expect(answers).toEqual([
      { id: 'a', dueAt: '2026-03-09T16:00:00.000Z', onTime: null },
      { id: 7, dueAt: '2026-03-09T16:00:00.000Z', onTime: true },
      { id: 'c', dueAt: '2026-03-09T16:00:00.000Z', onTime: null },
    ])
  })

  test.each([
    [{ openedAt: undefined }, 'openedAt'],
    [{ openedAt: '2026-03-02' }, 'openedAt'],
    [{ policy: undefined }, 'policy'],
    [{ policy: [] }, 'policy'],
    [{ policy: { kind: 'lunar', amount: 1 } }, 'policy.kind'],
    [{ policy: { kind: 'working-days', amount: '5' } }, 'policy.amount'],
    [{ policy: { kind: 'fixed' } }, 'policy.dueAt'],
    [{ entries: {} }, 'entries'],
    [{ entries: [null] }, 'entries[0]'],
    [{ entries: [{ at: '2026-03-03T00:00:00Z' }] }, 'entries[0].move'],
    [{ entries: [{ at: 'later', move: 'comment' }] }, 'entries[0].at'],
    [{ entries: [{ at: '2026-03-03T00:00:00Z', move: 'pause', until: 5 }] }, 'entries[0].until'],
  ])('names the field of a bad row %j and judges the next one', async (wrong, field) => {
    const { code, answers } = await evaluate([row(wrong), row({ id: 'next' })])
    expect(code).toBe(2)
    expect(answers[0]).toEqual({ id: 'a', error: expect.stringMatching(new RegExp(`^${field.replaceAll(/[[\].]/g, '\\$&')}: expected `)) })
    expect(answers[1]).toMatchObject({ id: 'next', onTime: null })
  })

  test('numbers a line that has no id, and skips empty lines', async () => {
    const { code, answers } = await evaluate([row(), '', '{"id": "torn', '[]', row({ id: undefined })])
    expect(code).toBe(2)
    expect(answers.slice(1)).toEqual([
      { id: null, line: 3, error: 'not JSON' },
      { id: null, line: 4, error: 'expected a JSON object' },
      { id: null, line: 5, error: 'id: expected text or a number' },
    ])
  })

  test('refuses to guess a year that is not published', async () => {
    const { code, answers } = await evaluate([row({ openedAt: '2093-03-02T02:00:00Z' })])
    expect(code).toBe(2)
    expect(answers[0]!.error).toContain('2093')
  })

  test.each([
    [['lunar', '--in', 'a', '--out', 'b'], 'clock'],
    [[], 'NAME: absence, address, clock, power'],
    [['clock', '--in', 'a'], '--out'],
    [['clock', '--in', 'a', '--out', './a'], 'same file'],
    [['clock', '--in', join(folder, 'absent'), '--out', 'b'], 'absent'],
    [['clock', '--im', 'a', '--out', 'b'], '--im'],
  ])('says in one line what is wrong with %j', async (args, hint) => {
    said.mockClear()
    expect(await runEval(args)).toBe(2)
    expect(said.mock.calls.flat().join('\n')).toContain(hint)
  })
})

const boston = fileURLToPath(new URL('../../../../shared/data/civic311/boston-2015.csv.gz', import.meta.url))

describe.skipIf(!existsSync(boston))('a city of real cases (skipped where the data set is absent)', () => {
  test('gets the same on-time flag for every closed case that has a target and a flag [GRID-06]', async () => {
    const [header, ...records] = readCsv(gunzipSync(readFileSync(boston)).toString('utf8'))
    const at = (name: string): number => header!.indexOf(name)
    const judged = records.filter((record) => record[at('CLOSED_DT')] && record[at('TARGET_DT')] && record[at('OnTime_Status')])
    expect(judged.length).toBe(23_867)
    const { code, answers } = await evaluate(
      judged.map((record, id) => ({
        id,
        openedAt: record[at('OPEN_DT')],
        policy: { kind: 'fixed', dueAt: record[at('TARGET_DT')] },
        entries: [{ at: record[at('CLOSED_DT')], move: 'close' }],
      })),
    )
    expect(code).toBe(0)
    const wrong = judged.filter((record, id) => answers[id]!.onTime !== (record[at('OnTime_Status')] === 'ONTIME'))
    expect(wrong).toHaveLength(0)
    expect(new Set(answers.map(({ onTime }) => onTime))).toEqual(new Set([true, false]))
  })
})

/** RFC 4180: quoted fields may hold commas, line ends and doubled quotes. */
function readCsv(text: string): string[][] {
  const records: string[][] = [[]]
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r?\n|$)/g)) {
    const record = records.at(-1)!
    record.push(quoted?.replaceAll('""', '"') ?? plain ?? '')
    if (end !== ',' && end !== '') records.push([])
    if (end === '') break
  }
  return records.filter((record) => record.length > 1)
}
