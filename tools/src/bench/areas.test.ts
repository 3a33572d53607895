import { expect, test } from 'vitest'
import { areas } from './areas.ts'

test('the areas bench still runs, and the bare reference brings in as many rows as the product', { timeout: 120_000 }, async () => {
  const report = await areas.run({ small: true, explain: false, say: () => {} })
  expect(report.rows).toBe(623)
  expect(report.value).toBeGreaterThan(0)
  expect(report.reference).toBeGreaterThan(0)
})
