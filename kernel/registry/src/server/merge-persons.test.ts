import type { Problem } from '@linli/base/contract'
import { newId } from '@linli/base/define'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PersonRow } from '../contract/person.ts'
import { anIdNumber, aRegistry, type RegistryUnderTest } from '../testing/index.ts'
import { eraseFile } from './erase-file.ts'
import { findProxies, listWards } from './family-proxies.ts'

let registry: RegistryUnderTest
beforeAll(async () => {
  registry = await aRegistry()
})
afterAll(() => registry?.close())

const search = async (q: string) =>
  (await registry.send('communityWorker', 'GET', `/persons?q=${encodeURIComponent(q)}`))
    .json<{ items: PersonRow[] }>()
    .items.map(({ personId }) => personId)
async function merge(
  verb: 'merge' | 'unmerge',
  personId: string,
  otherId: string,
  by: Parameters<RegistryUnderTest['send']>[0] = 'communityWorker',
) {
  const { seq } = await registry.file(personId)
  const body = { requestId: newId(), expectedSeq: seq, otherId, reason: '同一个人登记了两次' }
  return registry.send(by, 'POST', `/persons/${personId}/${verb}`, body)
}
const agreed = { textVersion: '2026-01', channel: 'paper' }

/** The same person twice: once with the number, once with the phone, a care group, a contact and a consent. */
async function twice(name: string, sequence: number) {
  const idNumber = anIdNumber('1950-07-07', sequence)
  const phone = `1999999${7000 + sequence}`
  const kept = await registry.aPerson({ name, idNumber })
  const given = await registry.aPerson({ name, phone })
  await registry.change(given, { change: 'tagged', careGroup: 'elder.lives-alone', basis: '入户走访', from: '2026-01-10' })
  const contact = { kind: 'emergency', relation: '儿子', rank: 1, name: '庚小五', phone: '19999990055', from: '2026-01-10' }
  await registry.change(given, { change: 'contactAdded', ...contact })
  await registry.change(given, { change: 'consented', purpose: 'lamps.dark-home', ...agreed })
  return { kept, given, idNumber, phone }
}

test('two files of one person become one that is found by everything either knew, and stand apart again when the merge was wrong [DATA-03] (duplicates merged, and taken apart)', async () => {
  const { kept, given, idNumber, phone } = await twice('秦桂香', 11)
  expect((await search('秦桂')).sort()).toEqual([kept, given].sort())
  const before = await registry.file(given)
  expect((await merge('merge', kept, given)).status).toBe(200)

  for (const words of ['秦桂香', idNumber, phone]) expect(await search(words), words).toEqual([kept])
  const one = await registry.file(kept)
  expect(one).toMatchObject({
    absorbed: [given],
    careGroups: [{ key: 'elder.lives-alone', to: null }],
    contacts: [{ relation: '儿子', to: null }],
  })
  expect(one.consents).toMatchObject([{ purpose: 'lamps.dark-home', withdrawnAt: null }])
  expect(one.values.map(({ field }) => field)).toContain('phone')
  expect(await registry.file(given)).toMatchObject({ status: 'merged', mergedInto: kept })
  const reveal = await registry.send('communityWorker', 'POST', `/persons/${kept}/reveal`, {
    reason: '核对并档后的电话',
    fields: ['phone'],
  })
  expect(reveal.json()).toMatchObject({ values: { phone } })

  expect((await merge('unmerge', kept, given)).status).toBe(200)
  const { seq: _, changedAt: __, ...restored } = await registry.file(given)
  const { seq: ___, changedAt: ____, ...was } = before
  expect(restored).toEqual(was)
  const apart = await registry.file(kept)
  expect(apart).toMatchObject({ absorbed: [], careGroups: [{ to: expect.any(String) }] })
  expect(apart.consents[0]!.withdrawnAt).not.toBeNull()
  expect(apart.values.map(({ field }) => field)).not.toContain('phone')
  expect(await search(phone)).toEqual([given])
  expect(await search(idNumber)).toEqual([kept])
})

test('a number that only the given file had goes along and comes back', async () => {
  const idNumber = anIdNumber('1950-07-07', 12)
  const kept = await registry.aPerson({ name: '施一鸣' })
  const given = await registry.aPerson({ name: '施一鸣', idNumber })
  await merge('merge', kept, given)
  expect(await search(idNumber)).toEqual([kept])
  await merge('unmerge', kept, given)
  expect(await search(idNumber)).toEqual([given])
})

test('two numbers are two people; a file is merged once; a merged one takes no change; another area is not there', async () => {
  const first = await registry.aPerson({ name: '卓一凡', idNumber: anIdNumber('1960-01-01', 13) })
  const second = await registry.aPerson({ name: '卓一凡', idNumber: anIdNumber('1960-01-01', 14) })
  const third = await registry.aPerson({ name: '卓一凡' })
  const code = async (answer: Promise<{ status: number; json<T>(): T }>) => {
    const { status, json } = await answer
    return [status, json<Problem>().code]
  }
  expect(await code(merge('merge', first, second))).toEqual([422, 'registry.data_invalid'])
  expect(await code(merge('merge', first, first))).toEqual([422, 'registry.data_invalid'])
  expect(await code(merge('unmerge', first, third))).toEqual([422, 'registry.data_invalid'])
  expect(await code(merge('merge', first, newId()))).toEqual([422, 'registry.data_invalid'])
  expect((await merge('merge', first, third)).status).toBe(200)
  expect(await code(merge('merge', second, third))).toEqual([422, 'registry.data_invalid'])
  expect(await code(merge('merge', second, first))).toEqual([422, 'registry.data_invalid'])
  expect(await code(registry.change(third, { change: 'died', on: '2026-02-01' }))).toEqual([409, 'registry.person_changed'])
  const { seq } = await registry.file(second)
  const body = { requestId: newId(), expectedSeq: seq, otherId: first, reason: '同一个人登记了两次' }
  expect(await code(registry.send('siblingWorker', 'POST', `/persons/${second}/merge`, body))).toEqual([404, 'registry.person_unknown'])
})

