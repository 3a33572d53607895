import type { AreaRow } from '@linli/access/server'
import { codeOf, type Member, type Town } from '../seed-town.ts'
import { type OfficeName, offices } from '../town-offices.ts'
import { people } from '../town-people.ts'
import { communityPlans, drawCells, placeCodes } from '../town-places.ts'

const id = (kind: string, n: number): string => `00000000-0000-7000-8000-${kind}${n.toString(16).padStart(12 - kind.length, '0')}`

/** The demo town without a database: for tests of what history makes of it. */
export function paperTown(): Town {
  const areas = new Map<string, AreaRow>()
  const put = (code: string, level: AreaRow['level']): void => {
    areas.set(code, { ...nowhere, areaId: id('a', areas.size), level, code, name: code, areaPath: `/${code}/` })
  }
  put(placeCodes.county, 'county')
  for (const code of [placeCodes.subdistrict, placeCodes.otherSubdistrict, placeCodes.town]) put(code, 'township')
  for (const code of [placeCodes.oldEstate, placeCodes.commercialEstate, placeCodes.village, placeCodes.songhua, placeCodes.chengnan])
    put(code, 'community')
  const buildings = new Map<string, { name: string; lon: number; lat: number }[]>()
  for (const plan of Object.values(communityPlans)) {
    for (const cell of drawCells(plan)) {
      put(cell.code, 'cell')
      buildings.set(cell.code, cell.buildings)
    }
  }
  const keys = Object.keys(offices) as OfficeName[]
  const orgs = Object.fromEntries(keys.map((key, i) => [key, id('b', i)])) as Town['orgs']
  const members = people.map(
    ({ account, name, role, office, area }, i): Member => ({
      account,
      name,
      role,
      office,
      accountId: id('c', i),
      postId: id('d', i),
      orgId: orgs[office],
      area: areas.get(codeOf(area))!,
    }),
  )
  return { areas, buildings, orgs, members }
}

const nowhere = {
  parentId: null,
  kind: '',
  countyId: null,
  townshipId: null,
  communityId: null,
  cellId: null,
  centerLon: null,
  centerLat: null,
}
