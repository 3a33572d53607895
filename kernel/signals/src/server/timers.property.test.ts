import { type TestDatabase, testDatabase } from '@linli/base/testing'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ADevice, type SignalsApp, signalsApp } from '../testing/signals-app.ts'
import { sweepTimers } from './sweep-timers.ts'

let db: TestDatabase
let app: SignalsApp
let devices: ADevice[]
let begin: number
beforeAll(async () => {
  db = await testDatabase({ through: 'signals' })
  app = await signalsApp(db)
  const { addressId } = await app.aPerson()
  await db.superuser("UPDATE registry.consent SET given_at = '2026-01-01'")
  const subject = { kind: 'dwelling', id: addressId }
  devices = [
    await app.aDevice('motion', { subject, protocol: 'http' }),
    await app.aDevice('motion', { subject, protocol: 'http' }),
    await app.aDevice('door', { subject, protocol: 'http' }),
  ]
  begin = db.clock.now().getTime()
})
afterAll(async () => {
  await app.close()
  await db.close()
})

interface Sent {
  device: number
  /** Half hours after the beginning; several may share one. */
  at: number
  value: 0 | 1
}

const hourMs = 3_600_000
const message: fc.Arbitrary<Sent> = fc.record({ device: fc.nat(2), at: fc.nat(30), value: fc.constantFrom<(0 | 1)[]>(0, 1) })

/** Sends the messages in this order, several at a time, and looks when all have come; answers what they came to. */
async function outcomeOf(messages: readonly Sent[], together: number): Promise<unknown> {
  await db.superuser('TRUNCATE signals.episode CASCADE; TRUNCATE signals.telemetry; TRUNCATE signals.timer; TRUNCATE base.outbox')
  await db.superuser("UPDATE signals.device_state SET latest = '{}', newest_at = '-infinity'")
  db.clock.moveTo(new Date(begin + 26 * hourMs))
  for (let from = 0; from < messages.length; from += together) {
    const answers = await Promise.all(
      messages.slice(from, from + together).map(({ device, at, value }) => {
        const values = device === 2 ? { passage: value } : { active: value }
        return app.post(devices[device]!, JSON.stringify({ ts: begin + (at * hourMs) / 2, values }))
      }),
    )
    for (const { status } of answers) expect(status).toBe(200)
  }
  // All three were heard: over HTTP that is being online.
  await db.superuser(`UPDATE signals.device_state SET last_seen_at = '${db.clock.now().toISOString()}'`)
  const waiting = await db.superuser('SELECT rule_key, subject_id, device_id, counts_from, due_at FROM signals.timer ORDER BY 1, 2')
  while ((await db.system((system) => sweepTimers(system, app.deps))) > 0);
  const episodes = await db.superuser('SELECT rule_key, subject_id, device_id, first_signal_at, level FROM signals.episode ORDER BY 1, 2')
  return { waiting, episodes }
}

test('shuffled, doubled, several at once: the same timers and the same alarms [RISK-04] (absence, duplicates suppressed)', {
  timeout: 300_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(message, { minLength: 1, maxLength: 10 }).chain((messages) => {
        const doubled = [...messages, ...messages]
        return fc.record({
          messages: fc.constant(messages),
          shuffled: fc.shuffledSubarray(doubled, { minLength: doubled.length, maxLength: doubled.length }),
          together: fc.integer({ min: 1, max: 6 }),
        })
      }),
      async ({ messages, shuffled, together }) => {
        const inOrder = [...messages].sort((a, b) => a.at - b.at)
        expect(await outcomeOf(shuffled, together)).toEqual(await outcomeOf(inOrder, 1))
      },
    ),
    { numRuns: 40, seed: 20_261_122, endOnFailure: true },
  )
})
