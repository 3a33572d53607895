import { expect, test } from 'vitest'
import { alarm } from './alarm.ts'

test('the alarm bench still runs, and every call for help is shown on an open page', { timeout: 120_000 }, async () => {
  const report = await alarm.run({ small: true, explain: false, say: () => {} })
  expect(report.rows).toBeGreaterThan(0)
  expect(report.value).toBeGreaterThan(0)
  expect(report.reference).toBeGreaterThan(0)
})
