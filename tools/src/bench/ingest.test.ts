import { expect, test } from 'vitest'
import { ingest } from './ingest.ts'

test('the ingest bench still runs', { timeout: 120_000 }, async () => {
  const report = await ingest.run({ small: true, explain: false, say: () => {} })
  expect(report.value).toBeGreaterThan(0)
  expect(report.withIds).toBeGreaterThan(0)
  expect(report.reference).toBeGreaterThan(0)
})
