import { newId } from '@linli/base/define'
import type { Actor } from '@linli/base/server'
import { anActor, type TestDatabase, testDatabase, testHttp } from '@linli/base/testing'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { collectTemplates, defineTemplate } from '../define/template.ts'
import { createHub } from './live/hub.ts'
import { serveMessages } from './routes.ts'
import { tellPosts } from './tell-posts.ts'

const broken = defineTemplate({
  key: 'lamps.broken',
  params: { number: 'caseNumber' },
  zh: '路灯工单 {number} 待签收',
  en: 'Lamp order {number} waits to be claimed',
})
const templates = collectTemplates([broken])

let db: TestDatabase
let app: FastifyInstance
beforeAll(async () => {
  db = await testDatabase({ through: 'messages' })
  const hub = createHub({ ...db.deps, topics: [] })
  app = await testHttp((fastify) => serveMessages(fastify, { ...db.deps, templates, terms: () => ({}), hub, channels: new Map() }))
})
afterAll(async () => {
  await app.close()
  await db.close()
})

test('a message is told once per post and reason, and each post sees its own (in-app) [PLAT-12]', async () => {
  const [one, two] = [anActor(), anActor()]
  expect(await tell([one, two], 'L-0001')).toBe(2)
  expect(await tell([one, two], 'L-0001')).toBe(0)
  expect(await tell([two], 'L-0002')).toBe(1)
  expect(texts(await inbox(one))).toEqual(['路灯工单 L-0001 待签收'])
  expect(texts(await inbox(two))).toEqual(['路灯工单 L-0002 待签收', '路灯工单 L-0001 待签收'])
  expect(texts(await inbox(two, 'lang=en&unread=true'))).toEqual([
    'Lamp order L-0002 waits to be claimed',
    'Lamp order L-0001 waits to be claimed',
  ])
})

test('a read receipt is written once, by the post itself, and lowers its count (read receipts) [PLAT-12]', async () => {
  const [reader, other] = [anActor(), anActor()]
  await tell([reader, other], 'L-0003')
  const { items } = (await inbox(reader)).json()
  const first = await read(reader, [items[0].messageId])
  expect(first.json()).toEqual({ unread: 0 })
  const readAt = (await inbox(reader)).json().items[0].readAt
  expect(readAt).toBe(db.clock.now().toISOString())
  db.clock.advance(60_000)
  await read(reader, [items[0].messageId])
  expect((await inbox(reader)).json()).toMatchObject({ unread: 0, items: [{ readAt }] })
  expect((await inbox(reader, 'unread=true')).json().items).toEqual([])
  expect((await inbox(other)).json()).toMatchObject({ unread: 1, items: [{ readAt: null }] })
})

test("nobody marks another post's message as read", async () => {
  const [owner, thief] = [anActor(), anActor()]
  await tell([owner], 'L-0004')
  const { items } = (await inbox(owner)).json()
  expect((await read(thief, [items[0].messageId])).statusCode).toBe(200)
  expect((await inbox(owner)).json()).toMatchObject({ unread: 1, items: [{ readAt: null }] })
})

test('a long inbox is read page by page, newest first, none twice', async () => {
  const reader = anActor()
  const numbers = Array.from({ length: 65 }, (_, n) => `L-1${String(n).padStart(3, '0')}`)
  for (const number of numbers) {
    db.clock.advance(number.endsWith('0') ? 1000 : 0)
    await tell([reader], number)
  }
  const seen: string[] = []
  let cursor: string | null = null
  do {
    const page: { items: { text: string }[]; next: string | null } = (await inbox(reader, cursor ? `cursor=${cursor}` : '')).json()
    seen.push(...page.items.map((item) => item.text.slice(5, 11)))
    cursor = page.next
  } while (cursor)
  expect(seen.toSorted()).toEqual(numbers)
})

test('the inbox asks for a session and names a wrong field', async () => {
  expect((await app.inject({ url: '/api/v1/inbox' })).json()).toMatchObject({ status: 401, code: 'access.unauthenticated' })
  expect((await inbox(anActor(), 'cursor=bm9uZQ')).json()).toMatchObject({ status: 400, fields: [{ path: 'cursor' }] })
  expect((await read(anActor(), [])).json()).toMatchObject({ status: 400, fields: [{ path: 'messageIds' }] })
  expect((await read(anActor(), ['7'])).json()).toMatchObject({ status: 400, fields: [{ path: 'messageIds.0' }] })
})

test('a message with a wrong parameter is told to nobody', async () => {
  const actor = anActor()
  const telling = { recipients: [recipient(actor)], template: 'lamps.broken', params: { number: '联系人 张三' }, onceKey: 'x' }
  await expect(db.system((ctx) => tellPosts(ctx, templates, telling))).rejects.toThrow('number is no caseNumber')
  await expect(db.system((ctx) => tellPosts(ctx, templates, { ...telling, template: 'lamps.gone' }))).rejects.toThrow('no message template')
  expect((await inbox(actor)).json().items).toEqual([])
})

test('requests can neither tell a message nor rewrite one', async () => {
  const actor = anActor()
  await tell([actor], 'L-0005')
  const telling = { recipients: [recipient(actor)], template: 'lamps.broken', params: { number: 'L-0006' }, onceKey: 'L-0006' }
  await expect(db.as(actor, (ctx) => tellPosts(ctx, templates, telling))).rejects.toMatchObject({ code: '42501' })
})

function tell(actors: Actor[], number: string): Promise<number> {
  const telling = {
    recipients: actors.map(recipient),
    template: 'lamps.broken',
    params: { number },
    caseId: newId(),
    caseNumber: number,
    onceKey: number,
  }
  return db.system((ctx) => tellPosts(ctx, templates, telling))
}

const recipient = ({ postId, accountId, orgId, areaPath }: Actor) => ({
  postId: postId!,
  accountId: accountId!,
  orgId: orgId!,
  areaPath: areaPath!,
})

const inbox = (actor: Actor, query = '') => app.inject({ url: `/api/v1/inbox?${query}`, headers: db.sessions.signIn(actor) })

const read = (actor: Actor, messageIds: string[]) =>
  app.inject({ method: 'POST', url: '/api/v1/inbox/read', headers: db.sessions.signIn(actor), payload: { messageIds } })

const texts = (response: Awaited<ReturnType<typeof inbox>>): string[] => response.json().items.map((item: { text: string }) => item.text)
