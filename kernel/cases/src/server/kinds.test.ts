import type { Sent } from '@linli/base/contract'
import { newId } from '@linli/base/define'
import { createDispatcher } from '@linli/base/server'
import { type TestDatabase, testDatabase } from '@linli/base/testing'
import { collectTemplates } from '@linli/messages/define'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as contract from '../contract/index.ts'
import { extensionOf } from '../define/fold-clocks.ts'
import { checkCaseType, foldCase } from '../define/index.ts'
import { type By, type CasesApp, casesApp } from '../testing/cases-app.ts'
import { fallenTree } from '../testing/fallen-tree.ts'
import { addDuties } from './duties/add-duties.ts'
import { checkEveryProjection } from './rebuild.ts'
import { tellSubscriber } from './telling/tell.ts'

let db: TestDatabase
let cases: CasesApp
beforeAll(async () => {
  db = await testDatabase({ through: 'cases' })
  cases = await casesApp(db)
})
afterAll(async () => {
  await cases?.close()
  await db?.close()
})

type Opening = Sent<typeof contract.openCase>['body']
const open = (by: By, body: Partial<Opening> = {}) =>
  cases.send(contract.openCase, by, {
    body: {
      requestId: newId(),
      kind: 'event',
      channel: 'grid',
      detail: '一棵树横在路上',
      category: 'trees',
      level: 'big',
      areaCode: '239999001001001',
      ...body,
    },
  })
const opened = async (body: Partial<Opening> = {}) => (await open('gridWorker', body)).result.caseId
const view = async (by: By, caseId: string) => (await cases.send(contract.getCase, by, { params: { caseId } })).result
const tryMove = async (by: By, caseId: string, key: string, data: Record<string, unknown>) =>
  cases.send(contract.moveCase, by, {
    params: { caseId, key },
    body: { requestId: newId(), expectedSeq: (await view('countyDispatcher', caseId)).seq, data },
  })
const offered = async (by: By, caseId: string, key: string) => (await view(by, caseId)).moves.find((move) => move.key === key)

test('the invented type is whole; a demand without a basis, a value that nothing has and a check that does not say whether it passed are noticed', () => {
  expect(checkCaseType(fallenTree)).toEqual([])
  const change = (key: string, changes: object) =>
    checkCaseType({ ...fallenTree, moves: fallenTree.moves.map((move) => (move.key === key ? { ...move, ...changes } : move)) }).join('\n')
  const demand = { field: 'photos', when: { fact: 'category' as const, in: ['walls'] }, basis: '' }
  expect(change('saw', { requires: [demand] })).toMatch(/saw demands photos without a basis/)
  expect(change('saw', { requires: [{ ...demand, field: 'film', basis: 'x' }] })).toMatch(/saw demands the missing field film/)
  expect(change('pushAside', { toWhen: [{ fact: 'level', in: ['tiny'], to: 'gone' }] })).toMatch(
    /pushAside asks for the unknown level tiny/,
  )
  expect(change('inspect', { form: undefined, toWhen: [] })).toMatch(/inspect checks without saying whether it passed/)
})

test('limits follow from one fact where it settles them, else from another, and are extended by as much again', () => {
  const clear = (level: string, category: string) => {
    const at = new Date('2026-03-02T09:00:00+08:00')
    const entry = (seq: number, move: string, data: Record<string, unknown> = {}) => ({ seq, move, data, at, accountId: null, orgId: null })
    const state = foldCase(fallenTree, [
      entry(1, 'open', { level, category }),
      entry(2, 'believe', { level }),
      entry(3, 'send', { orgId: newId() }),
    ])
    return [state.clocks.at(-1)!.policy, extensionOf(fallenTree.clocks.clear!, state)]
  }
  expect(clear('huge', 'walls')).toEqual([{ kind: 'elapsed', amount: 'PT4H' }, undefined])
  expect(clear('small', 'walls')).toEqual([{ kind: 'working-days', amount: 9 }, 9])
  expect(clear('small', 'trees')).toEqual([{ kind: 'working-days', amount: 3 }, 3])
})

