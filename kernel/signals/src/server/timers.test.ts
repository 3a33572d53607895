import { newId } from '@linli/base/define'
import { type TestDatabase, testDatabase } from '@linli/base/testing'
import type { MqttClient } from 'mqtt'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Episode, EpisodeRow } from '../contract/episode.ts'
import { type ASensor, aSensor as aSensorOf } from '../testing/a-sensor.ts'
import { type APerson, type SignalsApp, signalsApp } from '../testing/signals-app.ts'

let db: TestDatabase
let app: SignalsApp
const clients: MqttClient[] = []
beforeAll(async () => {
  db = await testDatabase({ through: 'signals' })
  app = await signalsApp(db)
})
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.endAsync()))
})
afterAll(async () => {
  await app.close()
  await db.close()
})

const hourMs = 3_600_000

/** Its session ends with the test. */
async function aSensor(kind: 'motion' | 'door', person: APerson): Promise<ASensor> {
  const sensor = await aSensorOf({ app, db }, kind, person)
  clients.push(sensor.client)
  return sensor
}

async function pass(hours: number): Promise<void> {
  db.clock.moveTo(new Date(db.clock.now().getTime() + hours * hourMs).toISOString())
  await app.sweep()
}

const alarmsOf = async ({ personId }: APerson): Promise<EpisodeRow[]> =>
  (await app.send('communityWorker', 'GET', `/episodes?subjectId=${personId}`)).json<{ items: EpisodeRow[] }>().items
const rulesOf = async (person: APerson): Promise<string[]> => (await alarmsOf(person)).map(({ rule }) => rule).sort()
const view = async (episodeId: string): Promise<Episode> =>
  (await app.send('communityWorker', 'GET', `/episodes/${episodeId}`)).json<Episode>()

test('nothing for twelve hours at a home whose sensors are online is an alarm about who lives there, once; each sign puts it off [RISK-04] (absence)', async () => {
  const person = await app.aPerson()
  const motion = await aSensor('motion', person)
  await motion.say({ active: 1 })
  await pass(11)
  await motion.say({ active: 0 })
  expect(await alarmsOf(person)).toEqual([])
  await pass(1)
  const [alarm] = await alarmsOf(person)
  expect(alarm).toMatchObject({ rule: 'lamps.dark', level: 2, stage: 'raised', raisedAt: db.clock.now().toISOString() })
  await pass(30)
  expect(await rulesOf(person)).toEqual(['lamps.dark'])
  const whole = await view(alarm!.episodeId)
  expect(whole).toMatchObject({ subjectKind: 'person', subjectId: person.personId })
  expect(whole.lines[0]).toMatchObject({ kind: 'raise', since: new Date(db.clock.now().getTime() - 42 * hourMs).toISOString() })
  expect(whole.lines.filter(({ kind }) => kind === 'told').length).toBeGreaterThan(1)
})

test('a sign that comes late is written into the alarm, which is less urgent from then on and stays raised', async () => {
  const person = await app.aPerson()
  const motion = await aSensor('motion', person)
  await motion.say({ active: 1 })
  const begin = db.clock.now().getTime()
  await pass(13)
  await motion.say({ active: 1 }, begin + hourMs)
  const [alarm] = await alarmsOf(person)
  expect(alarm).toMatchObject({ level: 4, highestLevel: 2, stage: 'raised' })
  expect((await view(alarm!.episodeId)).lines).toContainEqual(
    expect.objectContaining({ kind: 'sign', signalAt: new Date(begin + hourMs).toISOString() }),
  )
  // The same again says nothing new.
  await motion.say({ active: 1 }, begin + hourMs)
  expect((await view(alarm!.episodeId)).lines.filter(({ kind }) => kind === 'sign')).toHaveLength(1)
})

