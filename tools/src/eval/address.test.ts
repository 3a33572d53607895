import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { runEval } from './run.ts'

const folder = mkdtempSync(join(tmpdir(), 'linli-address-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
vi.spyOn(console, 'error').mockImplementation(() => {})

const annotated = fileURLToPath(new URL('../../../../shared/data/address/dev.jsonl.gz', import.meta.url))

async function evaluate(rows: readonly object[]): Promise<{ spans?: { type: string; start: number; end: number }[]; error?: string }[]> {
  const [input, output] = [join(folder, 'in.jsonl'), join(folder, 'out.jsonl')]
  writeFileSync(input, rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
  await runEval(['address', '--in', input, '--out', output])
  const lines = readFileSync(output, 'utf8').trimEnd().split('\n')
  return lines.map((line) => JSON.parse(line))
}

/** F1 of one level over annotated addresses: the same letters at the same place. */
function scoreOf(level: string, truth: readonly [string, string][][], found: Awaited<ReturnType<typeof evaluate>>): number {
  let [right, all] = [0, 0]
  for (const [at, spans] of truth.entries()) {
    let start = 0
    const wanted = new Set<string>()
    for (const [type, text] of spans) {
      if (type === level) wanted.add(`${start} ${start + text.length}`)
      start += text.length
    }
    const got = (found[at]?.spans ?? []).filter(({ type }) => type === level).map((span) => `${span.start} ${span.end}`)
    right += got.filter((one) => wanted.has(one)).length
    all += wanted.size + got.length
  }
  return (2 * right) / all
}

describe('npm run eval -- address', () => {
  test('a row that is no text is named, and the rest goes on', async () => {
    const [bad, good] = await evaluate([
      { id: 1, text: 7 },
      { id: 2, text: '幸福小区3栋501' },
    ])
    expect(bad!.error).toContain('text')
    expect(good!.spans!.map(({ type }) => type)).toEqual(['houseno', 'roomno'])
  })

  test.skipIf(!existsSync(annotated))(
    'addresses that others annotated: building, entrance and room are read as well as when this was written',
    async () => {
      const rows = gunzipSync(readFileSync(annotated))
        .toString()
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
      const found = await evaluate(rows.map(({ text }, id) => ({ id, text })))
      const truth = rows.map(({ spans }) => spans)
      expect(scoreOf('houseno', truth, found)).toBeGreaterThan(0.86)
      expect(scoreOf('cellno', truth, found)).toBeGreaterThan(0.89)
      expect(scoreOf('roomno', truth, found)).toBeGreaterThan(0.88)
    },
  )
})
