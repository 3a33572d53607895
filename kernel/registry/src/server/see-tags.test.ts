import type { Problem } from '@linli/base/contract'
import { newId } from '@linli/base/define'
import { sql } from '@linli/base/server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Dwelling, PersonFile, PersonRow } from '../contract/index.ts'
import { aRegistry, type RegistryUnderTest } from '../testing/index.ts'
import { findResidents } from './find-residents.ts'

let registry: RegistryUnderTest
let home: string
let dwellings = 0
beforeAll(async () => {
  registry = await aRegistry()
})
afterAll(() => registry?.close())

type By = Parameters<RegistryUnderTest['send']>[0]

/** Each in a dwelling of her own, which is `home` until the next. */
async function elder(): Promise<string> {
  home = await registry.aDwelling('gridWorker', 'xingfuCell1', `${++dwellings}室`)
  return registry.aPerson({ name: '吴桂兰' }, { home: { addressId: home, residence: 'owner', on: '2026-01-05' } })
}
const tag = (careGroup: string) => ({ change: 'tagged', careGroup, basis: '入户走访', from: '2026-01-10' })
const get = async <T>(by: By, path: string): Promise<T> => (await registry.send(by, 'GET', path)).json<T>()

/** Everything that a post can read of a person, as one text. */
async function allThatIsRead(by: By, personId: string): Promise<string> {
  const paths = [
    `/persons/${personId}`,
    `/persons/${personId}/entries`,
    `/persons/${personId}/visits`,
    `/persons?address=${home}`,
    `/addresses/${home}`,
  ]
  return JSON.stringify(await Promise.all(paths.map((path) => get(by, path))))
}

const found = async (by: By, careGroup: string) =>
  (await get<{ items: PersonRow[] }>(by, `/persons?careGroup=${careGroup}`)).items.map(({ personId }) => personId)

test('a label has viewers: the others neither see it nor find nor count by it, wherever they look [DATA-04] (basis, start and end, viewers)', async () => {
  const personId = await elder()
  const [plain, closer] = ['elder.lives-alone', 'family-planning.special']
  for (const group of [plain, closer]) expect((await registry.change(personId, tag(group))).status).toBe(200)
  // By its group: a loss is not for the staircase to know.
  const atDesk = await registry.file(personId, 'communityWorker')
  expect(atDesk.careGroups.map(({ key, viewers }) => [key, viewers.includes('cell')])).toEqual([
    [plain, true],
    [closer, false],
  ])
  const atDoor = await allThatIsRead('gridWorker', personId)
  expect(atDoor).toContain(plain)
  expect(atDoor).not.toContain(closer)
  expect(await found('gridWorker', closer)).toEqual([])
  expect(await found('communityWorker', closer)).toEqual([personId])
  const entries = await get<{ items: { change: string }[] }>('gridWorker', `/persons/${personId}/entries`)
  expect(entries.items.filter(({ change }) => change === 'tagged')).toHaveLength(1)
  // What watches over the person knows it all the same.
  const [resident] = await registry.db.system((system) => findResidents(system, { personId }))
  expect(resident!.careGroups.sort()).toEqual([plain, closer].sort())
})

test('the community decides who sees a label, with a reason and on record; who does not see it cannot end it, and is not told that it is there', async () => {
  const personId = await elder()
  await registry.change(personId, tag('elder.lives-alone'))
  const { tagId } = (await registry.file(personId)).careGroups[0]!
  const set = (viewers: string[], by: By = 'communityWorker') =>
    registry.change(personId, { change: 'viewersSet', tagId, viewers, reason: '本人不愿意让邻居知道' }, by)
  const problem = async (answer: Awaited<ReturnType<typeof set>>) => [answer.status, answer.json<Problem>().fields?.[0]?.path]
  expect(await problem(await set(['cell'], 'gridWorker'))).toEqual([422, 'change.viewers'])
  expect(await problem(await set(['cell', 'county']))).toEqual([422, 'change.viewers'])
  expect(await problem(await set([]))).toEqual([400, 'change.viewers'])
  expect((await set(['community'])).status).toBe(200)
  expect(await problem(await set(['community']))).toEqual([422, 'change.viewers'])
  expect(await allThatIsRead('gridWorker', personId)).not.toContain('elder.lives-alone')
  const end = { change: 'untagged', tagId, on: '2026-02-01', reason: '搬去和女儿住' }
  expect(await problem(await registry.change(personId, end, 'gridWorker'))).toEqual([422, 'change.tagId'])
  // A grid worker who finds it again is not told that it is known.
  expect((await registry.change(personId, tag('elder.lives-alone'), 'gridWorker')).status).toBe(200)
  expect((await registry.file(personId)).careGroups).toHaveLength(2)
  expect((await registry.change(personId, tag('elder.lives-alone'))).json<Problem>().fields?.[0]?.path).toBe('change.careGroup')
  const history = await get<{ items: { change: string }[] }>('communityWorker', `/persons/${personId}/entries`)
  expect(history.items.map(({ change }) => change)).toContain('viewersSet')
  // The trail is read by others than the label.
  const trail = await registry.db.superuser<{ text: string }>(
    sql`SELECT detail::text AS text FROM base.audit_entry WHERE subject_id = ${personId}`,
  )
  expect(trail.map(({ text }) => text).join()).not.toContain('lives-alone')
})

test('a label that went into another file has the viewers it had, and what a visit found is shown by the same rule', async () => {
  const [kept, given] = [await elder(), await elder()]
  await registry.change(given, tag('family-planning.special'))
  const { seq } = await registry.file(kept)
  const merge = { requestId: newId(), expectedSeq: seq, otherId: given, reason: '同一个人登记了两次' }
  expect((await registry.send('communityWorker', 'POST', `/persons/${kept}/merge`, merge)).status).toBe(200)
  const visit = {
    requestId: newId(),
    seenSeq: 1,
    madeAt: registry.db.clock.now().toISOString(),
    met: 'person',
    result: 'well',
    tags: [{ careGroup: 'family-planning.special', basis: '入户走访' }],
  }
  const other = await elder()
  expect((await registry.send('gridWorker', 'POST', `/persons/${other}/visits`, visit)).status).toBe(201)
  for (const personId of [kept, other]) {
    expect(await allThatIsRead('gridWorker', personId)).not.toContain('family-planning')
    expect(await allThatIsRead('communityWorker', personId)).toContain('family-planning')
  }
  expect((await get<Dwelling>('gridWorker', `/addresses/${home}`)).now.length).toBeGreaterThan(0)
  expect((await get<PersonFile>('gridWorker', `/persons/${kept}`)).careGroups).toEqual([])
})