test('a door that stays shut is urgent where nothing moves either, and only to be looked after where somebody does', async () => {
  const [active, still] = [await app.aPerson(), await app.aPerson()]
  const [door, motion, otherDoor] = [await aSensor('door', active), await aSensor('motion', active), await aSensor('door', still)]
  for (const one of [door, otherDoor]) await one.say({ passage: 1 })
  await motion.say({ active: 1 })
  await pass(11)
  await motion.say({ active: 1 })
  await pass(11)
  await motion.say({ active: 1 })
  await pass(2)
  expect(await alarmsOf(active)).toMatchObject([{ rule: 'lamps.indoors', level: 4 }])
  const levels = (await alarmsOf(still)).map(({ rule, level }) => [rule, level]).sort()
  expect(levels).toEqual([
    ['lamps.dark', 2],
    ['lamps.indoors', 2],
  ])
})

test('a sensor that is offline is no silence of a person, and what it could not say meanwhile does not count when it is back', async () => {
  const person = await app.aPerson()
  const [motion, door] = [await aSensor('motion', person), await aSensor('door', person)]
  await motion.say({ active: 1 })
  await motion.client.endAsync()
  await motion.isHere(false)
  await pass(20)
  expect(await alarmsOf(person)).toEqual([])
  motion.client.reconnect()
  await motion.isHere(true)
  await pass(11)
  expect(await alarmsOf(person)).toEqual([])
  await pass(1)
  expect(await rulesOf(person)).toContain('lamps.dark')
  expect(door.client.connected).toBe(true)
})

test('without consent and for who does not live alone nothing is raised; withdrawn consent holds at once [SEC-05] (person-linked rules)', async () => {
  const [unasked, together, withdrawn] = [await app.aPerson({ consents: [] }), await app.aPerson({ careGroups: [] }), await app.aPerson()]
  for (const person of [unasked, together, withdrawn]) await (await aSensor('motion', person)).say({ active: 1 })
  await pass(11)
  await db.superuser(
    `UPDATE registry.consent SET withdrawn_at = '${db.clock.now().toISOString()}' WHERE person_id = '${withdrawn.personId}'`,
  )
  await pass(40)
  for (const person of [unasked, together, withdrawn]) expect(await alarmsOf(person)).toEqual([])
  // Who agrees later is watched over from then on, and is not missed for the time before.
  await db.superuser(
    `UPDATE registry.consent SET given_at = '${db.clock.now().toISOString()}', withdrawn_at = NULL WHERE person_id = '${withdrawn.personId}'`,
  )
  await pass(11)
  expect(await alarmsOf(withdrawn)).toEqual([])
  await pass(2)
  expect(await rulesOf(withdrawn)).toEqual(['lamps.dark'])
})

test('timers are rows: another process raises what this one heard', async () => {
  const person = await app.aPerson()
  const motion = await aSensor('motion', person)
  await motion.say({ active: 1, battery: 50 })
  const other = await signalsAppOn(db)
  db.clock.moveTo(new Date(db.clock.now().getTime() + 12 * hourMs).toISOString())
  await Promise.all([other(), other(), other()])
  expect(await rulesOf(person)).toEqual(['lamps.dark'])
})

/** A worker of its own, over the same database. */
async function signalsAppOn(database: TestDatabase): Promise<() => Promise<void>> {
  const { sweepTimers } = await import('./sweep-timers.ts')
  return async () => {
    while ((await database.system((system) => sweepTimers(system, app.deps))) > 0);
  }
}

test('a device of nobody keeps no timer, and a message that is no sign keeps none either', async () => {
  const { code, secret } = await app.aDevice('motion')
  const before = await db.superuser('SELECT count(*)::int AS timers FROM signals.timer')
  await app.post({ code, secret }, JSON.stringify({ id: newId(), values: { active: 1 } }))
  const person = await app.aPerson()
  await (await aSensor('motion', person)).say({ active: 0, battery: 3 })
  expect(await db.superuser('SELECT count(*)::int AS timers FROM signals.timer')).toEqual(before)
})
