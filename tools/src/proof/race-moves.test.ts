import { expect, test } from 'vitest'
import { raceMoves } from './race-moves.ts'

test('many hands on the same cases at once: one winner each, losers see the state, no illegal step, columns equal the fold', {
  timeout: 300_000,
}, async () => {
  const report = await raceMoves({ cases: 20, moves: 1500, hands: 8, seed: 3, say: () => {} })
  expect(report.faults).toEqual([])
  expect(report.twoWinners).toBe(0)
  expect(report.won).toBeGreaterThan(50)
  expect(report.lost).toBeGreaterThan(50)
  expect(report.won + report.lost + report.refused).toBe(report.sent)
  // Opening, acceptance and dispatch of each case, and what was won.
  expect(report.entries).toBe(20 * 3 + report.won)
})
