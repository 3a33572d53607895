import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newId } from '@linli/base/define'
import { type TestDatabase, testDatabase, testHttp } from '@linli/base/testing'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoLogins } from '../demo-logins.ts'
import { townDevices } from '../town-devices.ts'
import { story } from './steps.ts'
import { storyRoutes } from './story-routes.ts'
import { StoryStage } from './story-stage.ts'

let db: TestDatabase
let app: FastifyInstance
let stage: StoryStage
let folder: string
let isDemo = true

beforeAll(async () => {
  db = await testDatabase()
  folder = await mkdtemp(join(tmpdir(), 'linli-story-'))
  stage = new StoryStage({ demoFile: join(folder, 'demo.json'), clock: db.clock, log: () => {} })
  app = await testHttp((http) => storyRoutes(http, db.deps, { isDemo: () => isDemo, phones: () => null, stage }))
})
afterAll(async () => {
  await stage?.stop()
  await app?.close()
  await db?.close()
  await rm(folder, { recursive: true, force: true })
})

const look = () => app.inject({ url: '/api/v1/public/story' })
const play = (body: object = { requestId: newId() }) => app.inject({ method: 'POST', url: '/api/v1/public/story', payload: body })

test('a database that is not marked as demo has no story: no page, no state, no button', async () => {
  isDemo = false
  for (const answer of [await look(), await play(), await app.inject({ url: '/story' })]) expect(answer.statusCode).toBe(404)
  expect(stage.isPlaying).toBe(false)
  isDemo = true
})

test('before it was played every step is to come, and the page shows it in either language', async () => {
  const { state, steps, ending } = (await look()).json() as { state: string; steps: { state: string }[]; ending: unknown }
  expect([state, ending]).toEqual(['idle', null])
  expect(steps.map((step) => step.state)).toEqual(story.map(() => 'toCome'))
  const page = await app.inject({ url: '/story?lang=en' })
  expect(page.headers['content-security-policy']).toContain("script-src 'self' 'nonce-")
  expect(page.body).toContain('A morning of Zhao Guilan')
  expect((await app.inject({ url: '/story' })).body).toContain('赵桂兰的早上')
})

test('a story that cannot reach the platform says why and can be played again; two presses play one', async () => {
  const away = { baseUrl: 'http://127.0.0.1:9', mqttUrl: 'mqtt://127.0.0.1:9', logins: demoLogins(), devices: [] }
  await writeFile(join(folder, 'demo.json'), JSON.stringify(away))
  for (let time = 0; time < 2; time++) {
    const requestId = newId()
    const [first, twin, other] = [await play({ requestId }), await play({ requestId }), await play()]
    expect([first.statusCode, twin.statusCode, other.statusCode]).toEqual([201, 200, 201])
    expect(first.json()).toMatchObject({ state: 'playing' })
    await expect.poll(async () => (await look()).json(), { timeout: 20_000 }).toMatchObject({ state: 'ended', ending: { doors: [] } })
  }
})

test('a wrong pace is refused by name', async () => {
  const answer = await play({ requestId: newId(), pace: 0 })
  expect(answer.statusCode).toBe(400)
  expect(answer.json()).toMatchObject({ fields: [{ path: 'pace' }] })
})

test('every device of the story is in the town, every account among its logins, and she only rests after she came home', () => {
  const codes = new Set(townDevices().map(({ code }) => code))
  const accounts = new Set(demoLogins().map(({ account }) => account))
  for (const { says, doors = [] } of story) {
    if (says) expect(codes).toContain(says.code)
    for (const { as } of doors) if (as && !/^1999999/.test(as)) expect(accounts).toContain(as)
  }
  expect(story.at(-1)?.awaits).toBe('settled')
})
