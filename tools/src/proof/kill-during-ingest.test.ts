import { expect, test } from 'vitest'
import { killDuringIngest } from './kill-during-ingest.ts'

test('devices on a platform that is killed with -9, and its database: what is acknowledged is there once, no alarm doubled, no rung sent twice [RISK-03] (without loss)', {
  timeout: 300_000,
}, async () => {
  const report = await killDuringIngest({ devices: 60, rate: 80, platformKills: 3, postgresKills: 1, seed: 7, say: () => {} })
  expect(report.faults).toEqual([])
  expect(report.unanswered).toBe(0)
  expect(report.verdict.stored).toBeGreaterThan(500)
  expect(report.verdict.alarmSignals).toBeGreaterThan(0)
  expect(report.verdict.poisoned).toBeGreaterThan(0)
  expect(report.verdict.wrongClocks).toBeGreaterThan(0)
  expect(report.readyMs.platform).toHaveLength(3)
  expect(report.readyMs.postgres).toHaveLength(1)
})