test('of two who merge crosswise at once one wins, and nothing is half done', async () => {
  const { kept, given } = await twice('褚桂芬', 15)
  const answers = await Promise.all([merge('merge', kept, given), merge('merge', given, kept)])
  expect(answers.map(({ status }) => status).filter((status) => status === 200)).toHaveLength(1)
  expect(await search('褚桂芬')).toHaveLength(1)
})

test('an erased file is found by nothing and shows nothing, from the same instant [SEC-01] (erasure)', async () => {
  const { given, phone } = await twice('雷桂香', 16)
  await registry.change(given, {
    change: 'proxyNamed',
    relation: '女儿',
    name: '雷小妹',
    phone,
    scope: ['alarms'],
    from: '2026-01-01',
    ...agreed,
  })
  expect(await search(phone)).toEqual([given])
  await registry.db.system((system) => eraseFile(system, registry.deps.vault, given))
  expect(await search(phone)).toEqual([])
  const kept = await registry.db.superuser<{ kept: string }>(
    `SELECT p.masked::text || p.tokens::text || coalesce(p.id_hash::text, '') || (SELECT string_agg(c.masked::text, '') FROM registry.contact c WHERE c.person_id = p.person_id)
       || (SELECT string_agg(f.masked::text || coalesce(f.phone_hash::text, ''), '') FROM registry.family_proxy f WHERE f.person_id = p.person_id) AS kept
     FROM registry.person p WHERE p.person_id = '${given}'`,
  )
  expect(kept[0]!.kept).toBe('{}{}{}{}')
})

test('who of the family acts for the person goes on doing so in the file that is kept, and gets the bond back when the two are taken apart, unless it was ended meanwhile', async () => {
  const phones = ['19999995901', '19999995902', '19999995903']
  const [kept, given] = [await registry.aPerson({ name: '冯桂英' }), await registry.aPerson({ name: '冯桂英' })]
  const bind = async (personId: string, phone: string, isAccepted = true): Promise<void> => {
    const named = {
      change: 'proxyNamed',
      relation: '女儿',
      name: '冯晓',
      phone,
      scope: ['alarms'],
      from: '2026-01-01',
      textVersion: '1',
      channel: 'paper',
    }
    await registry.change(personId, named)
    const { proxyId } = (await registry.file(personId)).proxies.at(-1)!
    if (isAccepted) await registry.change(personId, { change: 'proxyAccepted', proxyId, textVersion: '1', channel: 'paper' })
  }
  await bind(kept, phones[0]!)
  for (const phone of phones) await bind(given, phone, phone !== phones[2])
  await registry.change(given, { change: 'consented', purpose: 'lamps.dark-home', textVersion: '1', channel: 'paper' })
  const together = async (verb: 'merge' | 'unmerge') => {
    const { seq } = await registry.file(kept)
    const body = { requestId: newId(), expectedSeq: seq, otherId: given, reason: '同一个人登记了两次' }
    expect((await registry.send('communityWorker', 'POST', `/persons/${kept}/${verb}`, body)).status).toBe(200)
  }
  const actsFor = async (personId: string) =>
    (await registry.db.system((system) => findProxies(system, registry.deps.vault, personId, 'alarms'))).map(({ phone }) => phone).sort()
  const wardsOf = async (phone: string) =>
    (await registry.db.system((system) => listWards(system, registry.deps.vault, phone))).map(({ personId, state }) => [personId, state])
  await together('merge')
  // One bond of a telephone, in the file that is kept; the one that was asked for waits there.
  expect([await actsFor(kept), await actsFor(given)]).toEqual([phones.slice(0, 2), []])
  expect(await wardsOf(phones[0]!)).toEqual([[kept, 'inForce']])
  expect(await wardsOf(phones[2]!)).toEqual([[kept, 'asked']])
  const { proxies, consents } = await registry.file(kept)
  const of = (phone: string) => proxies.find((bond) => bond.phone.endsWith(phone.slice(-4)))!.proxyId
  await registry.change(kept, { change: 'proxyEnded', proxyId: of(phones[1]!), by: 'member', channel: 'phone' })
  await registry.change(kept, { change: 'proxyAccepted', proxyId: of(phones[2]!), textVersion: '1', channel: 'paper' })
  await registry.change(kept, { change: 'consentWithdrawn', consentId: consents[0]!.consentId, channel: 'phone' })
  await together('unmerge')
  expect([await actsFor(kept), await actsFor(given)]).toEqual([[phones[0]], [phones[0], phones[2]]])
  expect((await registry.file(given)).consents).toMatchObject([{ withdrawnAt: expect.any(String) }])
})
