import { expect, test } from 'vitest'
import { exportRows } from './export.ts'

test('the export bench still runs, and nobody who lists cases meanwhile waits long', { timeout: 120_000 }, async () => {
  const report = await exportRows.run({ small: true, explain: false, say: () => {} })
  expect(report.rows).toBeGreaterThan(1000)
  expect(report.value).toBeGreaterThan(0)
  expect(report.lists).toBeGreaterThan(0)
  // Not a measurement: on a shared machine only what is out of all bounds.
  expect(report.p95).toBeLessThan(2000)
})
