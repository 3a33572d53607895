import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseInstant } from '@linli/base/define'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { loadHome } from '../harness/living-alone.ts'
import { shanghaiTime } from './read-rows.ts'
import { runEval } from './run.ts'

const folder = mkdtempSync(join(tmpdir(), 'linli-absence-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const said = vi.spyOn(console, 'error').mockImplementation(() => {})

interface Notice {
  raisedAt: string
  rule: string
  why: string
}

async function evaluate(lines: readonly (object | string)[], until?: string): Promise<{ code: number; notices: Notice[] }> {
  const [input, output] = [join(folder, 'in.jsonl'), join(folder, 'out.jsonl')]
  writeFileSync(input, lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''))
  writeFileSync(output, '')
  const code = await runEval(['absence', '--in', input, '--out', output, ...(until ? ['--until', until] : [])])
  const answers = readFileSync(output, 'utf8').trimEnd().split('\n').filter(Boolean)
  return { code, notices: answers.map((line) => JSON.parse(line) as Notice) }
}

const of = (notices: readonly Notice[], rule: string) => notices.filter((notice) => notice.rule === `elderly-care.${rule}`)
const movement = (start: string, end = start) => ({ start, end, sensor: 'Sofa', place: 'Living' })
const door = (start: string) => ({ start, end: start, sensor: 'Maindoor', place: 'Entrance' })

describe('npm run eval -- absence', () => {
  test('twelve hours without a sign are a silence, and the next sign begins anew', async () => {
    const home = [movement('2026-03-02T08:00:00'), movement('2026-03-02T10:00:00'), movement('2026-03-03T00:00:00')]
    const { code, notices } = await evaluate(home, '2026-03-03T11:59:59')
    expect(code).toBe(0)
    expect(notices).toMatchObject([{ raisedAt: '2026-03-02T22:00:00+08:00', rule: 'elderly-care.silence' }])
    expect(notices[0]!.why).toContain('2026-03-02T10:00:00+08:00')
    expect((await evaluate(home, '2026-03-03T12:00:00')).notices).toHaveLength(2)
  })

  test('who stays in for a day and moves about is a blue notice, who does neither an orange one', async () => {
    const days = [door('2026-03-02T08:00:00'), movement('2026-03-02T17:00:00'), movement('2026-03-03T01:00:00')]
    expect(of((await evaluate(days, '2026-03-03T08:00:00')).notices, 'no-exit')[0]!.why).toContain('4 级')
    expect(of((await evaluate(days.slice(0, 1), '2026-03-03T08:00:00')).notices, 'no-exit')[0]!.why).toContain('2 级')
  })

  test('rows in any order come to the same; a row that cannot be read is named and the others are judged', async () => {
    const rows = [movement('2026-03-02T10:00:00'), movement('2026-03-02T08:00:00')]
    const expected = await evaluate([...rows].reverse(), '2026-03-03T00:00:00')
    expect(await evaluate(rows, '2026-03-03T00:00:00')).toEqual(expected)
    const broken = await evaluate([...rows, { start: 'yesterday', end: '', sensor: 'a', place: 'b' }, '{'], '2026-03-03T00:00:00')
    expect(broken).toEqual({ code: 2, notices: expected.notices })
    expect(said).toHaveBeenCalledWith(expect.stringContaining('line 3: start'))
  })

  test('without --until nothing can be judged', async () => {
    expect((await evaluate([movement('2026-03-02T08:00:00')])).code).toBe(2)
  })

  const home = loadHome()
  test.skipIf(!home)(
    'a real home: no silence in fourteen ordinary days, and each that is injected in the last week is found in time',
    async () => {
      const rows = home!
      const end = rows
        .map(({ end: at }) => at)
        .sort()
        .at(-1)!
      const { notices } = await evaluate(rows, end)
      expect(of(notices, 'silence')).toEqual([])
      expect(of(notices, 'no-exit').length).toBeGreaterThan(0)
      const endMs = parseInstant(end)!
      for (let hours = 1; hours <= 168; hours++) {
        const fell = endMs - hours * 3_600_000
        const before = rows.filter(({ start }) => parseInstant(start)! < fell)
        const found = of((await evaluate(before, shanghaiTime(fell + 24 * 3_600_000))).notices, 'silence')
        expect(found).toHaveLength(1)
        const lag = parseInstant(found[0]!.raisedAt)! - fell
        expect(lag).toBeGreaterThan(0)
        expect(lag).toBeLessThanOrEqual(12 * 3_600_000)
      }
    },
  )
})
