import { sql } from '@linli/base/server'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { comesOfAgeOn, isMinor, maskPerson } from '../define/person-fields.ts'
import { anIdNumber, aRegistry, type RegistryUnderTest } from '../testing/index.ts'
import { eraseFile } from './erase-file.ts'
import { unmaskOfAge } from './project-person.ts'

let registry: RegistryUnderTest
let home: string
beforeAll(async () => {
  registry = await aRegistry()
  home = await registry.aDwelling('gridWorker', 'xingfuCell1')
})
afterAll(() => registry?.close())

const days = (day: string, more: number): string => new Date(Date.parse(`${day}T00:00:00Z`) + more * 86_400_000).toISOString().slice(0, 10)
const at = (day: string): Date => new Date(`${day}T00:30:00+08:00`)
const seen = async (personId: string, q: string) => {
  const answer = await registry.send('communityWorker', 'GET', `/persons?q=${encodeURIComponent(q)}`)
  return answer.json<{ items: { personId: string; masked: { name: string } }[] }>().items.find((one) => one.personId === personId)?.masked
    .name
}

test('on every day somebody is a minor or of age, and turns once, on the eighteenth birthday', () => {
  const birthday = fc
    .date({ min: new Date('1990-01-01'), max: new Date('2026-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10))
  fc.assert(
    fc.property(birthday, fc.integer({ min: -400, max: 400 }), (birthDate, off) => {
      const turns = comesOfAgeOn(birthDate)
      const today = days(turns, off)
      expect(isMinor(birthDate, today)).toBe(off < 0)
      expect(maskPerson({ name: '欧阳小明', birthDate }, today).name).toBe(off < 0 ? '欧阳某' : '欧阳**')
      expect([birthDate.slice(5), birthDate.slice(5) === '02-29' ? '03-01' : birthDate.slice(5)]).toContain(turns.slice(5))
      expect(Number(turns.slice(0, 4)) - Number(birthDate.slice(0, 4))).toBe(18)
    }),
  )
})

test('a minor is shown by the surname alone wherever others read of them, found by the whole name, and from the eighteenth birthday as adults are [SEC-01] (minors masked)', async () => {
  const today = registry.db.clock.now().toISOString().slice(0, 10)
  const turns = days(today, 40)
  const birthDate = `${Number(turns.slice(0, 4)) - 18}${turns.slice(4)}`
  const personId = await registry.aPerson(
    { name: '赵小乐', idNumber: anIdNumber(birthDate, 71) },
    { home: { addressId: home, residence: 'owner', on: '2026-01-05' } },
  )
  const adult = await registry.aPerson({ name: '赵小芳', idNumber: anIdNumber('1980-02-03', 72) })
  expect(await seen(personId, '赵小乐')).toBe('赵某')
  expect(await seen(adult, '赵小芳')).toBe('赵*芳')
  const file = await registry.file(personId)
  expect(file.values.find(({ field }) => field === 'name')?.masked).toBe('赵某')
  expect(JSON.stringify((await registry.send('gridWorker', 'GET', `/addresses/${home}`)).json())).not.toContain('赵*乐')
  expect(JSON.stringify((await registry.send('communityWorker', 'GET', '/persons?limit=100')).json())).not.toContain('赵*乐')

  await registry.db.system((system) => unmaskOfAge(system))
  expect(await seen(personId, '赵小乐')).toBe('赵某')
  registry.db.clock.moveTo(at(days(turns, -1)))
  await registry.db.system((system) => unmaskOfAge(system))
  expect(await seen(personId, '赵小乐')).toBe('赵某')
  registry.db.clock.moveTo(at(turns))
  expect(await registry.db.system((system) => unmaskOfAge(system))).toBe(1)
  expect(await registry.db.system((system) => unmaskOfAge(system))).toBe(0)
  expect(await seen(personId, '赵小乐')).toBe('赵*乐')
  const { values } = await registry.file(personId)
  expect(values.find(({ field }) => field === 'name')?.masked).toBe('赵*乐')
})

test('a date of birth that is corrected makes a minor and unmakes one, a file that is erased leaves no mask behind', async () => {
  const born = registry.db.clock.now().getUTCFullYear() - 10
  const personId = await registry.aPerson({ name: '钱多多' })
  const say = (birthDate: string) => registry.change(personId, { change: 'corrected', values: { birthDate } })
  expect(await seen(personId, '钱多多')).toBe('钱*多')
  expect((await say(`${born}-05-06`)).status).toBe(200)
  expect(await seen(personId, '钱多多')).toBe('钱某')
  expect((await say('1950-05-06')).status).toBe(200)
  expect(await seen(personId, '钱多多')).toBe('钱*多')
  expect((await say(`${born}-05-06`)).status).toBe(200)
  const kept = () => registry.db.superuser(sql`SELECT name FROM registry.minor WHERE person_id = ${personId}::uuid`)
  expect(await kept()).toEqual([{ name: '钱*多' }])
  await registry.db.system((system) => eraseFile(system, registry.deps.vault, personId))
  expect(await kept()).toEqual([])
})