describe('a matter of another kind', () => {
  test('is opened by staff under the same numbers, with its level, and read as its kind', async () => {
    const { number, caseId } = (await open('gridWorker', { occurredAt: '2026-01-05T00:00:00Z' })).result
    expect(number).toMatch(/^\d{8}-\d{6}$/)
    expect(await view('gridWorker', caseId)).toMatchObject({
      kind: 'event',
      level: 'big',
      category: 'trees',
      channel: 'grid',
      appealType: null,
    })
  })

  test.each([
    ['a level that it needs', { level: undefined }, 'level'],
    ['a level that it does not have', { level: 'urgent' }, 'level'],
    ['a category that it needs', { category: undefined }, 'category'],
    ['a category of another kind', { category: 'lights' }, 'category'],
    ['a type of appeal', { appealType: 'help' as const }, 'appealType'],
    ['a time that is not yet', { occurredAt: '2999-01-01T00:00:00Z' }, 'occurredAt'],
    ['a level for what has none', { kind: 'appeal' as const, category: 'lights' }, 'level'],
  ])('is refused for %s', async (_, body, field) => {
    const { problem } = await open('gridWorker', body)
    expect([problem.status, problem.fields?.[0]?.path]).toEqual([422, field])
  })

  test('is opened in the own area only, by who may', async () => {
    expect((await open('gridWorker', { areaCode: '239999001002001' })).problem).toMatchObject({ code: 'access.area_forbidden' })
    expect((await open('departmentClerk')).status).toBe(403)
  })

  test('has categories of its own', async () => {
    const keys = async (query: object) => (await cases.send(contract.listCategories, null, { query })).result.items.map(({ key }) => key)
    expect([await keys({}), await keys({ kind: 'event' })]).toEqual([
      ['lights', 'roads'],
      ['trees', 'walls'],
    ])
  })

  test('is routed by the duties of its own categories, whatever words it shares with others [GRID-03] (type, area, duty list)', async () => {
    const { housing, urbanManagement } = cases.town.orgs
    const { areaPath } = cases.town.areas.county
    const duty = { areaPath, standing: 'basic' as const, clause: '', document: '清单', words: ['路上'], validFrom: '2024-01-01' }
    await db.system((system) =>
      addDuties(system, [
        { ...duty, category: 'trees', orgId: urbanManagement, clauseNo: '树1' },
        { ...duty, category: 'lights', orgId: housing, clauseNo: '灯1' },
      ]),
    )
    const clauses = async (caseId: string) =>
      (await cases.send(contract.suggestRoute, 'dispatcher', { params: { caseId } })).result.items.map(({ clauseNo }) => clauseNo)
    expect(await clauses(await opened())).toEqual(['树1'])
    expect(await clauses((await cases.openOne({ detail: '路上的灯不亮' })).caseId)).toEqual(['灯1'])
  })

  test('is counted and listed apart', async () => {
    const count = async (kind?: string) =>
      (await cases.send(contract.countCases, 'dispatcher', { query: { ...(kind && { kind }) } })).result.queues
    const [appeals, events] = [await count(), await count('event')]
    await opened()
    expect([(await count()).accept, (await count('event')).accept!.total]).toEqual([appeals.accept, events.accept!.total + 1])
    const { items } = (await cases.send(contract.listCases, 'dispatcher', { query: { kind: 'event', queue: 'accept' } })).result
    expect(new Set(items.map(({ kind }) => kind))).toEqual(new Set(['event']))
  })

  test('demands a picture only where its facts say so, on the offered form and on the server', async () => {
    const [tree, wall] = [await opened(), await opened({ category: 'walls' })]
    const field = async (caseId: string) =>
      (await offered('gridWorker', caseId, 'pushAside'))!.form!.fields.find(({ key }) => key === 'photos')
    expect([(await field(tree))!.required, (await field(wall))!.required]).toEqual([undefined, true])
    const { problem } = await tryMove('gridWorker', wall, 'pushAside', { sawn: '搬开了' })
    expect(problem).toMatchObject({ code: 'case.data_invalid', fields: [{ path: 'data.photos' }] })
    expect((await tryMove('gridWorker', tree, 'pushAside', { sawn: '搬开了' })).status).toBe(200)
    expect((await tryMove('gridWorker', wall, 'pushAside', { sawn: '搬开了', photos: [await cases.upload()] })).status).toBe(200)
  })

  test('is over when a small one was handled on the spot, else looked at by another organization [GRID-04] (handled, checked, done again)', async () => {
    const small = await opened({ level: 'small' })
    await cases.move(small, 'pushAside', 'gridWorker', { sawn: '搬开了' })
    expect(await view('gridWorker', small)).toMatchObject({ stage: 'gone', status: 'closed' })
    const big = await opened()
    await cases.move(big, 'believe', 'communityWorker', { level: 'big' })
    await cases.move(big, 'send', 'dispatcher', { orgId: cases.town.orgs.xingfuCommittee })
    await cases.move(big, 'saw', 'communityWorker', { sawn: '锯了' })
    // Its own committee handled it: nobody of it looks at the result.
    expect([await offered('communityWorker', big, 'inspect'), (await offered('dispatcher', big, 'inspect'))?.name]).toEqual([
      undefined,
      '查看',
    ])
    const due = (await view('dispatcher', big)).clocks.find(({ key }) => key === 'clear')!.dueAt
    await cases.move(big, 'inspect', 'dispatcher', { passed: false })
    expect((await view('dispatcher', big)).clock).toMatchObject({ key: 'clear', dueAt: due })
    await cases.move(big, 'saw', 'communityWorker', { sawn: '又锯了' })
    await cases.move(big, 'inspect', 'dispatcher', { passed: true })
    await cases.move(big, 'forget', 'dispatcher')
    expect((await checkEveryProjection(cases.deps)).faults).toEqual([])
  })

  test('waits in lists of its own to be checked and closed', async () => {
    const caseId = await opened()
    await cases.move(caseId, 'pushAside', 'gridWorker', { sawn: '搬开了' })
    const inQueue = async (queue: 'check' | 'close') => {
      const { items } = (await cases.send(contract.listCases, 'dispatcher', { query: { kind: 'event', queue } })).result
      const { queues } = (await cases.send(contract.countCases, 'dispatcher', { query: { kind: 'event' } })).result
      return [items.some((row) => row.caseId === caseId), items.length === queues[queue]!.total]
    }
    expect([await inQueue('check'), await inQueue('close')]).toEqual([
      [true, true],
      [false, true],
    ])
    await cases.move(caseId, 'inspect', 'dispatcher', { passed: true })
    expect([await inQueue('check'), await inQueue('close')]).toEqual([
      [false, true],
      [true, true],
    ])
  })

  test('a resident whom staff wrote it down for follows it by number and phone, and is not asked for a rating', async () => {
    const { number, caseId } = (await open('gridWorker', { contact: { phone: '19999990043' } })).result
    await cases.move(caseId, 'believe', 'communityWorker', { level: 'big' })
    await cases.move(caseId, 'send', 'dispatcher', { orgId: cases.town.orgs.housing })
    const seen = (await cases.send(contract.getPublicCase, null, { params: { number }, query: { tail: '0043' } })).result
    expect(seen).toMatchObject({ stageName: '在清理', canRate: false, clock: { key: 'clear' } })
    expect(seen.steps.map(({ key }) => key)).toEqual(['open', 'believe', 'clearing'])
  })
})

