import { expect, test } from 'vitest'
import type { Compared } from './compare-reads.ts'
import { statistics } from './statistics.ts'

test('the statistics bench still runs, and no figure reads an entry or a clock', { timeout: 120_000 }, async () => {
  const report = await statistics.run({ small: true, explain: true, say: () => {} })
  expect(report.value).toBeGreaterThan(0)
  const lines = report.lines as Compared[]
  expect(lines.length).toBeGreaterThan(20)
  const plans = lines.flatMap((line) => line.plans ?? []).flatMap(({ plan }) => plan)
  expect(plans.length).toBeGreaterThan(60)
  expect(plans.join('\n')).not.toMatch(/case_entry|case_clock/)
})
