import { type TestDatabase, testDatabase } from '@linli/base/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as contract from '../../contract/index.ts'
import { type CasesApp, casesApp } from '../../testing/cases-app.ts'
import { addDuties, type NewDuty } from '../duties/add-duties.ts'
import { type DutyRow, rankDuties } from './route-case.ts'

const duty = (org: string, changes: Partial<DutyRow> = {}): DutyRow => ({
  org_id: org,
  org_name: org,
  category: 'lights',
  area_path: '/1/2/',
  clause_no: '1',
  clause: '路灯养护',
  document: '清单',
  words: ['路灯', '灯杆'],
  recent: 0,
  ...changes,
})

describe('which duty fits best', () => {
  test('the category that was given counts more than words, and words more than habit', () => {
    const ranked = rankDuties(
      [
        duty('words', { category: 'roads' }),
        duty('category', { words: [] }),
        duty('both'),
        duty('habit', { category: 'roads', words: ['灯'], recent: 9 }),
      ],
      '路灯不亮',
      'lights',
    )
    expect(ranked.map((one) => one.orgId)).toEqual(['both', 'category', 'habit', 'words'])
    expect(ranked[0]).toMatchObject({ seenWords: ['路灯'], clauseNo: '1', document: '清单' })
  })

  test('without a word and without the category there is no reason to suggest it', () => {
    expect(rankDuties([duty('water', { category: 'water', words: ['水管'] })], '路灯不亮', 'lights')).toEqual([])
    expect(rankDuties([duty('lights')], '垃圾没人收', null)).toEqual([])
  })

  test('of two that fit alike the nearer one comes first, then the one that took more of late', () => {
    expect(rankDuties([duty('county'), duty('township', { area_path: '/1/2/3/' })], '路灯', 'lights').map((one) => one.orgId)).toEqual([
      'township',
      'county',
    ])
    expect(rankDuties([duty('idle'), duty('busy', { recent: 5 })], '路灯', 'lights').map((one) => one.orgId)).toEqual(['busy', 'idle'])
  })

  test('an organization that answers by several clauses is named once, by the one that fits best', () => {
    const ranked = rankDuties(
      [duty('a', { clause_no: '7', words: ['路灯', '不亮'] }), duty('a', { clause_no: '3' }), duty('b', { clause_no: '9' })],
      '路灯不亮',
      'lights',
    )
    expect(ranked.map((one) => [one.orgId, one.clauseNo])).toEqual([
      ['a', '7'],
      ['b', '9'],
    ])
  })
})

describe('by place × category × duty list', () => {
  let db: TestDatabase
  let lamps: CasesApp
  beforeAll(async () => {
    db = await testDatabase({ through: 'cases' })
    lamps = await casesApp(db)
    const { areas, orgs } = lamps.town
    const line = (orgId: string, area: keyof typeof areas, changes: Partial<NewDuty> = {}): NewDuty => ({
      category: 'lights',
      orgId,
      areaPath: areas[area].areaPath,
      standing: 'basic',
      clauseNo: '12',
      clause: '道路照明设施维护',
      document: '清河县职责清单',
      words: ['路灯'],
      validFrom: '2026-01-01',
      ...changes,
    })
    await db.system((system) =>
      addDuties(system, [
        line(orgs.urbanManagement, 'county'),
        line(orgs.housing, 'county', { category: 'roads', words: ['路面'] }),
        line(orgs.subdistrictOffice, 'subdistrict', { standing: 'withdrawn' }),
        line(orgs.townGovernment, 'town'),
        line(orgs.propertyCompany, 'xiangyang', { standing: 'cooperating' }),
        line(orgs.policeStation, 'county', { validFrom: '2026-03-03' }),
      ]),
    )
  })
  afterAll(async () => {
    await lamps?.close()
    await db?.close()
  })
  const suggested = async (areaCode: string) => {
    const { caseId } = await lamps.openOne({ areaCode, category: 'lights' })
    const by = areaCode.startsWith('239999001') ? 'dispatcher' : 'otherDispatcher'
    return (await lamps.send(contract.suggestRoute, by, { params: { caseId } })).result.items.map((item) => item.orgName)
  }

  test('a duty holds in its area and below, and a withdrawn one is not suggested downward', async () => {
    expect(await suggested('239999001001001')).toEqual(['清河县城市管理局'])
    expect(await suggested('239999001002001')).toEqual(['安居物业服务公司', '清河县城市管理局'])
    expect(await suggested('239999100200001')).toEqual(['柳林镇人民政府', '清河县城市管理局'])
  })

  test('a duty is in force from its day in Shanghai, not from that of Greenwich', async () => {
    db.clock.moveTo('2026-03-02T15:59:00Z')
    expect(await suggested('239999001001001')).not.toContain('河东派出所')
    db.clock.moveTo('2026-03-02T16:01:00Z')
    expect(await suggested('239999001001001')).toContain('河东派出所')
  })

  test('what an organization took here lately is counted with it', async () => {
    for (let i = 0; i < 2; i++) {
      const { caseId } = await lamps.moveTo('listed')
      await lamps.move(caseId, 'send', 'dispatcher', { orgId: lamps.town.orgs.urbanManagement })
    }
    const { caseId } = await lamps.moveTo('listed')
    const { items } = (await lamps.send(contract.suggestRoute, 'dispatcher', { params: { caseId } })).result
    expect(items.find((item) => item.orgId === lamps.town.orgs.urbanManagement)).toMatchObject({
      recentCases: 2,
      seenWords: ['路灯'],
      clause: '道路照明设施维护',
    })
  })
})
