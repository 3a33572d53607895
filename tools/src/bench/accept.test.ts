import { expect, test } from 'vitest'
import { accept } from './accept.ts'

test('the accept bench still runs, and the bare reference sends as many statements as the product', { timeout: 120_000 }, async () => {
  const report = await accept.run({ small: true, explain: true, say: () => {} })
  expect(report.value).toBeGreaterThan(0)
  expect(report.reference).toBeGreaterThan(0)
  expect(report.statements).toBeLessThanOrEqual(7)
  const plans = report.plans as { statement: string; plan: string[] }[]
  expect(plans.length).toBeGreaterThanOrEqual(3)
  expect(plans.flatMap(({ plan }) => plan).join('\n')).not.toContain('Seq Scan on case_file')
})
