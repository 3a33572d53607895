import { sql } from '@linli/base/server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Dwelling } from '../contract/dwelling.ts'
import { aRegistry, type RegistryUnderTest } from '../testing/index.ts'
import type { ProfileSlot, ProfileSubject } from './profile-sections.ts'

const asked: ProfileSubject[] = []
const slot = (key: string, permission: string, lines: number): ProfileSlot => ({
  key,
  name: { zh: '路灯', en: 'Lamps' },
  none: { zh: '没有', en: 'None' },
  kind: 'lamp',
  permission,
  async read(ctx, subject, most) {
    asked.push(subject)
    const { reach } = await ctx.get(sql<{ reach: string }>`SELECT base.setting('reach') AS reach`)
    return Array.from({ length: Math.min(lines, most) }, (_, at) => ({
      id: `0198f000-0000-7000-8000-0000000000${10 + at}`,
      title: { zh: `第${at}盏`, en: `Lamp ${at}` },
      at: null,
      state: null,
      marks: [],
      note: reach,
      level: null,
    }))
  },
})

let registry: RegistryUnderTest
beforeAll(async () => {
  registry = await aRegistry({
    dwellingSections: [slot('lamps.near', 'registry.read', 1), slot('lamps.others', 'lamps.read', 1)],
    sections: [slot('lamps.own', 'registry.read', 12), slot('lamps.others', 'lamps.read', 1)],
  })
})
afterAll(() => registry?.close())

test('sections are read in the scope of whoever opens the file, and one opening is one line of the trail that names them', async () => {
  const addressId = await registry.aDwelling('gridWorker', 'xingfuCell1')
  const personId = await registry.aPerson({ name: '吴桂兰' }, { home: { addressId, residence: 'owner', on: '2026-01-05' } })
  const { sections } = await registry.file(personId, 'gridWorker')
  // What the post may not read is no section, not an empty one.
  expect(sections.map(({ key }) => key)).toEqual(['lamps.own'])
  expect(sections[0]).toMatchObject({ kind: 'lamp', hasMore: true, name: { zh: '路灯', en: 'Lamps' } })
  expect(sections[0]!.items).toHaveLength(10)
  expect(sections[0]!.items[0]!.note).toBe('cell')
  expect(asked.at(-1)).toEqual({ personIds: [personId], home: { addressId, since: '2026-01-05' } })
  const trail = await registry.db.superuser<{ detail: object }>(sql`
    SELECT detail FROM base.audit_entry WHERE action = 'registry.read' AND subject_id = ${personId}`)
  expect(trail.map(({ detail }) => detail)).toEqual([{ sections: ['lamps.own'] }])
})

test('a file that took another over is asked for under both ids', async () => {
  const [kept, given] = [await registry.aPerson({ name: '钱国强' }), await registry.aPerson({ name: '钱国强' })]
  const { seq } = await registry.file(kept)
  const body = { requestId: crypto.randomUUID(), expectedSeq: seq, otherId: given, reason: '同一个人登记了两次' }
  expect((await registry.send('communityWorker', 'POST', `/persons/${kept}/merge`, body)).status).toBe(200)
  await registry.file(kept)
  expect(asked.at(-1)).toEqual({ personIds: [kept, given], home: null })
})

test('a dwelling has its sections in the scope of whoever looks, and the look is on the trail', async () => {
  const addressId = await registry.aDwelling('gridWorker', 'xingfuCell1', '502室')
  const { sections } = (await registry.send('gridWorker', 'GET', `/addresses/${addressId}`)).json<Dwelling>()
  expect(sections.map(({ key, items }) => [key, items[0]?.note])).toEqual([['lamps.near', 'cell']])
  expect(asked.at(-1)).toEqual({ personIds: [], home: { addressId, since: null } })
  const trail = await registry.db.superuser<{ detail: object }>(sql`
    SELECT detail FROM base.audit_entry WHERE action = 'registry.read' AND subject_id = ${addressId}`)
  expect(trail.map(({ detail }) => detail)).toEqual([{ sections: ['lamps.near'] }])
})
