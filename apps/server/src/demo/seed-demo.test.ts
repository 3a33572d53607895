import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { baseRoles } from '@linli/access/define'
import { actorOf } from '@linli/access/server'
import type { Reach } from '@linli/base/server'
import { type Actor, publishedCalendar, sql } from '@linli/base/server'
import { aClock, type TestDatabase, testDatabase } from '@linli/base/testing'
import { findMove, foldCase } from '@linli/cases/define'
import { checkEveryProjection, countCases, createCatalogue, type LoggedEntry, mayMake } from '@linli/cases/server'
import { appeals } from '@linli/scene-appeals/pack'
import { communityAssistance } from '@linli/scene-community-assistance/pack'
import { elderlyCare } from '@linli/scene-elderly-care/pack'
import { gridEvents } from '@linli/scene-grid-events/pack'
import { openRuleBook } from '@linli/signals/server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DemoFile } from './demo-file.ts'
import { type DemoDeps, seedDemo } from './seed-demo.ts'

const calendar = publishedCalendar()
const catalogue = createCatalogue([appeals, gridEvents, communityAssistance], () => true)
const lines: string[] = []
let db: TestDatabase
let dataDir: string
let demo: DemoFile

const depsOf = (database: TestDatabase, changes: Partial<DemoDeps> = {}): DemoDeps => ({
  ...database.deps,
  catalogue: catalogue,
  rules: openRuleBook({ rules: elderlyCare.rules ?? [], ladders: elderlyCare.ladders ?? [], isOn: () => true }),
  calendar: () => calendar,
  dataDir,
  baseUrl: 'http://127.0.0.1:8080',
  mqttUrl: 'mqtt://127.0.0.1:1883',
  phonesUrl: null,
  log: (line) => lines.push(line),
  ...changes,
})
const readDemo = async (): Promise<DemoFile> => JSON.parse(await readFile(join(dataDir, 'demo.json'), 'utf8'))

beforeAll(async () => {
  db = await testDatabase({ clock: aClock('2026-11-22T11:00:00+08:00') })
  dataDir = await mkdtemp(join(tmpdir(), 'linli-demo-'))
  await seedDemo(depsOf(db))
  demo = await readDemo()
}, 120_000)

afterAll(async () => {
  await db?.close()
  if (dataDir) await rm(dataDir, { recursive: true })
})

test('eighteen months of cases and their town are there within a minute, even on a busy machine', async () => {
  const [{ cases, entries } = { cases: 0, entries: 0 }] = await db.superuser<{ cases: number; entries: number }>(
    'SELECT (SELECT count(*) FROM cases.case_file) AS cases, (SELECT count(*) FROM cases.case_entry) AS entries',
  )
  expect(cases).toBe(3224)
  expect(entries).toBeGreaterThan(18_000)
  const seconds = Number(/seeded in ([\d.]+) s/.exec(lines.join(' '))?.[1])
  expect(seconds).toBeLessThan(60)
})

interface EntryRow {
  case_id: string
  seq: number
  move: string
  stage: string
  data: Record<string, unknown>
  account_id: string | null
  post_id: string | null
  org_id: string | null
  made_at: Date
}

/** Every log as it stands in the database. */
async function logs(): Promise<Map<string, (LoggedEntry & { postId: string | null })[]>> {
  const rows = await db.superuser<EntryRow>(
    'SELECT case_id, seq, move, stage, data, account_id, post_id, org_id, made_at FROM cases.case_entry ORDER BY case_id, seq',
  )
  const cases = new Map<string, (LoggedEntry & { postId: string | null })[]>()
  for (const { case_id, seq, move, stage, data, account_id, post_id, org_id, made_at } of rows) {
    const entry = { seq, move, stage, data, at: made_at, accountId: account_id, postId: post_id, orgId: org_id }
    cases.set(case_id, [...(cases.get(case_id) ?? []), entry])
  }
  return cases
}