const templates = collectTemplates(
  ['tree.found', 'tree.huge', 'tree.cleared', 'lamp.reported', 'lamp.sent'].map((key) => ({
    key,
    params: { number: 'caseNumber' as const },
    zh: '',
    en: '',
  })),
)

/** Delivers what was told so far, and answers who has which message about this case. */
async function told(caseId: string): Promise<Record<string, string[]>> {
  const dispatcher = createDispatcher({ pool: db.pool, clock: db.clock, subscribers: [tellSubscriber(cases.deps, templates)] })
  await dispatcher.drain()
  await dispatcher.stop()
  const rows = await db.superuser<{ template: string; login: string }>(
    `SELECT template, login FROM messages.message JOIN access.post p USING (post_id) JOIN access.account a ON a.account_id = p.account_id WHERE case_id = '${caseId}' ORDER BY login`,
  )
  return Object.fromEntries(
    [...new Set(rows.map((row) => row.template))].map((key) => [key, rows.filter((row) => row.template === key).map((row) => row.login)]),
  )
}

test('an urgent one is told to several levels at once, and what was done to whoever reported it', async () => {
  const [big, huge] = [await opened(), await opened({ level: 'huge' })]
  expect([Object.keys(await told(big)), (await told(huge))['tree.huge']]).toEqual([['tree.found'], ['townshiplead']])
  await cases.move(big, 'believe', 'communityWorker', { level: 'big' })
  await cases.move(big, 'send', 'dispatcher', { orgId: cases.town.orgs.housing })
  await cases.move(big, 'saw', 'departmentClerk', { sawn: '锯了' })
  expect((await told(big))['tree.cleared']).toEqual(['gridworker'])
  // Whoever handled it himself is not asked to look at it.
  const own = await opened()
  await cases.move(own, 'believe', 'communityWorker', { level: 'big' })
  await cases.move(own, 'send', 'dispatcher', { orgId: cases.town.orgs.xingfuCommittee })
  await cases.move(own, 'saw', 'communityWorker', { sawn: '锯了' })
  expect((await told(own))['tree.cleared']).toEqual(['communityworker', 'dispatcher'])
})
