import { newId } from '@linli/base/define'
import { type TestDatabase, testDatabase } from '@linli/base/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { EpisodeRow } from '../contract/episode.ts'
import type { Watch, WatchChange } from '../contract/watch.ts'
import { type ASensor, aSensor } from '../testing/a-sensor.ts'
import { type APerson, type SignalsApp, signalsApp } from '../testing/signals-app.ts'

let db: TestDatabase
let app: SignalsApp
const sensors: ASensor[] = []
beforeAll(async () => {
  db = await testDatabase({ through: 'signals' })
  app = await signalsApp(db)
})
afterAll(async () => {
  await Promise.all(sensors.map(({ client }) => client.endAsync()))
  await app.close()
  await db.close()
})

const hourMs = 3_600_000
const inHours = (hours: number): string => new Date(db.clock.now().getTime() + hours * hourMs).toISOString()

/** Somebody at home with a door and a motion sensor, heard just now. */
async function aHome(): Promise<{ person: APerson; hear(): Promise<void> }> {
  const person = await app.aPerson()
  const [motion, door] = [await aSensor({ app, db }, 'motion', person), await aSensor({ app, db }, 'door', person)]
  sensors.push(motion, door)
  const hear = async () => {
    await motion.say({ active: 1 })
    await door.say({ passage: 1 })
  }
  await hear()
  return { person, hear }
}

async function pass(hours: number): Promise<void> {
  db.clock.moveTo(inHours(hours))
  await app.sweep()
}

const watch = async ({ personId }: APerson): Promise<Watch> =>
  (await app.send('communityWorker', 'GET', `/persons/${personId}/watch`)).json<Watch>()
const change = (
  { personId }: APerson,
  what: WatchChange,
  { by = 'communityWorker', requestId = newId() }: { by?: Parameters<SignalsApp['send']>[0]; requestId?: string } = {},
) => app.send(by, 'POST', `/persons/${personId}/watch/changes`, { requestId, channel: 'phone', change: what })
const rulesOf = async ({ personId }: APerson): Promise<string[]> =>
  (await app.send('communityWorker', 'GET', `/episodes?subjectId=${personId}`))
    .json<{ items: EpisodeRow[] }>()
    .items.map(({ rule }) => rule)
    .sort()

test('the file says which rules watch over a person, with what they agreed to, by which sensors and until when', async () => {
  const { person } = await aHome()
  const { rules, pause, mayChange } = await watch(person)
  expect({ pause, mayChange }).toEqual({ pause: null, mayChange: true })
  expect(rules).toMatchObject([
    { rule: 'lamps.dark', state: 'watching', purpose: 'lamps.watching', after: 'PT12H', own: null, dueAt: inHours(12) },
    { rule: 'lamps.unlit', state: 'no-sensor' },
    { rule: 'lamps.indoors', state: 'watching', after: 'PT24H', own: { least: 'PT18H', most: 'PT48H' }, dueAt: inHours(24) },
  ])
  expect(rules[0]!.sensors).toMatchObject([{ isOnline: true }, { isOnline: true }])
  const unasked = await app.aPerson({ consents: [] })
  expect((await watch(unasked)).rules).toMatchObject([
    { state: 'no-consent', agreedAt: null },
    { state: 'no-consent' },
    { state: 'no-consent' },
  ])
})

test('a person stops one rule and the other goes on; taken up again it counts from then [SEC-05] (a person can stop them)', async () => {
  const { person } = await aHome()
  const requestId = newId()
  const stopped = await change(person, { change: 'muted', rule: 'lamps.dark' }, { requestId })
  expect(stopped.status).toBe(200)
  expect((await change(person, { change: 'muted', rule: 'lamps.dark' }, { requestId })).json()).toEqual(stopped.json())
  const mutedAt = stopped.json<Watch>().rules[0]!.mutedAt
  await pass(1)
  expect((await change(person, { change: 'muted', rule: 'lamps.dark' })).json<Watch>().rules[0]).toMatchObject({ state: 'muted', mutedAt })
  await pass(24)
  expect(await rulesOf(person)).toEqual(['lamps.indoors'])
  await change(person, { change: 'unmuted', rule: 'lamps.dark' })
  await pass(11)
  expect(await rulesOf(person)).toEqual(['lamps.indoors'])
  await pass(1)
  expect(await rulesOf(person)).toEqual(['lamps.dark', 'lamps.indoors'])
})

