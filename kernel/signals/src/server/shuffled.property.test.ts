import { type TestDatabase, testDatabase } from '@linli/base/testing'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ADevice, type SignalsApp, signalsApp } from '../testing/signals-app.ts'

let db: TestDatabase
let app: SignalsApp
let devices: ADevice[]
beforeAll(async () => {
  db = await testDatabase({ through: 'signals' })
  app = await signalsApp(db)
  const wanted = { buildingId: app.town.buildings.xingfuCell1 }
  devices = [await app.aDevice('smoke', wanted), await app.aDevice('smoke', wanted), await app.aDevice('smoke', wanted)]
})
afterAll(async () => {
  await app.close()
  await db.close()
})

interface Sent {
  device: number
  /** Seconds after the beginning; several may share one. */
  at: number
  values: { smoke?: 0 | 1; test?: 1; battery?: number }
  /** Its maker gives names. */
  id?: string
}

const message: fc.Arbitrary<Sent> = fc.record({
  device: fc.nat(2),
  at: fc.nat(5),
  values: fc.oneof(
    fc.record({ smoke: fc.constantFrom<(0 | 1)[]>(0, 1) }),
    fc.record({ smoke: fc.constantFrom<(0 | 1)[]>(0, 1), battery: fc.constantFrom(10, 20) }),
    fc.record({ smoke: fc.constant<1>(1), test: fc.constant<1>(1) }),
  ),
})

/** Runs the messages in this order, several at a time, on a clean slate; answers what they came to. */
async function outcomeOf(messages: readonly Sent[], together: number, unitMs = 1000): Promise<unknown> {
  await db.superuser('TRUNCATE signals.episode CASCADE; TRUNCATE signals.telemetry; TRUNCATE signals.quarantine; TRUNCATE base.outbox')
  await db.superuser("UPDATE signals.device_state SET latest = '{}', newest_at = '-infinity'")
  const begin = db.clock.now().getTime() - 60_000
  for (let from = 0; from < messages.length; from += together) {
    const answers = await Promise.all(
      messages
        .slice(from, from + together)
        .map(({ device, at, ...said }) => app.post(devices[device]!, JSON.stringify({ ts: begin + at * unitMs, ...said }))),
    )
    for (const { status } of answers) expect(status).toBe(200)
  }
  const episodes = await db.superuser(`
    SELECT rule_key, subject_id, first_signal_at, last_signal_at, level,
      (SELECT jsonb_agg(jsonb_build_array(device_id, first_at, last_at, signals) ORDER BY device_id) FROM signals.episode_detector d WHERE d.episode_id = e.episode_id) AS detectors
    FROM signals.episode e ORDER BY rule_key`)
  const latest = await db.superuser('SELECT device_id, latest FROM signals.device_state ORDER BY device_id')
  const stored = await db.superuser('SELECT device_id, at, message_key, values FROM signals.telemetry ORDER BY 1, 2, 3')
  return { episodes, latest, stored }
}

test('shuffled, doubled, several at once: the same alarms, the same latest values, each message once', { timeout: 300_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(message, { minLength: 1, maxLength: 12 }).chain((messages) => {
        const doubled = [...messages, ...messages]
        return fc.record({
          messages: fc.constant(messages),
          shuffled: fc.shuffledSubarray(doubled, { minLength: doubled.length, maxLength: doubled.length }),
          together: fc.integer({ min: 1, max: 8 }),
        })
      }),
      async ({ messages, shuffled, together }) => {
        const inOrder = [...messages].sort((a, b) => a.at - b.at)
        expect(await outcomeOf(shuffled, together)).toEqual(await outcomeOf(inOrder, 1))
      },
    ),
    { numRuns: 60, seed: 20_261_122, endOnFailure: true },
  )
})

const ordersOf = <T>(list: readonly T[]): T[][] =>
  list.length < 2 ? [[...list]] : list.flatMap((one, at) => ordersOf(list.toSpliced(at, 1)).map((rest) => [one, ...rest]))

test('messages of one millisecond, some with a name: every one of their orders comes to the same', { timeout: 300_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ sent: message, isNamed: fc.boolean() }), { minLength: 2, maxLength: 3 }),
      fc.integer({ min: 1, max: 4 }),
      async (drawn, together) => {
        const sent = drawn.map(({ sent: one, isNamed }, at): Sent => ({ ...one, at: one.at % 2, ...(isNamed && { id: `m${at}` }) }))
        const expected = await outcomeOf(sent, 1, 1)
        for (const order of ordersOf([...sent, sent[0]!])) expect(await outcomeOf(order, together, 1)).toEqual(expected)
      },
    ),
    { numRuns: 6, seed: 20_261_122, endOnFailure: true },
  )
})
