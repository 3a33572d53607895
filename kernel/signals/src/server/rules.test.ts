import { newId } from '@linli/base/define'
import { type TestDatabase, testDatabase } from '@linli/base/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { EpisodeRow } from '../contract/episode.ts'
import type { RuleView } from '../contract/rule.ts'
import { type ADevice, type SignalsApp, signalsApp } from '../testing/signals-app.ts'

let db: TestDatabase
let app: SignalsApp
beforeAll(async () => {
  db = await testDatabase({ through: 'signals' })
  app = await signalsApp(db)
})
afterAll(async () => {
  await app.close()
  await db.close()
})

type Who = Parameters<SignalsApp['send']>[0]
interface Trial {
  for: string | null
  signals: number
  subjects: number
  alarms: number
  raised: number
  isCut: boolean
  items: { at: string; since: string | null; level: number; place: string }[]
}

const hourMs = 3_600_000
const ago = (hours: number) => db.clock.now().getTime() - hours * hourMs
const press = (device: ADevice, hours = 0) => app.post(device, JSON.stringify({ id: newId(), ts: ago(hours), values: { sos: 1 } }))
const ruleOf = async (key: string, by: Who = 'communityWorker'): Promise<RuleView> =>
  (await app.send(by, 'GET', '/alarm-rules')).json<{ items: RuleView[] }>().items.find((rule) => rule.key === key)!
const trial = async (key: string, query = '', by: Who = 'communityWorker') => app.send(by, 'GET', `/alarm-rules/${key}/trial${query}`)
const listed = async (query: string): Promise<EpisodeRow[]> =>
  (await app.send('communityWorker', 'GET', `/episodes?${query}`)).json<{ items: EpisodeRow[] }>().items

async function settled(device: ADevice, outcome: string): Promise<void> {
  await press(device)
  const [open] = await listed('state=open&rule=lamps.call')
  const body = { requestId: newId(), outcome, text: '看过了' }
  expect((await app.send('communityWorker', 'POST', `/episodes/${open!.episodeId}/moves/settle`, body)).status).toBe(200)
}

test('a rule shows what it waits for, on what basis, and how many of its alarms were false; with none judged that is unknown and not 0 [RISK-04] (rules shown with their figures) [IOT-08] (false alarms counted)', async () => {
  const device = await app.aDevice('wristband')
  expect(await ruleOf('lamps.call')).toMatchObject({ because: '测试', raised: 0, judged: 0, falseShare: null, noisy: [] })
  for (const outcome of ['FALSE_DEVICE', 'FALSE_DEVICE', 'REAL', 'TEST']) await settled(device, outcome)
  await press(device)
  const rule = await ruleOf('lamps.call')
  expect(rule).toMatchObject({
    raised: 5,
    open: 1,
    byOutcome: { FALSE_DEVICE: 2, REAL: 1, TEST: 1 },
    judged: 3,
    isAny: true,
    ladder: { arriveWithin: 'PT10M' },
  })
  expect(rule.parts[0]).toMatchObject({ op: 'threshold', isNot: false, of: [{ kind: 'wristband', value: 'sos', is: 'atLeast', than: 1 }] })
  expect(rule.falseShare).toBeCloseTo(2 / 3)
  expect(rule.noisy).toMatchObject([{ code: device.code, judged: 3, falses: 2 }])
  expect(await listed('rule=lamps.call&outcome=FALSE_DEVICE&days=30')).toHaveLength(2)
  expect(await listed('rule=lamps.smoke')).toEqual([])
  expect(await ruleOf('lamps.call', 'siblingWorker')).toMatchObject({ raised: 0, falseShare: null, noisy: [] })
})

test('a trial says what signals that are kept would have raised, raises nothing, and sees its own area alone [RISK-04] (dry run)', async () => {
  const device = await app.aDevice('wristband')
  for (const hours of [30, 29.9, 5]) await press(device, hours)
  const before = await listed('limit=100')
  const answer = (await trial('lamps.call')).json<Trial>()
  expect(answer).toMatchObject({ for: null, isCut: false })
  expect(answer.items.filter(({ place }) => place === '1号楼2单元').length).toBeGreaterThanOrEqual(2)
  expect(answer.signals).toBeGreaterThanOrEqual(3)
  expect(await listed('limit=100')).toEqual(before)
  expect((await trial('lamps.call', '', 'siblingWorker')).json<Trial>()).toMatchObject({ signals: 0, alarms: 0, items: [] })
  const [line] = await db.superuser<{ detail: object }>(
    `SELECT detail FROM base.audit_entry WHERE action = 'signals.rule_tried' ORDER BY audit_id DESC LIMIT 1`,
  )
  expect(line!.detail).toEqual({ rule: 'lamps.call', days: 14 })
})

test('a rule that waits can be tried with another time: the longer it waits, the fewer alarms', async () => {
  const person = await app.aPerson()
  const sensor = await app.aDevice('motion', { subject: { kind: 'dwelling', id: person.addressId } })
  for (const hours of [100, 85, 71, 40, 1]) await app.post(sensor, JSON.stringify({ id: newId(), ts: ago(hours), values: { active: 1 } }))
  const alarms = async (query: string) => (await trial('lamps.dark', query)).json<Trial>().alarms
  expect([await alarms(''), await alarms('?for=PT14H30M'), await alarms('?for=PT30H'), await alarms('?for=PT48H')]).toEqual([4, 3, 2, 0])
  const { items } = (await trial('lamps.dark')).json<Trial>()
  expect(Date.parse(items[0]!.at) - Date.parse(items[0]!.since!)).toBe(12 * hourMs)
})

test('what cannot be tried is refused in words', async () => {
  expect((await trial('lamps.nothing')).status).toBe(404)
  expect((await trial('lamps.call', '?for=PT8H')).json()).toMatchObject({ code: 'signals.data_invalid', fields: [{ path: 'for' }] })
  for (const query of ['?days=0', '?days=31', '?for=8h', '?for=PT']) expect((await trial('lamps.dark', query)).status).toBe(400)
})
