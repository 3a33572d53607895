import { aTown, type Town } from '@linli/access/testing'
import { createDispatcher } from '@linli/base/server'
import { type TestDatabase, testDatabase, testHttp } from '@linli/base/testing'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { securityTemplates } from '../define/security-templates.ts'
import { collectTemplates } from '../define/template.ts'
import { alertSubscriber, type SecurityAlert } from './alert-subscriber.ts'
import { createHub } from './live/hub.ts'
import { serveMessages } from './routes.ts'

const templates = collectTemplates(securityTemplates)

let db: TestDatabase
let town: Town
let app: FastifyInstance
beforeAll(async () => {
  db = await testDatabase({ through: 'messages' })
  town = await db.system((ctx) => aTown(ctx))
  const hub = createHub({ ...db.deps, topics: [] })
  app = await testHttp((fastify) => serveMessages(fastify, { ...db.deps, templates, terms: () => ({}), hub, channels: new Map() }))
})
afterAll(async () => {
  await app?.close()
  await db?.close()
})

async function raise(more: Partial<SecurityAlert> = {}): Promise<void> {
  const { accountId, actor } = town.posts.gridWorker
  const at = db.clock.now().toISOString()
  const alert: SecurityAlert = { alert: 'reveal-limit', accountId, orgId: actor.orgId, areaPath: actor.areaPath, count: 30, at, ...more }
  await db.system(async (ctx) => ctx.emit('security.alerted', { ...alert }))
  const dispatcher = createDispatcher({ pool: db.pool, clock: db.clock, subscribers: [alertSubscriber(templates)] })
  await dispatcher.drain()
  await dispatcher.stop()
}

async function inboxOf(post: keyof Town['posts'], lang = 'zh') {
  const headers = db.sessions.signIn(town.posts[post].actor)
  return (await app.inject({ url: `/api/v1/inbox?lang=${lang}`, headers })).json().items
}

test('who watches over security reads who was stopped, where, how often and when; nobody else is told', async () => {
  await raise()
  const [message, ...others] = await inboxOf('securityAdmin')
  expect(others).toEqual([])
  expect(message).toMatchObject({
    template: 'security.reveal-limit',
    text: '幸福社区居民委员会 周倩 一小时内已查看联系方式 30 次，3月2日 09:00 再查看时被拦下，请核查',
    accountId: town.posts.gridWorker.accountId,
    caseId: null,
  })
  expect((await inboxOf('securityAdmin', 'en'))[0].text).toContain('周倩 of 幸福社区居民委员会 looked at 30 contacts')
  for (const post of ['systemAdmin', 'auditAdmin', 'countyLead', 'gridWorker'] as const) expect(await inboxOf(post)).toEqual([])
})

test('no name is stored, only ids', async () => {
  await raise()
  const rows = await db.superuser<{ text: string }>('SELECT m::text AS text FROM messages.message m')
  expect(rows.length).toBeGreaterThan(0)
  for (const { text } of rows) expect(text).not.toContain('周倩')
})

test('one account and hour is told once, another account or hour again, and a place nobody watches over not at all', async () => {
  const before = (await inboxOf('securityAdmin')).length
  for (let i = 0; i < 5; i++) await raise()
  expect(await inboxOf('securityAdmin')).toHaveLength(before)
  await raise({ accountId: town.posts.departmentClerk.accountId, orgId: null })
  expect(await inboxOf('securityAdmin')).toHaveLength(before + 1)
  db.clock.advance(3_600_000)
  await raise()
  expect(await inboxOf('securityAdmin')).toHaveLength(before + 2)
  db.clock.advance(3_600_000)
  await raise({ areaPath: '/999/' })
  await raise({ areaPath: null })
  expect(await inboxOf('securityAdmin')).toHaveLength(before + 2)
})