test('neighbors reported the same: some are merged, two wait for somebody to see it', async () => {
  const merged = await db.superuser<{ stage: string; n: number }>(
    'SELECT stage, count(*)::integer AS n FROM cases.case_file WHERE merged_into IS NOT NULL GROUP BY stage ORDER BY stage',
  )
  expect(merged).toEqual([
    { stage: 'closed', n: 2 },
    { stage: 'merged', n: 5 },
  ])
})

test('every case is what its log says: columns, clocks, notices, parties and ratings equal the fold', async () => {
  const { checked, faults } = await checkEveryProjection(depsOf(db))
  expect(faults).toEqual([])
  expect(checked).toBe(3224)
})

interface PostRow {
  login: string
  account_id: string
  display_name: string
  post_id: string
  org_id: string
  area_id: string
  area_path: string
  role_key: string
  reach: Reach
}

async function actors(): Promise<Map<string, Actor>> {
  const posts = await db.superuser<PostRow>(
    'SELECT a.login, a.account_id, a.display_name, p.post_id, p.org_id, p.area_id, p.area_path, p.role_key, p.reach FROM access.post p JOIN access.account a USING (account_id)',
  )
  return new Map(
    posts.map((post) => [
      post.login,
      actorOf(
        { accountId: post.account_id, displayName: post.display_name },
        {
          postId: post.post_id,
          orgId: post.org_id,
          areaId: post.area_id,
          areaPath: post.area_path,
          role: post.role_key,
          reach: post.reach,
        },
        baseRoles.find(({ key }) => key === post.role_key)!.permissions,
      ),
    ]),
  )
}

test('every step of staff was made by somebody who may: permission, side and four eyes', async () => {
  const byPost = new Map([...(await actors()).values()].map((actor) => [actor.postId, actor]))
  const rows = await db.superuser<{ case_id: string; case_type: string; area_path: string }>(
    'SELECT case_id, case_type, area_path FROM cases.case_file',
  )
  const files = new Map(rows.map((row) => [row.case_id, row]))
  for (const [caseId, log] of await logs()) {
    const type = catalogue.get(files.get(caseId)!.case_type)
    for (const [i, entry] of log.entries()) {
      const actor = byPost.get(entry.postId)
      const move = findMove(type, entry.move)
      if (!actor) {
        expect(move === undefined ? entry.move : move.by).toMatch(/^(open|resident|system)$/)
        continue
      }
      const before = i > 0 ? foldCase(type, log.slice(0, i)) : undefined
      const isOwn = actor.reach === 'line' || actor.orgId === before?.mainOrgId || files.get(caseId)!.area_path.startsWith(actor.areaPath!)
      expect(isOwn, `${entry.move} by ${actor.displayName}`).toBe(true)
      if (move && before) expect(mayMake(move, before, actor), `${entry.move} by ${actor.displayName}`).toBe(true)
    }
  }
})

test('every role that works with cases finds some at first sight', async () => {
  const counts = async (login: string) => db.as((await actors()).get(login)!, (ctx) => countCases(ctx, 'appeal'))
  const [community, sibling, dispatcher, lead, housing, property, county, grid, village] = [
    await counts('community'),
    await counts('community-2'),
    await counts('dispatcher'),
    await counts('township-lead'),
    await counts('housing-clerk'),
    await counts('property'),
    await counts('county-lead'),
    await counts('grid'),
    await counts('village'),
  ]
  for (const desk of [community, sibling, dispatcher]) expect(desk.accept!.total).toBeGreaterThan(1)
  expect(dispatcher.dispatch!.total).toBeGreaterThan(2)
  expect(dispatcher.desk!.overdue).toBeGreaterThan(0)
  expect(dispatcher.follow!.total).toBeGreaterThan(3)
  expect(lead.extension!.total).toBeGreaterThan(1)
  for (const unit of [housing, property]) {
    expect(unit.mine!.total).toBeGreaterThan(4)
    expect(unit.mine!.overdue).toBeGreaterThan(0)
    expect(unit.mine!.paused).toBeGreaterThan(0)
    expect(unit.rectify!.total).toBeGreaterThan(0)
  }
  expect(housing.mine!.dueSoon).toBeGreaterThan(0)
  for (const place of [grid, village]) expect(place.all!.total).toBeGreaterThan(2)
  expect(county.all!.total).toBeGreaterThan(55)
  expect(county.all!.total).toBeLessThan(120)
  const without = await Promise.all(['system-admin', 'security-admin', 'audit-admin'].map(counts))
  expect(without.map((queues) => queues.all!.total)).toEqual([0, 0, 0])
})

