import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseInstant } from '@linli/base/define'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { runEval } from './run.ts'

const folder = mkdtempSync(join(tmpdir(), 'linli-power-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
vi.spyOn(console, 'error').mockImplementation(() => {})

interface Hour {
  at: string
  kwh: number
}

async function evaluate(hours: readonly Hour[]): Promise<{ raisedAt: string; rule: string; why: string }[]> {
  const [input, output] = [join(folder, 'in.jsonl'), join(folder, 'out.jsonl')]
  writeFileSync(input, hours.map((hour) => `${JSON.stringify(hour)}\n`).join(''))
  expect(await runEval(['power', '--in', input, '--out', output])).toBe(0)
  const answers = readFileSync(output, 'utf8').trimEnd().split('\n').filter(Boolean)
  return answers.map((line) => JSON.parse(line))
}

const file = fileURLToPath(new URL('../../../../shared/data/electricity/household-hourly.csv', import.meta.url))

/** A real household of eighteen months, where it lies beside the project. */
function household(): Hour[] {
  const [, ...lines] = readFileSync(file, 'utf8').trim().split('\n')
  return lines.map((line) => {
    const [at = '', kwh] = line.split(',')
    return { at, kwh: Number(kwh) }
  })
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
const nightsBefore = (hours: readonly Hour[], start: number): number[] =>
  hours.slice(start - 28 * 24, start).flatMap(({ at, kwh }) => (Number(at.slice(11, 13)) < 5 ? [kwh] : []))

describe('npm run eval -- power', () => {
  test.skipIf(!existsSync(file))(
    'a real household: at most one notice in ten months of ordinary life, and each injected absence is found within 36 hours [ELDER-14] (relative to the home)',
    async () => {
      const hours = household()
      const ordinary = await evaluate(hours)
      expect(ordinary.length / (hours.length / 730)).toBeLessThanOrEqual(0.1)
      for (let run = 0; run < 40; run++) {
        const start = 40 * 24 + Math.floor((((run * 2654435761) % 997) / 997) * (hours.length - 46 * 24))
        const base = median(nightsBefore(hours, start))
        const away = hours.slice(0, start + 72).map((hour, at) => (at < start ? hour : { ...hour, kwh: base }))
        const found = (await evaluate(away)).map(({ raisedAt }) => parseInstant(raisedAt)! - parseInstant(hours[start]!.at)!)
        const [lag = Number.NaN] = found.filter((ms) => ms > 0)
        expect(lag / 3_600_000).toBeLessThanOrEqual(36)
      }
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
