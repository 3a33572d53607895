import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { loadHousehold, provePower } from '../proof/power-absence.ts'
import { runEval } from './run.ts'

const folder = mkdtempSync(join(tmpdir(), 'linli-power-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
vi.spyOn(console, 'error').mockImplementation(() => {})

async function evaluate(hours: readonly { at: string; kwh: number }[]): Promise<{ raisedAt: string; rule: string; why: string }[]> {
  const [input, output] = [join(folder, 'in.jsonl'), join(folder, 'out.jsonl')]
  writeFileSync(input, hours.map((hour) => `${JSON.stringify(hour)}\n`).join(''))
  expect(await runEval(['power', '--in', input, '--out', output])).toBe(0)
  const answers = readFileSync(output, 'utf8').trimEnd().split('\n').filter(Boolean)
  return answers.map((line) => JSON.parse(line))
}

describe('npm run eval -- power', () => {
  const hours = loadHousehold()
  test.skipIf(!hours)(
    'a real household: at most one notice in ten months of ordinary life, and each injected absence is found within 36 hours [ELDER-14] (relative to the home)',
    async () => {
      expect((await evaluate(hours!)).length / (hours!.length / 730)).toBeLessThanOrEqual(0.1)
      expect(provePower(hours!, 40).faults).toEqual([])
    },
  )

  test('a meter that says nothing for hours is not an empty home', async () => {
    const hours = Array.from({ length: 30 * 24 }, (_, at) => {
      const hour = at % 24
      return { at: new Date(Date.UTC(2026, 2, 1, at - 8)).toISOString(), kwh: at > 600 || hour < 6 ? 0.2 : 0.9 }
    })
    expect(await evaluate(hours)).toHaveLength(1)
    expect(await evaluate(hours.filter((_, at) => at < 600 || at % 7 > 0))).toEqual([])
  })
})
