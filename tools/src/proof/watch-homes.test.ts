import { expect, test } from 'vitest'
import { loadHome } from '../harness/living-alone.ts'
import { watchHomes } from './watch-homes.ts'

test.skipIf(!loadHome())(
  'a real home through MQTT: ordinary days raise no silence, and each home that falls silent is noticed within twelve hours [RISK-04] [ELDER-13] (door events, absence)',
  { timeout: 300_000 },
  async () => {
    const report = await watchHomes({ cuts: [3, 9, 14, 20, 26], days: 3, say: () => {} })
    expect(report.faults).toEqual([])
    expect(report.lags).toHaveLength(5)
    expect(report.ordinary.silence).toBe(0)
    expect(report.messages).toBeGreaterThan(300)
  },
)
