import { type TestDatabase, testDatabase } from '@linli/base/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { baseRoles, organizationKinds, organizationTemplates } from '../define/index.ts'
import { addArea } from './place-areas.ts'
import { setUpOffices } from './set-up-offices.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase({ through: 'access' })
  await db.system(async (ctx) => {
    await addArea(ctx, { level: 'county', kind: 'county', code: '239999', name: '清河县' })
    await addArea(ctx, { parent: '239999', level: 'township', kind: 'subdistrict', code: '239999001', name: '河东街道' })
    await addArea(ctx, { parent: '239999', level: 'township', kind: 'town', code: '239999100', name: '柳林镇' })
    await addArea(ctx, { parent: '239999001', level: 'community', kind: 'urban_community', code: '239999001001', name: '幸福社区' })
    await addArea(ctx, { parent: '239999100', level: 'community', kind: 'village', code: '239999100200', name: '柳林村' })
  })
})
afterAll(() => db.close())

test('a county gets its offices after the template of who leads the grid, and the same again adds none', async () => {
  const made = await db.system((ctx) => setUpOffices(ctx, 'socialWork', '239999'))
  const names = made.map(({ name }) => name)
  expect(names).toEqual(
    expect.arrayContaining([
      '清河县委社会工作部',
      '河东街道办事处',
      '柳林镇人民政府',
      '幸福社区居民委员会',
      '柳林村村民委员会',
      '柳林镇综治中心',
    ]),
  )
  expect(names).not.toContain('清河县委政法委员会')
  expect(await db.system((ctx) => setUpOffices(ctx, 'socialWork', '239999'))).toEqual([])
  const [center] = await db.superuser<{ parent: string; template: string }>(`
    SELECT p.name AS parent, o.template FROM access.organization o JOIN access.organization p ON p.org_id = o.parent_id WHERE o.name = '柳林镇综治中心'`)
  expect(center).toEqual({ parent: '清河县综治中心', template: 'socialWork' })
})

test('an office gets the number it answers, and a changed one when it is set up again', async () => {
  const phoneOf = async (name: string) =>
    (await db.superuser<{ phone: string | null }>(`SELECT phone FROM access.organization WHERE name = '${name}'`))[0]?.phone
  for (const phone of ['19999990301', '19999990302']) {
    await db.system((ctx) => setUpOffices(ctx, 'socialWork', '239999', { 幸福社区居民委员会: phone }))
    expect(await phoneOf('幸福社区居民委员会')).toBe(phone)
  }
  expect(await phoneOf('河东街道办事处')).toBeNull()
  await expect(db.system((ctx) => setUpOffices(ctx, 'socialWork', '239999', { 幸福社区居民委员会: '请问前台' }))).rejects.toThrow()
})

test('templates and roles name only kinds of organization that there are', () => {
  const kinds = new Set([...organizationKinds.map(({ key }) => key), 'government'])
  for (const { key, lead, county, township, community } of organizationTemplates) {
    expect(county, key).toContain(lead)
    for (const kind of [...county, ...township, ...community]) expect(kinds, `${key}: ${kind}`).toContain(kind)
  }
  for (const { key, orgKinds } of baseRoles) for (const kind of orgKinds) expect(kinds, `${key}: ${kind}`).toContain(kind)
})

test('no role of an administrator sees business data, and no working role administers', () => {
  for (const { key, separation, reach, permissions } of baseRoles) {
    // Who divides a community into cells works there; nobody is appointed or watched by it.
    const administers = permissions.some((permission) => /^(access|audit)\./.test(permission) && !/Cells$/.test(permission))
    expect(administers, key).toBe(separation !== 'work')
    if (separation !== 'work')
      expect({ key, reach, cases: permissions.filter((one) => one.startsWith('cases.')) }).toEqual({ key, reach: 'none', cases: [] })
  }
})
