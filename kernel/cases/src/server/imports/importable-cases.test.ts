import { newId } from '@linli/base/define'
import { sql } from '@linli/base/server'
import { type TestDatabase, testDatabase } from '@linli/base/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as contract from '../../contract/index.ts'
import { type CasesApp, casesApp } from '../../testing/cases-app.ts'
import { checkEveryProjection, rebuildCase } from '../rebuild.ts'
import { sweepNotices } from '../telling/notice-sweep.ts'
import { importableCases, type JudgedCase } from './importable-cases.ts'

let db: TestDatabase
let lamps: CasesApp
let cases: ReturnType<typeof importableCases>
beforeAll(async () => {
  db = await testDatabase({ through: 'cases' })
  lamps = await casesApp(db)
  cases = importableCases(lamps.deps)
})
afterAll(async () => {
  await lamps?.close()
  await db?.close()
})

type Values = Record<string, string | number | boolean | Date>
const at = (text: string): Date => new Date(`${text}+08:00`)
let given = 0
const aRow = (values: Values = {}) => ({
  line: ++given + 1,
  values: {
    key: `old-${given}`,
    openedAt: at('2025-03-03T09:00:00'),
    closedAt: at('2025-03-05T09:00:00'),
    dueAt: at('2025-03-06T09:00:00'),
    detail: '巷口的路灯不亮',
    area: '239999001001',
    ...values,
  } as Values,
})
const scopeOf = (options: Record<string, string> = {}, areaPath = '') => ({
  batchId: newId(),
  mapping: { variant: 'street-lamp', source: 'old-lamps', options },
  areaPath,
})
type Scope = ReturnType<typeof scopeOf>

const judge = (rows: ReturnType<typeof aRow>[], scope: Scope = scopeOf()): Promise<JudgedCase[]> =>
  db.system((system) => cases.judge(system, scope, rows))

/** Judges and writes; the files of the batch. */
async function bringIn(rows: ReturnType<typeof aRow>[], scope: Scope = scopeOf()) {
  await db.system(async (system) => {
    const judged = await cases.judge(system, scope, rows)
    await cases.write(
      system,
      scope,
      judged.flatMap((one) => (one.outcome === 'added' ? [one.record] : [])),
    )
  })
  return db.superuser<{ case_id: string; number: string; stage: string; status: string; due_at: Date | null; outer_due_at: Date | null }>(`
    SELECT f.* FROM cases.case_file f JOIN cases.imported_case i USING (case_id) WHERE i.batch_id = '${scope.batchId}' ORDER BY i.source_key`)
}

const problemsOf = (judged: JudgedCase | undefined): string[] =>
  judged && 'problems' in judged ? judged.problems.map(({ code, field }) => `${field}: ${code}`) : []

test('a matter that ended there is an opening and an end at the times it has there, its clock runs to the deadline it had', async () => {
  const [file] = await bringIn([aRow({ title: '路灯', name: '孙桂兰', phone: '19999990042', result: '换了灯泡', onTime: true })])
  expect(file).toMatchObject({ stage: 'mendedElsewhere', status: 'closed', due_at: null, outer_due_at: at('2025-03-06T09:00:00') })
  expect(file!.number).toMatch(/^20250303-/)
  const entries = await db.superuser(
    `SELECT seq, move, stage, made_at, account_id, data FROM cases.case_entry WHERE case_id = '${file!.case_id}' ORDER BY seq`,
  )
  expect(entries).toMatchObject([
    {
      seq: 1,
      move: 'open',
      made_at: at('2025-03-03T09:00:00'),
      account_id: null,
      data: { title: '路灯', origin: { system: 'old-lamps', dueAt: '2025-03-06T01:00:00.000Z' } },
    },
    { seq: 2, move: 'endElsewhere', stage: 'mendedElsewhere', made_at: at('2025-03-05T09:00:00'), data: { elsewhereResult: '换了灯泡' } },
  ])
  expect(JSON.stringify(entries)).not.toMatch(/孙桂兰|19999990042/)
  const clocks = await db.superuser(
    `SELECT clock_key, due_at, stopped_at FROM cases.case_clock WHERE case_id = '${file!.case_id}' ORDER BY 1`,
  )
  const clock = { due_at: at('2025-03-06T09:00:00'), stopped_at: at('2025-03-05T09:00:00') }
  expect(clocks).toEqual([
    { clock_key: 'accept', ...clock },
    { clock_key: 'promise', ...clock },
  ])
  expect((await checkEveryProjection(lamps.deps)).faults).toEqual([])
  await db.system((system) => rebuildCase(system, lamps.deps, file!.case_id))
  expect(await db.superuser(`SELECT * FROM cases.case_file WHERE case_id = '${file!.case_id}'`)).toMatchObject([file])
})

