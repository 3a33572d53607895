import type { TownPost } from '@linli/access/testing'
import { createDispatcher, systemActor, transact } from '@linli/base/server'
import { type TestDatabase, testDatabase } from '@linli/base/testing'
import { collectTemplates, type MessageTemplate } from '@linli/messages/define'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CasesApp, casesApp } from '../../testing/cases-app.ts'
import { sweepNotices } from './notice-sweep.ts'
import { tellSubscriber } from './tell.ts'

const text = (key: string, withClock = false): MessageTemplate => ({
  key,
  params: { number: 'caseNumber', ...(withClock && { clock: 'label' }) },
  zh: '',
  en: '',
})
const templates = collectTemplates([
  text('lamp.reported'),
  text('lamp.sent'),
  text('lamp.due-soon', true),
  text('lamp.overdue', true),
  text('lamp.escalated', true),
])

let db: TestDatabase
let lamps: CasesApp
beforeAll(async () => {
  db = await testDatabase({ through: 'cases' })
  lamps = await casesApp(db)
})
afterAll(async () => {
  await lamps?.close()
  await db?.close()
})

/** Delivers what was told so far, and answers who has which message about this case. */
async function told(caseId: string): Promise<Record<string, TownPost[]>> {
  const dispatcher = createDispatcher({ pool: db.pool, clock: db.clock, subscribers: [tellSubscriber(lamps.deps, templates)] })
  await dispatcher.drain()
  await dispatcher.stop()
  const rows = await db.superuser<{ template: string; post_id: string }>(
    `SELECT template, post_id FROM messages.message WHERE case_id = '${caseId}' ORDER BY made_at, message_id`,
  )
  const posts = Object.entries(lamps.town.posts) as [TownPost, { postId: string }][]
  const nameOf = (postId: string) => posts.find(([, post]) => post.postId === postId)![0]
  const byTemplate = Object.groupBy(rows, (row) => row.template)
  return Object.fromEntries(
    Object.entries(byTemplate).map(([template, list]) => [template, list!.map((row) => nameOf(row.post_id)).sort()]),
  )
}
const sweep = async () => {
  while ((await transact(db.deps, systemActor, (system) => sweepNotices(system, lamps.deps))) > 0);
}

test('a new case is told to the desks of its place, a dispatched one to those who handle for the department', async () => {
  const { caseId } = await lamps.moveTo('sent')
  expect(await told(caseId)).toEqual({
    'lamp.reported': ['communityWorker', 'dispatcher'],
    'lamp.sent': ['departmentClerk', 'departmentLead'],
  })
})

test('a reminder goes to whoever holds the case, an escalation to those above; nobody hears the same twice', async () => {
  const { caseId } = await lamps.moveTo('mending')
  db.clock.advance(60 * 86_400_000)
  await sweep()
  const all = await told(caseId)
  // Three clocks are late at once (promise, repair, contact): each is a message of its own.
  expect(all['lamp.due-soon']).toEqual(['departmentClerk', 'departmentClerk', 'departmentClerk'])
  expect(new Set(all['lamp.overdue'])).toEqual(new Set(['departmentClerk', 'townshipLead']))
  expect(new Set(all['lamp.escalated'])).toEqual(new Set(['townshipLead', 'countyLead']))
  await sweep()
  expect(await told(caseId)).toEqual(all)
})

test('before anyone took it, everybody of the department who handles is reminded', async () => {
  const { caseId } = await lamps.moveTo('sent')
  db.clock.advance(60 * 86_400_000)
  await sweep()
  expect(new Set((await told(caseId))['lamp.due-soon'])).toEqual(new Set(['departmentClerk', 'departmentLead']))
})

test('a message names the case by its number and carries nobody', async () => {
  const { caseId, number } = await lamps.openOne({ contact: { phone: '19999990042', name: '孙桂兰' } })
  await told(caseId)
  const rows = await db.superuser<{ params: object; case_number: string }>(
    `SELECT params, case_number FROM messages.message WHERE case_id = '${caseId}'`,
  )
  expect(rows.length).toBeGreaterThan(0)
  for (const row of rows) expect(row).toEqual({ params: { number }, case_number: number })
})
