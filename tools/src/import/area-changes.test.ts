import { type AreaChange, changeAreas } from '@linli/access/server'
import { type TestDatabase, testDatabase } from '@linli/base/testing'
import { listCases } from '@linli/cases/contract'
import { type CasesApp, casesApp } from '@linli/cases/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'

let db: TestDatabase
let house: CasesApp
beforeAll(async () => {
  db = await testDatabase({ through: 'cases' })
  house = await casesApp(db)
})
afterAll(async () => {
  await house?.close()
  await db?.close()
})

/** Every row of every table that holds cases, posts, organizations or buildings, with the transaction that wrote it last. */
async function everyRow(): Promise<Record<string, unknown>> {
  const tables = await db.superuser<{ name: string }>(`
    SELECT schemaname || '.' || tablename AS name FROM pg_tables
    WHERE schemaname = 'cases' OR schemaname = 'access' AND tablename NOT IN ('area', 'area_code', 'area_successor', 'session') ORDER BY 1`)
  const rows: Record<string, unknown> = {}
  for (const { name } of tables) rows[name] = await db.superuser(`SELECT t, xmin FROM ${name} t ORDER BY t::text`)
  return rows
}

const change = (kind: AreaChange['kind'], oldCode: string, newCode: string, newName: string | null = null): AreaChange => ({
  line: 2,
  kind,
  oldCode,
  newCode,
  newName,
  validFrom: '2026-02-01',
  share: null,
})

test('a community that is merged and one that is recoded keep every case where it is, and it stays visible', async () => {
  const here = await house.moveTo('mending')
  const recoded = await house.openOne({ areaCode: '239999100200001' })
  const before = await everyRow()
  expect(before['cases.case_entry']).not.toEqual([])
  await db.system((ctx) =>
    changeAreas(
      ctx,
      [
        change('merge', '239999001001', '239999001002'),
        change('move', '239999001001001', '239999001002011'),
        change('move', '239999001001002', '239999001002012'),
        change('recode', '239999100200', '239999100207', '柳河村'),
      ],
      'changes.csv',
    ),
  )
  expect(await everyRow()).toEqual(before)
  const ids = async (by: Parameters<CasesApp['send']>[1]) => (await house.send(listCases, by, {})).result.items.map((row) => row.caseId)
  expect(await ids('communityWorker')).toEqual([here.caseId])
  expect(await ids('villageWorker')).toEqual([recoded.caseId])
  expect((await ids('countyLead')).sort()).toEqual([here.caseId, recoded.caseId].sort())
  expect((await house.move(here.caseId, 'mend', 'departmentClerk', { words: '换了灯泡' })).stage).toBe('mended')
})

test('an appeal that names an old code is filed where that place is now', async () => {
  db.clock.advance(61_000)
  const { caseId } = await house.openOne({ areaCode: '239999001001002' })
  const rows = await db.superuser(`
    SELECT cell.code AS cell, community.code AS community FROM cases.case_file f JOIN access.area cell ON cell.area_id = f.cell_id
    JOIN access.area community ON community.area_id = f.community_id WHERE f.case_id = '${caseId}'`)
  expect(rows).toEqual([{ cell: '239999001002012', community: '239999001002' }])
})