test('one that goes on is worked on here to the deadline it had: accepting it makes nothing later, and nobody hears of what is past', async () => {
  const [late, early, free] = await bringIn([
    aRow({ key: 'a-late', status: 'open', openedAt: at('2025-03-03T09:00:00'), dueAt: at('2025-03-10T09:00:00') }),
    aRow({
      key: 'b-early',
      status: 'open',
      openedAt: new Date(db.clock.now().getTime() - 3_600_000),
      dueAt: new Date(db.clock.now().getTime() + 30 * 86_400_000),
    }),
    { line: 9, values: { key: 'c-free', openedAt: at('2025-03-03T09:00:00'), detail: '没有时限的灯', area: '239999001001' } },
  ])
  expect(late).toMatchObject({ stage: 'reported', status: 'open', due_at: at('2025-03-10T09:00:00') })
  expect(free).toMatchObject({ stage: 'reported', due_at: null, outer_due_at: null })
  expect((await checkEveryProjection(lamps.deps)).faults).toEqual([])
  const before = await db.superuser<{ n: number }>('SELECT count(*)::int AS n FROM base.outbox')
  await db.system((system) => sweepNotices(system, lamps.deps))
  expect(await db.superuser('SELECT count(*)::int AS n FROM base.outbox')).toEqual(before)
  await lamps.move(early!.case_id, 'list', 'communityWorker', { appealType: 'help', category: 'lights' })
  const [moved] = await db.superuser(`SELECT outer_due_at FROM cases.case_file WHERE case_id = '${early!.case_id}'`)
  expect(moved).toEqual({ outer_due_at: early!.outer_due_at })
  const listed = await lamps.move(free!.case_id, 'list', 'communityWorker', { appealType: 'help', category: 'lights' })
  expect(listed.outerDueAt).not.toBeNull()
  expect((await checkEveryProjection(lamps.deps)).faults).toEqual([])
})

test('the same row again is there, with other content it is changed and left as it is', async () => {
  const row = aRow({ key: 'again' })
  const [file] = await bringIn([row])
  const judged = await judge([
    row,
    { ...row, values: { ...row.values, detail: '换了说法' } },
    { ...row, values: { ...row.values, onTime: true } },
  ])
  expect(judged.map(({ outcome }) => outcome)).toEqual(['there', 'changed', 'there'])
  expect(judged[1]).toMatchObject({ problems: [{ code: 'changed', more: file!.number }] })
  const twice = aRow({ key: 'twice' })
  const other = { ...twice, values: { ...twice.values, detail: '同号不同事' } }
  expect((await judge([twice, twice, other])).map(({ outcome }) => outcome)).toEqual(['added', 'there', 'changed'])
  // Somebody else's area does not learn what the matter is called, and cannot bring it in under his own.
  const [taken] = await judge([row], scopeOf({}, lamps.town.areas.town.areaPath))
  expect([taken?.outcome, problemsOf(taken)]).toEqual(['refused', ['key: taken']])
})

test('what cannot be is refused by its field', async () => {
  const tomorrow = new Date(db.clock.now().getTime() + 86_400_000)
  const wrong: [Values, string[]][] = [
    [{ openedAt: tomorrow, closedAt: tomorrow, dueAt: tomorrow }, ['openedAt: in_future', 'closedAt: in_future']],
    [{ openedAt: at('1980-01-01T00:00:00') }, ['openedAt: too_early']],
    [{ closedAt: at('2025-03-03T08:00:00') }, ['closedAt: closed_before_opened']],
    [{ dueAt: at('2025-03-02T08:00:00') }, ['dueAt: due_before_opened']],
    [{ lon: 181, lat: 3 }, ['lon: place_wrong']],
    [{ phone: '12345' }, ['phone: phone_wrong']],
    [{ area: '999999' }, ['area: area_unknown']],
    [{ area: '没有的社区' }, ['area: area_unknown']],
  ]
  for (const [values, problems] of wrong) expect(problemsOf((await judge([aRow(values)]))[0])).toEqual(problems)
  const { closedAt: _, ...unclosed } = aRow({ status: 'closed' }).values
  expect(problemsOf((await judge([{ line: 2, values: unclosed }]))[0])).toEqual(['closedAt: missing'])
  const { area: __, ...nowhere } = aRow().values
  expect(problemsOf((await judge([{ line: 2, values: nowhere }]))[0])).toEqual(['area: missing'])
})

