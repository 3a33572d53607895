import type { Problem } from '@linli/base/contract'
import { newId } from '@linli/base/define'
import { sql } from '@linli/base/server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OpenCorrection } from '../contract/correction.ts'
import { anIdNumber, aRegistry, type RegistryUnderTest } from '../testing/index.ts'
import { eraseFile } from './erase-file.ts'

let registry: RegistryUnderTest
let home: string
beforeAll(async () => {
  registry = await aRegistry()
  home = await registry.aDwelling('gridWorker', 'xingfuCell1')
})
afterAll(() => registry?.close())

type By = Parameters<RegistryUnderTest['send']>[0]

/** A file that the police have said. */
async function known(): Promise<string> {
  const personId = await registry.aPerson({ name: '吴志远' }, { home: { addressId: home, residence: 'owner', on: '2026-01-05' } })
  await registry.db.superuser(
    `UPDATE registry.person_entry SET source = 'policeFile' WHERE person_id = '${personId}' AND change = 'recorded'`,
  )
  return personId
}

const ask = (personId: string, more: object = {}, by: By = 'communityWorker') =>
  registry.send(by, 'POST', `/persons/${personId}/corrections`, {
    requestId: newId(),
    field: 'name',
    value: '吴致远',
    basis: '户口簿上写的是“致”',
    ...more,
  })
const decide = (personId: string, correctionId: string, outcome: string, by: By) =>
  registry.send(by, 'POST', `/persons/${personId}/corrections/${correctionId}`, { requestId: newId(), outcome })
const list = async (by: By, state = 'open') =>
  (await registry.send(by, 'GET', `/corrections?state=${state}&limit=100`)).json<{ items: OpenCorrection[] }>().items
const code = async (answer: ReturnType<typeof ask>) => {
  const { status, json } = await answer
  return [status, json<Problem>().code]
}

test('what the police own is not changed here but asked for, and another person decides whether it is passed on [DATA-01] (local edits become correction requests)', async () => {
  const personId = await known()
  const direct = await registry.change(personId, { change: 'corrected', values: { name: '吴致远' } })
  expect([direct.status, direct.json<Problem>().code]).toEqual([409, 'registry.field_owned'])
  const asked = await ask(personId)
  expect(asked.status).toBe(201)
  const { correctionId } = asked.json<{ correctionId: string }>()
  const [mine] = (await registry.file(personId)).corrections
  expect(mine).toMatchObject({ correctionId, field: 'name', held: '吴*远', masked: '吴*远', basis: '户口簿上写的是“致”', maySettle: false })
  expect(await code(decide(personId, correctionId, 'sent', 'communityWorker'))).toEqual([403, 'registry.correction_own'])
  // Passed on or left: never taken, for it is not ours.
  expect(await code(decide(personId, correctionId, 'applied', 'gridWorker'))).toEqual([422, 'registry.data_invalid'])
  expect((await list('gridWorker')).find((one) => one.correctionId === correctionId)).toMatchObject({
    maySettle: true,
    by: '王小燕',
    isAsked: true,
  })
  expect((await decide(personId, correctionId, 'sent', 'gridWorker')).status).toBe(200)
  expect(await code(decide(personId, correctionId, 'kept', 'gridWorker'))).toEqual([409, 'registry.correction_settled'])
  expect((await registry.file(personId)).corrections[0]).toMatchObject({ outcome: 'sent', maySettle: false })
  expect((await list('communityWorker', 'settled')).map((one) => one.correctionId)).toContain(correctionId)
})

test('of a value one correction waits at a time, also of two who ask at once; what is not owned, not new or cannot be right is refused by its field', async () => {
  const personId = await known()
  const twins = await Promise.all([ask(personId), ask(personId, {}, 'gridWorker')])
  expect(twins.map(({ status }) => status).sort()).toEqual([201, 409])
  const wrong: [object, string][] = [
    [{ field: 'phone', value: '19999995801' }, 'field'],
    [{ value: '吴志远' }, 'value'],
    [{ value: '吴' }, 'value'],
    [{ field: 'idNumber', value: '239999195103150249' }, 'value'],
    [{ field: 'birthDate', value: '去年' }, 'value'],
  ]
  for (const [said, path] of wrong) {
    const answer = await ask(personId, said)
    expect([answer.status, answer.json<Problem>().fields?.[0]?.path]).toEqual([422, path])
  }
  // Nobody has said a number yet, so it is no correction.
  expect(await code(ask(personId, { field: 'idNumber', value: anIdNumber('1951-03-15', 77) }))).toEqual([422, 'registry.data_invalid'])
})

test('another area neither sees, asks nor decides, and both values and reasons lie sealed until the file is erased', async () => {
  const personId = await known()
  const { correctionId } = (await ask(personId)).json<{ correctionId: string }>()
  for (const by of ['siblingWorker', 'otherGridWorker'] as const) {
    expect((await list(by)).map((one) => one.correctionId)).not.toContain(correctionId)
    expect((await ask(personId, {}, by)).status).toBe(404)
    expect((await decide(personId, correctionId, 'kept', by)).status).toBe(404)
  }
  expect((await registry.send('dispatcher', 'GET', '/corrections')).status).toBe(403)
  const kept = await registry.db.superuser<{ kept: string }>(
    sql`SELECT to_jsonb(c)::text AS kept FROM registry.correction c WHERE correction_id = ${correctionId}`,
  )
  for (const secret of ['致远', '户口簿']) expect(kept[0]!.kept).not.toContain(secret)
  // Whoever asked does not decide, whatever a program says.
  const own = sql`UPDATE registry.correction SET settled_at = raised_at, outcome = 'kept', settled_by = asked_by WHERE correction_id = ${correctionId}`
  await expect(registry.db.superuser(own)).rejects.toThrow('correction_decided_by_another')
  await registry.db.system((system) => eraseFile(system, registry.deps.vault, personId))
  expect((await registry.file(personId)).corrections[0]).toMatchObject({ masked: null, held: null, basis: null })
})
