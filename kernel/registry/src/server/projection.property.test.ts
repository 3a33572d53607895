import { newId } from '@linli/base/define'
import { createPersonKey, sql, systemActor } from '@linli/base/server'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { foldPerson } from '../define/fold-person.ts'
import type { PersonChange } from '../define/person-change.ts'
import { aRegistry, type RegistryUnderTest } from '../testing/index.ts'
import { append, loadEntries } from './person-store.ts'
import { project } from './project-person.ts'
import { sealText } from './seal-person.ts'

let registry: RegistryUnderTest
let homes: string[]
beforeAll(async () => {
  registry = await aRegistry()
  homes = [await registry.aDwelling('gridWorker', 'xingfuCell1'), await registry.aDwelling('otherGridWorker', 'xingfuCell2')]
})
afterAll(() => registry?.close())

/** What may follow one another in any order. */
const steps = fc.array(
  fc.oneof(
    fc.record({ change: fc.constant('corrected' as const), phone: fc.integer({ min: 0, max: 9999 }) }),
    fc.record({ change: fc.constant('movedIn' as const), home: fc.nat(1) }),
    fc.record({ change: fc.constant('movedOut' as const) }),
    fc.record({ change: fc.constant('tagged' as const) }),
    fc.record({ change: fc.constant('contactAdded' as const), rank: fc.integer({ min: 1, max: 9 }) }),
    fc.record({ change: fc.constant('joinedHousehold' as const), home: fc.nat(1) }),
    fc.record({ change: fc.constant('related' as const) }),
    fc.record({ change: fc.constant('mergedInto' as const), isUndone: fc.boolean() }),
    fc.record({ change: fc.constant('proxyNamed' as const), isAccepted: fc.boolean(), isEnded: fc.boolean() }),
    fc.record({ change: fc.constant('consented' as const), purpose: fc.integer({ min: 1, max: 1_000_000 }) }),
  ),
  { maxLength: 8 },
)

test('the projection of any history, made again from its entries, is the same row for row [GRID-13] (every change versioned)', async () => {
  const { vault } = registry.db.deps
  const communityId = registry.town.areas.xingfu.areaId
  const someone = await registry.aPerson({ name: '吴小妹' })
  const by = { source: 'visit' as const, actor: systemActor }
  await fc.assert(
    fc.asyncProperty(steps, async (chosen) => {
      const personId = newId()
      await registry.db.system(async (system) => {
        const { keyId, key } = await createPersonKey(system, vault)
        const seal = (value: string) => sealText(vault, key, value)
        const changes: PersonChange[] = [
          { change: 'recorded', data: { values: { name: seal('吴桂兰') }, communityId } },
          ...chosen.flatMap((step): PersonChange | PersonChange[] => {
            if (step.change === 'corrected')
              return { change: 'corrected', data: { values: { phone: seal(`1999999${String(step.phone).padStart(4, '0')}`) } } }
            if (step.change === 'movedIn')
              return { change: 'movedIn', data: { addressId: homes[step.home]!, residence: 'owner', on: '2026-01-01' } }
            if (step.change === 'movedOut') return { change: 'movedOut', data: { on: '2026-01-02', communityId } }
            if (step.change === 'tagged')
              return { change: 'tagged', data: { tagId: newId(), careGroup: 'elder.lives-alone', basis: '走访', from: '2026-01-01' } }
            if (step.change === 'contactAdded')
              return {
                change: 'contactAdded',
                data: {
                  contactId: newId(),
                  kind: 'emergency',
                  relation: '女儿',
                  rank: step.rank,
                  name: seal('吴小妹'),
                  phone: seal('19999990000'),
                  from: '2026-01-01',
                },
              }
            if (step.change === 'proxyNamed') return bond(step, seal)
            if (step.change === 'joinedHousehold')
              return {
                change: 'joinedHousehold',
                data: { householdId: newId(), addressId: homes[step.home]!, role: 'head', on: '2026-01-01' },
              }
            if (step.change === 'related')
              return { change: 'related', data: { relationId: newId(), otherId: someone, kind: 'child', from: '2026-01-01' } }
            if (step.change === 'mergedInto')
              return [
                { change: 'mergedInto', data: { keptId: someone, on: '2026-01-03', reason: '同一个人' } },
                ...(step.isUndone ? [{ change: 'unmerged' as const, data: { keptId: someone, reason: '并错了' } }] : []),
              ]
            return {
              change: 'consented',
              data: { consentId: newId(), purpose: `scene.p${step.purpose}`, textVersion: '1', channel: 'paper' },
            }
          }),
        ]
        await append(system, vault, { personId, keyId, key, entries: [] }, changes, by)
        const before = await rows(personId)
        const entries = await loadEntries(system, personId)
        await project(system, vault, [{ personId, keyId, key, state: foldPerson(entries) }])
        expect(await rows(personId)).toEqual(before)

        async function rows(id: string): Promise<unknown> {
          return system.get(sql`SELECT to_jsonb(p) AS person,
            (SELECT jsonb_agg(t ORDER BY tag_id) FROM registry.care_tag t WHERE t.person_id = p.person_id) AS tags,
            (SELECT jsonb_agg(c ORDER BY contact_id) FROM registry.contact c WHERE c.person_id = p.person_id) AS contacts,
            (SELECT jsonb_agg(r ORDER BY seq) FROM registry.residence r WHERE r.person_id = p.person_id) AS stays,
            (SELECT jsonb_agg(m ORDER BY seq) FROM registry.household_member m WHERE m.person_id = p.person_id) AS members,
            (SELECT jsonb_agg(r ORDER BY relation_id) FROM registry.relation r WHERE r.person_id = p.person_id) AS relations,
            (SELECT jsonb_agg(f ORDER BY proxy_id) FROM registry.family_proxy f WHERE f.person_id = p.person_id) AS proxies,
            (SELECT jsonb_agg(c ORDER BY consent_id) FROM registry.consent c WHERE c.person_id = p.person_id) AS consents
            FROM registry.person p WHERE person_id = ${id}`)
        }
      })
    }),
    { numRuns: 30 },
  )
})

function bond({ isAccepted, isEnded }: { isAccepted: boolean; isEnded: boolean }, seal: (value: string) => string): PersonChange[] {
  const proxyId = newId()
  const agreed = { textVersion: '1', channel: 'paper' }
  const named = {
    relation: '女儿',
    scope: ['alarms' as const],
    from: '2026-01-01',
    to: null,
    name: seal('吴小妹'),
    phone: seal('19999990000'),
  }
  return [
    { change: 'proxyNamed', data: { proxyId, ...named, ...agreed } },
    ...(isAccepted ? [{ change: 'proxyAccepted' as const, data: { proxyId, ...agreed } }] : []),
    ...(isEnded ? [{ change: 'proxyEnded' as const, data: { proxyId, by: 'member' as const, channel: 'phone' } }] : []),
  ]
}