test('a place is a code or a name of the own area, or the boundary that the point lies in', async () => {
  const own = scopeOf({}, lamps.town.areas.subdistrict.areaPath)
  expect((await judge([aRow({ area: '幸福社区' }), aRow({ area: '239999001001' })], own)).map(({ outcome }) => outcome)).toEqual([
    'added',
    'added',
  ])
  expect(problemsOf((await judge([aRow({ area: '239999100200' })], own))[0])).toEqual(['area: area_outside'])
  expect(problemsOf((await judge([aRow({ area: '柳林村' })], own))[0])).toEqual(['area: area_unknown'])
  const square = {
    type: 'Polygon',
    coordinates: [
      [
        [128, 46],
        [129, 46],
        [129, 47],
        [128, 47],
        [128, 46],
      ],
    ],
  }
  await db.superuser(`UPDATE access.area SET boundary = '${JSON.stringify(square)}' WHERE code = '239999001001'`)
  const { area: _, ...values } = aRow({ lon: 128.5, lat: 46.5 }).values
  const point = scopeOf({ areaByPoint: 'yes' })
  const [inside, outside] = await judge(
    [
      { line: 2, values },
      { line: 3, values: { ...values, key: 'out', lon: 130 } },
    ],
    point,
  )
  expect(inside).toMatchObject({ outcome: 'added', record: { history: { place: { areaId: lamps.town.areas.xingfu.areaId } } } })
  expect(problemsOf(outside)).toEqual(['lon: area_unknown'])
})

test('closed before it was opened can be closed when it was opened, and the time it had stands beside', async () => {
  const row = aRow({ key: 'backwards', closedAt: at('2025-03-03T08:30:00'), onTime: true })
  const [judged] = await judge([row], scopeOf({ closedBeforeOpened: 'atOpening' }))
  expect(judged).toMatchObject({
    outcome: 'added',
    agrees: true,
    record: { history: { entries: [{}, { at: at('2025-03-03T09:00:00'), data: { elsewhereClosedAt: '2025-03-03T00:30:00.000Z' } }] } },
  })
})

test('the verdict of our clock is compared with the one of the file', async () => {
  const verdicts = await judge([
    aRow({ onTime: true }),
    aRow({ onTime: false }),
    aRow({ closedAt: at('2025-03-06T09:00:00'), onTime: true }),
    aRow({ closedAt: at('2025-03-06T09:00:01'), onTime: false }),
    aRow(),
  ])
  expect(verdicts.map((one) => one.outcome === 'added' && one.agrees)).toEqual([true, false, true, true, null])
})

test('statistics leave out by name what ended elsewhere', async () => {
  const opened = new Date(db.clock.now().getTime() - 3 * 86_400_000)
  await bringIn([
    aRow({ openedAt: opened, closedAt: new Date(opened.getTime() + 3_600_000), dueAt: new Date(opened.getTime() + 7_200_000) }),
  ])
  const { result } = await lamps.send(contract.getAppealStatistics, 'countyLead', { query: { days: 7 } })
  expect(result.exclusions).toContainEqual({ stage: 'mendedElsewhere', name: '别处修好', count: 1 })
})