test('in hospital nobody is missed at home; back earlier or later, what is missed counts from then [ELDER-13] (not when travelling or in hospital)', async () => {
  const { person } = await aHome()
  await change(person, { change: 'paused', for: 'hospital', until: inHours(72) })
  expect(await watch(person)).toMatchObject({
    pause: { for: 'hospital' },
    rules: [{ state: 'away' }, { state: 'away' }, { state: 'away' }],
  })
  await pass(71)
  expect(await rulesOf(person)).toEqual([])
  await change(person, { change: 'resumed' })
  expect(await watch(person)).toMatchObject({ pause: null, rules: [{ dueAt: inHours(12) }, { dueAt: null }, { dueAt: inHours(24) }] })
  await pass(11)
  expect(await rulesOf(person)).toEqual([])
  await pass(13)
  expect(await rulesOf(person)).toEqual(['lamps.dark', 'lamps.indoors'])
})

test('who goes out every other day has another time [ELDER-13] (per-person hours)', async () => {
  const { person, hear } = await aHome()
  await change(person, { change: 'timed', rule: 'lamps.indoors', after: 'PT36H' })
  await change(person, { change: 'muted', rule: 'lamps.dark' })
  await pass(35)
  expect(await rulesOf(person)).toEqual([])
  // Shorter again, it is due at once: it had been put off until the longer time.
  await change(person, { change: 'timed', rule: 'lamps.indoors', after: null })
  await app.sweep()
  expect(await rulesOf(person)).toEqual(['lamps.indoors'])
  await hear()
  expect((await watch(person)).rules[2]).toMatchObject({ after: 'PT24H', dueAt: inHours(24) })
})

test('what cannot be is refused by its field, and a person of another community is not there', async () => {
  const { person } = await aHome()
  const refused = async (what: WatchChange) => {
    const answer = await change(person, what)
    expect(answer.status).toBe(422)
    return answer.json<{ code: string; fields: { path: string }[] }>().fields[0]!.path
  }
  expect(await refused({ change: 'muted', rule: 'lamps.call' })).toBe('change.rule')
  expect(await refused({ change: 'timed', rule: 'lamps.dark', after: 'PT10H' })).toBe('change.after')
  expect(await refused({ change: 'timed', rule: 'lamps.indoors', after: 'PT900H' })).toBe('change.after')
  expect(await refused({ change: 'paused', for: 'away', until: inHours(-1) })).toBe('change.until')
  expect(await refused({ change: 'paused', for: 'away', until: inHours(24 * 91) })).toBe('change.until')
  for (const by of ['siblingWorker', 'otherGridWorker'] as const)
    expect((await change(person, { change: 'muted', rule: 'lamps.dark' }, { by })).json()).toMatchObject({
      code: 'registry.person_unknown',
    })
  expect((await change(person, { change: 'resumed' }, { by: 'systemAdmin' })).status).toBe(403)
  expect((await watch(person)).rules.some(({ state }) => state === 'muted')).toBe(false)
})

test('every change says in the audit who heard it and how', async () => {
  const { person } = await aHome()
  await change(person, { change: 'muted', rule: 'lamps.dark' })
  const lines = await db.superuser<{ detail: object }>(
    `SELECT detail FROM base.audit_entry WHERE action = 'signals.watch_muted' AND subject_id = '${person.personId}'`,
  )
  expect(lines).toEqual([{ detail: { rule: 'lamps.dark', channel: 'phone' } }])
})

test('whoever does not see that a person is in a care group reads of the rules that go by it what everybody outside reads, and they watch on', async () => {
  const { person } = await aHome()
  const seenBy = async (by: Parameters<SignalsApp['send']>[0]) =>
    (await app.send(by, 'GET', `/persons/${person.personId}/watch`)).json<Watch>().rules.map(({ state, dueAt }) => [state, dueAt !== null])
  const before = await seenBy('communityWorker')
  expect(await seenBy('gridWorker')).toEqual(before)
  await db.superuser(`UPDATE registry.care_tag SET viewers = '{community}' WHERE person_id = '${person.personId}'`)
  expect(await seenBy('communityWorker')).toEqual(before)
  expect(await seenBy('gridWorker')).toContainEqual(['not-in-group', false])
  await pass(30)
  const { items } = (await app.send('gridWorker', 'GET', `/episodes?subjectId=${person.personId}`)).json<{ items: EpisodeRow[] }>()
  const dark = items.find(({ rule }) => rule === 'lamps.dark')!
  const because = async (by: Parameters<SignalsApp['send']>[0]) =>
    (await app.send(by, 'GET', `/episodes/${dark.episodeId}`)).json<{ because: string }>().because
  expect(await because('communityWorker')).not.toBe('')
  expect(await because('gridWorker')).toBe('')
})
