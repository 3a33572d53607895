import { newId } from '@linli/base/define'
import { systemActor, transact } from '@linli/base/server'
import { type TestDatabase, testDatabase } from '@linli/base/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as contract from '../../contract/index.ts'
import { type By, type CasesApp, casesApp } from '../../testing/cases-app.ts'
import { importableDuties, type JudgedDuty } from './importable-duties.ts'

let db: TestDatabase
let lamps: CasesApp
let duties: ReturnType<typeof importableDuties>
let today: string
beforeAll(async () => {
  db = await testDatabase({ through: 'cases' })
  lamps = await casesApp(db)
  duties = importableDuties(lamps.deps, (lang): Record<string, string> => (lang === 'en' ? { 'category.lights': 'Lights' } : {}))
  today = (await lamps.send(contract.listDuties, 'dispatcher')).result.on
})
afterAll(async () => {
  await lamps?.close()
  await db?.close()
})

type Values = Record<string, string | number | boolean | Date>
const aLine = (values: Values = {}) => ({
  line: 2,
  values: {
    standing: 'basic',
    clauseNo: '1.1',
    clause: '路灯的养护和维修',
    category: 'lights',
    org: '清河县住房和城乡建设局',
    area: '河东街道',
    document: '河东街道职责清单',
    words: '路灯、灯不亮',
    ...values,
  } as Values,
})
const scopeOf = (options: Record<string, string> = {}) => ({
  batchId: newId(),
  mapping: { options },
  areaPath: lamps.town.areas.subdistrict.areaPath,
})

/** As the worker does it: judged and written in the name of the dispatcher. */
function bring(lines: ReturnType<typeof aLine>[], scope = scopeOf()): Promise<JudgedDuty[]> {
  const { accountId, postId, orgId } = lamps.town.posts.dispatcher.actor
  return transact(db.deps, { ...systemActor, accountId, postId, orgId }, async (system) => {
    const judged = await duties.judge(system, scope, lines)
    await duties.write(
      system,
      scope,
      judged.flatMap((one) => (one.outcome === 'added' ? [one.record] : [])),
    )
    return judged
  })
}
const outcomes = (judged: readonly JudgedDuty[]) =>
  judged.map((one) => ('problems' in one ? one.problems.map(({ code }) => code) : one.outcome))
const proposed = async (by: By = 'townshipLead') =>
  (await lamps.send(contract.listDutyChanges, by, { query: { state: 'proposed' } })).result.items
const clauses = async (q: string) =>
  (await lamps.send(contract.listDuties, 'dispatcher', { query: { q } })).result.items.map(({ clauseNo }) => clauseNo)
const decide = (by: By, changeId: string) =>
  lamps.send(contract.decideDutyChange, by, { params: { changeId }, body: { requestId: newId(), confirm: true } })

test('lines of a file are proposed, each by itself, and stand in the list once somebody else has confirmed them [GRID-03] (duty lists from a file)', async () => {
  expect(outcomes(await bring([aLine(), aLine({ clauseNo: '1.2', clause: '灯杆的刷新' })]))).toEqual(['added', 'added'])
  expect(await clauses('灯')).toEqual([])
  const [first, second] = (await proposed()).sort((a, b) => (a.draft!.clauseNo < b.draft!.clauseNo ? -1 : 1))
  expect(first).toMatchObject({
    change: 'add',
    proposedBy: '陈明',
    reason: '按文件导入',
    effectiveOn: today,
    draft: { orgName: '清河县住房和城乡建设局', areaName: '河东街道', words: ['路灯', '灯不亮'] },
  })
  expect((await decide('dispatcher', first!.changeId)).status).toBe(403)
  expect((await decide('townshipLead', first!.changeId)).result.state).toBe('confirmed')
  expect(await clauses('灯')).toEqual(['1.1'])

  const again = [aLine(), aLine({ clause: '路灯的改造' }), aLine({ clauseNo: '1.2', clause: '灯杆的刷新' })]
  expect(outcomes(await bring(again))).toEqual(['there', ['duty_differs'], ['duty_waits']])
  expect((await decide('townshipLead', second!.changeId)).result.state).toBe('confirmed')
})

test('a row says what is wrong with it: an organization nobody knows or that has nothing to do there, another township, a day gone by', async () => {
  const wrong = [
    aLine({ clauseNo: '2.1', org: '没有这个局' }),
    aLine({ clauseNo: '2.2', org: '柳林镇人民政府' }),
    aLine({ clauseNo: '2.3', area: '柳林镇' }),
    aLine({ clauseNo: '2.4', area: '239999100' }),
    aLine({ clauseNo: '2.5', from: new Date('2020-01-01T00:00:00+08:00') }),
    aLine({ clauseNo: '2.6', words: '一个比二十个字还要长得多的居民的常见说法没有断开地一直写下去' }),
    aLine({ clauseNo: '2.7' }),
    aLine({ clauseNo: '2.7' }),
  ]
  expect(outcomes(await bring(wrong))).toEqual([
    ['org_unknown'],
    ['org_elsewhere'],
    ['area_unknown'],
    ['area_outside'],
    ['day_past'],
    ['too_long'],
    'added',
    ['duty_waits'],
  ])
  const past = aLine({ clauseNo: '2.5', from: new Date('2020-01-01T00:00:00+08:00') })
  expect(outcomes(await bring([past], scopeOf({ pastDay: 'today' })))).toEqual(['added'])
  expect((await proposed()).find(({ draft }) => draft?.clauseNo === '2.5')?.effectiveOn).toBe(today)
})

test('a file is taken back as far as nobody has decided; what was confirmed stays and is named', async () => {
  const scope = scopeOf()
  await bring([aLine({ clauseNo: '3.1' }), aLine({ clauseNo: '3.2' }), aLine({ clauseNo: '3.3' })], scope)
  const kept = (await proposed()).find(({ draft }) => draft?.clauseNo === '3.2')!
  await decide('townshipLead', kept.changeId)
  const gone = await db.system((system) => duties.remove(system, scope.batchId, 500))
  expect(gone.sort()).toEqual(['3.1', '3.3'])
  expect(await db.system((system) => duties.remove(system, scope.batchId, 500))).toEqual([])
  expect(await db.system((system) => duties.remaining(system, scope.batchId, 10))).toEqual(['3.2'])
  expect((await proposed()).map(({ draft }) => draft?.clauseNo)).not.toContain('3.1')
})

test('nobody proposes without a name, and the words of fields are there in both languages', async () => {
  const scope = scopeOf()
  const write = db.system(async (system) => {
    const judged = await duties.judge(system, scope, [aLine({ clauseNo: '4.1' })])
    await duties.write(
      system,
      scope,
      judged.flatMap((one) => (one.outcome === 'added' ? [one.record] : [])),
    )
  })
  await expect(write).rejects.toThrow(/proposed by a person/)
  const [variant] = duties.variants()
  expect(variant!.fields.find(({ key }) => key === 'category')?.options).toContainEqual({
    value: 'lights',
    zh: expect.any(String),
    en: 'Lights',
  })
})
