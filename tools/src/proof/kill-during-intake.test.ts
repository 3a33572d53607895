import { expect, test } from 'vitest'
import { killDuringIntake } from './kill-during-intake.ts'

test('appeals on cut lines: kill -9 of platform and database loses none, doubles none and leaves none half-written', {
  timeout: 300_000,
}, async () => {
  const report = await killDuringIntake({ appeals: 400, clients: 16, platformKills: 2, postgresKills: 1, seed: 7, say: () => {} })
  expect(report.faults).toEqual([])
  expect(report.verdict.acknowledged).toBe(400)
  expect(report.filing.cuts).toBeGreaterThan(0)
  expect(report.readyMs.platform).toHaveLength(2)
  expect(report.readyMs.postgres).toHaveLength(1)
})