test('a batch goes out again, but not what somebody has worked on, looked at or put into a topic', async () => {
  const scope = scopeOf()
  const rows = ['1', '2', '3', '4', '5'].map((key) => aRow({ key: `undo-${key}`, status: 'open', phone: '19999990043' }))
  const [moved, looked, said, gone, goneToo] = await bringIn(rows, scope)
  const other = await bringIn([aRow({ key: 'other-batch' })])
  await lamps.move(moved!.case_id, 'list', 'communityWorker', { appealType: 'help', category: 'lights' })
  const reveal = { params: { caseId: looked!.case_id }, body: { requestId: newId(), reason: '核对情况', fields: ['phone' as const] } }
  expect((await lamps.send(contract.revealContact, 'communityWorker', reveal)).status).toBeLessThan(300)

  const { areaId, areaPath } = lamps.town.areas.xingfu
  await db.superuser(sql`
    WITH topic AS (
      INSERT INTO cases.topic (topic_id, title, categories, words, area_id, area_path, state, version, opened_at)
      VALUES (${newId()}, '路灯', '{}', '{}', ${areaId}, ${areaPath}, 'open', 1, now()) RETURNING topic_id
    )
    INSERT INTO cases.topic_item (case_id, seq, topic_id, is_in, source, said_at, decided_at)
    SELECT ${said!.case_id}, 1, topic_id, true, 'appeal', now(), now() FROM topic`)

  const keys = async () => (await db.superuser<{ n: number }>('SELECT count(*)::int AS n FROM base.person_key'))[0]!.n
  const before = await keys()
  expect(await db.system((system) => cases.remove(system, scope.batchId, 1))).toEqual([expect.stringMatching(/^20250303-/)])
  const rest = await db.system((system) => cases.remove(system, scope.batchId, 500))
  expect(rest).toHaveLength(1)
  expect(await db.system((system) => cases.remove(system, scope.batchId, 500))).toEqual([])
  expect(await db.system((system) => cases.remaining(system, scope.batchId, 500))).toEqual(
    [moved, looked, said].map((one) => one!.number).sort(),
  )
  expect(await keys()).toBe(before - 2)
  for (const table of ['case_file', 'case_entry', 'case_clock', 'case_notice', 'imported_case'])
    expect(await db.superuser(`SELECT 1 FROM cases.${table} WHERE case_id IN ('${gone!.case_id}', '${goneToo!.case_id}')`)).toEqual([])
  expect(await db.superuser(`SELECT 1 FROM cases.case_file WHERE case_id = '${other[0]!.case_id}'`)).toHaveLength(1)
  expect((await checkEveryProjection(lamps.deps)).faults).toEqual([])
})

test('nothing but the undo of its own batch takes a matter out, whoever asks', async () => {
  const scope = scopeOf()
  const [file] = await bringIn([aRow({ key: 'stays' })], scope)
  const lived = await lamps.openOne()
  const remove = (batchId: string, caseId: string) =>
    db.system((system) => system.rows(sql`SELECT number FROM cases.remove_imported(${batchId}::uuid, ${[caseId]}::uuid[])`))
  expect(await remove(newId(), file!.case_id)).toEqual([])
  expect(await remove(scope.batchId, lived.caseId)).toEqual([])
  const dispatcher = lamps.town.posts.countyDispatcher.actor
  const denied = { code: '42501' }
  await expect(
    db.as(dispatcher, (ctx) => ctx.rows(sql`SELECT number FROM cases.remove_imported(${scope.batchId}::uuid, ${[file!.case_id]}::uuid[])`)),
  ).rejects.toMatchObject(denied)
  for (const work of [db.system, (run: Parameters<typeof db.system>[0]) => db.as(dispatcher, run)]) {
    await expect(work((ctx) => ctx.run(sql`DELETE FROM cases.case_entry WHERE case_id = ${file!.case_id}`))).rejects.toMatchObject(denied)
    await expect(work((ctx) => ctx.run(sql`DELETE FROM cases.case_file WHERE case_id = ${file!.case_id}`))).rejects.toMatchObject(denied)
  }
  // What was taken in here cannot be passed off as imported afterwards.
  const pass = (caseId: string) =>
    db.system((system) =>
      system.run(sql`
        INSERT INTO cases.imported_case (case_id, batch_id, source, source_key, row_hash, seq)
        VALUES (${caseId}::uuid, ${scope.batchId}::uuid, 'old-lamps', 'lived', '\\x07', 1)`),
    )
  await expect(pass(lived.caseId)).rejects.toMatchObject(denied)
  expect(await db.superuser(`SELECT 1 FROM cases.case_file WHERE case_id IN ('${file!.case_id}', '${lived.caseId}')`)).toHaveLength(2)
})

test('whatever points to a matter was written by its import, or keeps it from being taken out', async () => {
  const pointing = await db.superuser<{ name: string }>(`
    SELECT conrelid::regclass::text AS name FROM pg_constraint WHERE confrelid = 'cases.case_file'::regclass AND contype = 'f' ORDER BY name`)
  // Whose matter it was, and what it was about, goes with it.
  const written = ['case_clock', 'case_entry', 'case_notice', 'case_party', 'case_person', 'case_subject', 'imported_case']
  const keeping = ['case_file', 'case_rating', 'contact_view', 'receipt_print', 'topic_item']
  expect(pointing.map(({ name }) => name)).toEqual([...written, ...keeping].map((name) => `cases.${name}`).sort())
})
