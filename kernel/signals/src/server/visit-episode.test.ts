import { newId } from '@linli/base/define'
import { type TestDatabase, testDatabase } from '@linli/base/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Episode, EpisodeRow } from '../contract/episode.ts'
import { type ASensor, aSensor } from '../testing/a-sensor.ts'
import { type Answer, type APerson, type SignalsApp, signalsApp } from '../testing/signals-app.ts'

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

type By = Parameters<SignalsApp['send']>[0]
const hourMs = 3_600_000
const indoors = 'lamps.indoors'

/** Somebody whose door was heard last so long ago that the rule about going out has raised its alarm. */
async function anAlarm(): Promise<{ person: APerson; episodeId: string }> {
  const person = await app.aPerson()
  const [motion, door] = [await aSensor({ app, db }, 'motion', person), await aSensor({ app, db }, 'door', person)]
  sensors.push(motion, door)
  await door.say({ passage: 1 })
  for (const hours of [8, 16]) {
    db.clock.moveTo(new Date(db.clock.now().getTime() + 8 * hourMs).toISOString())
    await motion.say({ active: 1 })
    expect(hours).toBeGreaterThan(0)
  }
  db.clock.moveTo(new Date(db.clock.now().getTime() + 9 * hourMs).toISOString())
  await app.sweep()
  const list = await app.send('communityWorker', 'GET', `/episodes?subjectId=${person.personId}`)
  const found = list.json<{ items: EpisodeRow[] }>().items.find(({ rule }) => rule === indoors)
  if (!found) throw new Error('no alarm was raised')
  expect(found).toMatchObject({ needsVisit: true, visit: null })
  return { person, episodeId: found.episodeId }
}

const settle = (episodeId: string, outcome: string): Promise<Answer> =>
  app.send('communityWorker', 'POST', `/episodes/${episodeId}/moves/settle`, { requestId: newId(), outcome, text: '电话里说没事' })
const visit = (episodeId: string, said: object, by: By = 'gridWorker', requestId = newId()): Promise<Answer> =>
  app.send(by, 'POST', `/episodes/${episodeId}/visit`, {
    requestId,
    seenSeq: 1,
    madeAt: db.clock.now().toISOString(),
    met: 'person',
    ...said,
  })
const view = async (episodeId: string): Promise<Episode> =>
  (await app.send('communityWorker', 'GET', `/episodes/${episodeId}`)).json<Episode>()

test('an alarm whose rule asks for a visit does not end as real, false or unreachable before somebody was at the door [ELDER-13] (visit result required)', async () => {
  const { episodeId } = await anAlarm()
  for (const outcome of ['REAL', 'FALSE_ENV', 'UNREACHABLE']) {
    const answer = await settle(episodeId, outcome)
    expect({ status: answer.status, ...answer.json<object>() }).toMatchObject({
      status: 422,
      code: 'signals.visit_required',
      fields: [{ path: 'outcome' }],
    })
  }
  const requestId = newId()
  const done = await visit(episodeId, { result: 'well', note: '在家看电视' }, 'gridWorker', requestId)
  expect(done.json()).toMatchObject({ episode: { stage: 'settled', outcome: 'FALSE_ENV', visit: { result: 'well', met: 'person' } } })
  const { lines, arrivedAt } = await view(episodeId)
  expect(lines.map(({ kind }) => kind).filter((kind) => kind === 'arrive' || kind === 'visit' || kind === 'settle')).toEqual([
    'arrive',
    'visit',
    'settle',
  ])
  expect(arrivedAt).not.toBeNull()
  // The words of a visit are of the file: the alarm says only what was found.
  expect(JSON.stringify(lines)).not.toContain('看电视')
  const again = await visit(episodeId, { result: 'well', note: '在家看电视' }, 'gridWorker', requestId)
  expect(again.status).toBe(200)
  expect(await db.superuser(`SELECT 1 FROM signals.episode_visit WHERE episode_id = '${episodeId}'`)).toHaveLength(1)
})

test('what was found decides how it ends; where nobody was met it stays open, and may then end as unreachable', async () => {
  const help = await anAlarm()
  expect((await visit(help.episodeId, { result: 'help' })).json()).toMatchObject({ episode: { outcome: 'REAL' } })
  const away = await anAlarm()
  const nobody = await visit(away.episodeId, { met: 'nobody', result: 'notMet' })
  expect(nobody.json()).toMatchObject({ episode: { stage: 'arrived', settledAt: null, visit: { result: 'notMet' } } })
  expect((await settle(away.episodeId, 'UNREACHABLE')).status).toBe(200)
})

test('a test, a duplicate or a faulty device needs nobody at the door', async () => {
  const { episodeId } = await anAlarm()
  expect((await settle(episodeId, 'FALSE_DEVICE')).status).toBe(200)
})

test('a visit that comes after somebody else has ended the alarm is written all the same and changes no ending', async () => {
  const { episodeId, person } = await anAlarm()
  expect((await settle(episodeId, 'TEST')).status).toBe(200)
  const late = await visit(episodeId, { result: 'help' })
  expect(late.json()).toMatchObject({ episode: { stage: 'settled', outcome: 'TEST', visit: { result: 'help' } } })
  expect(await db.superuser(`SELECT 1 FROM registry.visit WHERE person_id = '${person.personId}'`)).toHaveLength(1)
})

test('nobody visits an alarm of another area, without the right to the file, or one that is about no person', async () => {
  const { episodeId } = await anAlarm()
  expect((await visit(episodeId, { result: 'well' }, 'siblingWorker')).status).toBe(404)
  expect((await visit(episodeId, { result: 'well' }, 'systemAdmin')).status).toBe(403)
  expect((await visit(episodeId, { met: 'nobody', result: 'well' })).status).toBe(422)
  expect((await visit(episodeId, { result: 'well', openCase: true })).json()).toMatchObject({ fields: [{ path: 'openCase' }] })
  expect((await view(episodeId)).visit).toBeNull()
})