test('grid events wait at every desk that works with them, on a rulebook of their own', async () => {
  const counts = async (login: string) => db.as((await actors()).get(login)!, (ctx) => countCases(ctx, 'event'))
  const [grid, community, dispatcher, housing, property, county] = [
    await counts('grid'),
    await counts('community'),
    await counts('dispatcher'),
    await counts('housing-clerk'),
    await counts('property'),
    await counts('county-lead'),
  ]
  expect(grid.check!.total).toBeGreaterThan(1)
  expect(community.accept!.total).toBeGreaterThan(1)
  for (const queue of ['accept', 'dispatch', 'check', 'close'] as const) expect(dispatcher[queue]!.total, queue).toBeGreaterThan(1)
  expect(dispatcher.all!.overdue).toBeGreaterThan(0)
  for (const unit of [housing, property]) expect(unit.mine!.total).toBeGreaterThan(2)
  expect(property.mine!.overdue).toBeGreaterThan(0)
  expect(county.all!.total).toBeLessThan(60)
})

test('every picture that a result shows is there, and belongs to its event', async () => {
  const [{ named, kept } = { named: 0, kept: -1 }] = await db.superuser<{ named: number; kept: number }>(`
    SELECT (SELECT count(*) FROM cases.case_entry e, jsonb_array_elements_text(e.data->'attachments') WHERE e.seq > 1) AS named,
      (SELECT count(*) FROM cases.case_entry e, jsonb_array_elements_text(e.data->'attachments') AS id
        JOIN base.file f ON f.file_id = id::uuid WHERE e.seq > 1 AND f.owner_id = e.case_id) AS kept`)
  expect(kept).toBe(named)
  expect(kept).toBeGreaterThan(20)
})

test('what one sibling community sees, the other does not', async () => {
  const [first, second] = demo.siblings
  expect([first!.areaCode.slice(0, 9), first!.areaCode]).not.toEqual([second!.areaCode.slice(0, 9), second!.areaCode])
  expect(first!.areaCode.slice(0, 9)).toBe(second!.areaCode.slice(0, 9))
  const all = await actors()
  for (const { areaCode, caseId } of demo.siblings) {
    for (const { account } of demo.logins.filter(
      ({ role, areaCode: code }) => role === 'communityWorker' && demo.siblings.some((sibling) => sibling.areaCode === code),
    )) {
      const own = demo.logins.find((login) => login.account === account)!.areaCode === areaCode
      const seen = await db.as(all.get(account)!, (ctx) => ctx.rows(sql`SELECT status FROM cases.case_file WHERE case_id = ${caseId}`))
      expect(seen).toEqual(own ? [{ status: 'open' }] : [])
    }
  }
})

test('the demo file has a login for every role, one for each sibling, and belongs to its owner alone', async () => {
  expect((await stat(join(dataDir, 'demo.json'))).mode & 0o777).toBe(0o600)
  expect(new Set(demo.logins.map(({ role }) => role))).toEqual(new Set(baseRoles.map(({ key }) => key)))
  expect(demo).toMatchObject({ baseUrl: 'http://127.0.0.1:8080', mqttUrl: 'mqtt://127.0.0.1:1883' })
  expect(demo.devices.find(({ code }) => code === 'WB-0001')).toEqual({
    code: 'WB-0001',
    secret: 'linli-demo-device-wb-0001',
    kind: 'wristband',
    subject: 'person',
  })
  for (const { areaCode } of demo.siblings)
    expect(demo.logins.some((login) => login.role === 'communityWorker' && login.areaCode === areaCode)).toBe(true)
  for (const { password } of demo.logins) expect(password.length).toBeGreaterThanOrEqual(10)
})

test('two elders are looked in on when nothing is heard, and one of them has stopped a rule', async () => {
  const watched = await db.superuser(`
    SELECT d.code, t.rule_key, c.muted_at IS NOT NULL AS muted FROM signals.timer t JOIN signals.device d ON d.subject_id = t.subject_id AND d.kind = 'door'
      JOIN registry.person p ON p.address_id = t.subject_id JOIN registry.consent a ON a.person_id = p.person_id AND a.purpose = 'elderly-care.activity'
      LEFT JOIN signals.watch_choice c ON c.person_id = p.person_id AND c.rule_key = t.rule_key ORDER BY 1, 2`)
  expect(watched).toEqual([
    { code: 'DR-0001', rule_key: 'elderly-care.no-exit', muted: false },
    { code: 'DR-0001', rule_key: 'elderly-care.no-power', muted: false },
    { code: 'DR-0001', rule_key: 'elderly-care.silence', muted: false },
    { code: 'DR-0002', rule_key: 'elderly-care.no-exit', muted: true },
    { code: 'DR-0002', rule_key: 'elderly-care.silence', muted: false },
  ])
})

test('contacts are sealed: no name and no phone of a resident stands in the database in clear', async () => {
  const [{ hits } = { hits: -1 }] = await db.superuser<{ hits: number }>(
    `SELECT count(*) AS hits FROM cases.case_entry WHERE data::text ~ '1999999[0-9]{4}' OR data::text LIKE '%赵桂兰%'`,
  )
  expect(hits).toBe(0)
})

test('seeding again adds nothing and brings a lost demo file back, with the address of this start', async () => {
  const tables = ['access.area', 'access.account', 'cases.case_file', 'cases.case_entry', 'cases.duty', 'base.audit_entry']
  const count = () =>
    Promise.all(tables.map(async (table) => (await db.superuser<{ n: number }>(`SELECT count(*) AS n FROM ${table}`))[0]!.n))
  const before = await count()
  await rm(join(dataDir, 'demo.json'))
  await seedDemo(depsOf(db, { baseUrl: 'http://127.0.0.1:9090' }))
  expect(await count()).toEqual(before)
  expect(await readDemo()).toEqual({ ...demo, baseUrl: 'http://127.0.0.1:9090' })
})

test('a seeding that was cut off leaves nothing behind, and the next one makes one whole town', async () => {
  const other = await testDatabase()
  try {
    let sealed = 0
    const vault = { ...other.deps.vault, newPersonKey: () => (sealed++ > 40 ? cut() : other.deps.vault.newPersonKey()) }
    const cut = (): never => {
      throw new Error('killed')
    }
    await expect(seedDemo(depsOf(other, { vault }), { cases: 120 })).rejects.toThrow('killed')
    expect(await other.superuser('SELECT 1 FROM access.area LIMIT 1')).toEqual([])
    expect(await other.superuser('SELECT 1 FROM base.database_mark')).toEqual([])
    await Promise.all([seedDemo(depsOf(other), { cases: 120 }), seedDemo(depsOf(other), { cases: 120 })])
    expect(await other.superuser('SELECT count(*) AS n FROM cases.case_file')).toEqual([{ n: 172 }])
    expect(await other.superuser(`SELECT count(*) AS n FROM base.audit_entry WHERE action = 'demo.seeded'`)).toEqual([{ n: 1 }])
  } finally {
    await other.close()
  }
})

test('a database that holds anything else is left alone', async () => {
  const other = await testDatabase()
  try {
    await other.superuser(
      `INSERT INTO access.area (area_id, level, kind, code, name, valid_from) VALUES (gen_random_uuid(), 'province', 'province', '23', '北江省', '2020-01-01')`,
    )
    await seedDemo(depsOf(other), { cases: 60 })
    expect(lines.at(-1)).toMatch(/nothing was added/)
    expect(await other.superuser('SELECT count(*) AS n FROM access.area')).toEqual([{ n: 1 }])
    expect(await other.superuser('SELECT name FROM base.database_mark')).toEqual([])
  } finally {
    await other.close()
  }
})
