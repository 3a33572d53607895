import type { Problem } from '@linli/base/contract'
import { newId } from '@linli/base/define'
import { sql } from '@linli/base/server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PersonFile } from '../../contract/person.ts'
import type { Visit } from '../../contract/visit.ts'
import { anIdNumber, aRegistry, type RegistryUnderTest } from '../../testing/index.ts'

let registry: RegistryUnderTest
let home: string
beforeAll(async () => {
  registry = await aRegistry()
  home = await registry.aDwelling('gridWorker', 'xingfuCell1')
})
afterAll(() => registry?.close())

type By = Parameters<RegistryUnderTest['send']>[0]

async function someone(values: object): Promise<string> {
  const answer = await registry.send('gridWorker', 'POST', '/persons', {
    requestId: newId(),
    values: { name: '吴桂兰', phone: '19999990021', ...values },
    communityCode: registry.town.areas.xingfu.code,
    home: { addressId: home, residence: 'owner', on: '2026-01-05' },
    source: 'counter',
  })
  expect(answer.status).toBe(201)
  return answer.json<{ personId: string }>().personId
}

const aVisit = (more: object = {}) => ({
  requestId: newId(),
  seenSeq: 2,
  madeAt: registry.db.clock.now().toISOString(),
  met: 'person',
  result: 'well',
  ...more,
})
const visit = (personId: string, body: object, by: By = 'gridWorker') => registry.send(by, 'POST', `/persons/${personId}/visits`, body)
const visits = async (personId: string) =>
  (await registry.send('communityWorker', 'GET', `/persons/${personId}/visits`)).json<{ items: Visit[] }>().items
const seen = async (personId: string) => (await registry.send('communityWorker', 'GET', `/persons/${personId}`)).json<PersonFile>()
const shown = async (personId: string, field: string) => (await seen(personId)).values.find((value) => value.field === field)
const change = (personId: string, expectedSeq: number, one: object) =>
  registry.send('communityWorker', 'POST', `/persons/${personId}/changes`, {
    requestId: newId(),
    expectedSeq,
    source: 'counter',
    change: one,
  })
const code = (answer: { json<T>(): T }) => answer.json<Problem>().code
const settle = (personId: string, correctionId: string, outcome: string, by: By = 'communityWorker') =>
  registry.send(by, 'POST', `/persons/${personId}/corrections/${correctionId}`, { requestId: newId(), outcome })

test('a visit brings a new phone and a care group into the file with its source, and the note lies sealed [GRID-13] (person and dwelling) [DATA-04] (source, basis, start)', async () => {
  const personId = await someone({})
  const said = aVisit({
    note: '儿子搬走了，电话换成 19999990088。',
    values: { phone: '19999990088' },
    tags: [{ careGroup: 'elder.lives-alone', basis: '入户走访，本人说儿子上月搬走' }],
  })
  const answer = await visit(personId, said)
  expect([answer.status, answer.json()]).toMatchObject([201, { personId, seq: 4, toLookAt: [] }])
  expect(await shown(personId, 'phone')).toMatchObject({ masked: '199****0088', source: 'visit' })
  expect((await seen(personId)).careGroups).toMatchObject([{ key: 'elder.lives-alone', basis: '入户走访，本人说儿子上月搬走', to: null }])
  const [kept] = await visits(personId)
  expect(kept).toMatchObject({
    met: 'person',
    result: 'well',
    place: '幸福第一网格1号楼2单元501室',
    fields: ['phone'],
    careGroups: [{ name: '独居老人' }],
    note: '儿子搬走了，电话换成 ***。',
    corrections: [],
  })
  const rows = await registry.db.superuser<{ row: string }>(
    sql`SELECT to_jsonb(v)::text AS row FROM registry.visit v WHERE v.person_id = ${personId}`,
  )
  for (const secret of ['搬走', '19999990088']) expect(rows[0]!.row).not.toContain(secret)
})

test('the same visit sent again, at once, and after its answer was forgotten, is one visit and one change', async () => {
  const personId = await someone({})
  const said = aVisit({ values: { phone: '19999990077' } })
  const answers = await Promise.all([1, 2, 3].map(() => visit(personId, said)))
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 201])
  await registry.db.superuser(sql`DELETE FROM base.idempotent_request WHERE request_id = ${said.requestId}`)
  expect((await visit(personId, said)).json()).toEqual(answers[0]!.json())
  expect(await visits(personId)).toHaveLength(1)
  expect((await seen(personId)).seq).toBe(3)
  expect(code(await visit(personId, { ...said, met: 'family' }))).toBe('base.request_reused')
})

test('what the office changed in between is not overwritten: both stay, and somebody looks', async () => {
  const personId = await someone({})
  await change(personId, 2, { change: 'corrected', values: { phone: '19999990031' } })
  const answer = await visit(personId, aVisit({ values: { phone: '19999990032', healthNote: '高血压' }, healthAgreed: '2026-11' }))
  expect(answer.json()).toMatchObject({ seq: 5, toLookAt: ['phone'] })
  expect(await shown(personId, 'phone')).toMatchObject({ masked: '199****0031', source: 'counter' })
  expect(await shown(personId, 'healthNote')).toMatchObject({ source: 'visit' })
  const [correction] = (await visits(personId))[0]!.corrections
  expect(correction).toMatchObject({ field: 'phone', why: 'changed', masked: '199****0032', outcome: null })
  expect(code(await settle(personId, correction!.correctionId, 'sent'))).toBe('registry.data_invalid')
  const two = await Promise.all([1, 2].map(() => settle(personId, correction!.correctionId, 'applied')))
  expect(two.map(({ status }) => status).sort()).toEqual([200, 409])
  expect(await shown(personId, 'phone')).toMatchObject({ masked: '199****0032', source: 'visit' })
  expect((await visits(personId))[0]!.corrections).toMatchObject([{ outcome: 'applied' }])
})

test('the office having said the same meanwhile is no conflict', async () => {
  const personId = await someone({})
  await change(personId, 2, { change: 'corrected', values: { phone: '19999990041' } })
  await change(personId, 3, { change: 'tagged', careGroup: 'elder.lives-alone', basis: '电话核实', from: '2026-01-10' })
  const tags = [{ careGroup: 'elder.lives-alone', basis: '入户走访' }]
  const answer = await visit(personId, aVisit({ values: { phone: '19999990041' }, tags }))
  expect(answer.json()).toMatchObject({ seq: 4, toLookAt: [] })
  expect((await seen(personId)).careGroups).toHaveLength(1)
})

test('what the police own becomes a request to look at, and is sent on or kept, never overwritten [DATA-01] (ownership)', async () => {
  const personId = await someone({})
  await registry.db.superuser(sql`UPDATE registry.person_entry SET source = 'policeFile' WHERE person_id = ${personId} AND seq = 1`)
  const answer = await visit(personId, aVisit({ values: { name: '吴桂蓝' } }))
  expect(answer.json()).toMatchObject({ seq: 2, toLookAt: ['name'] })
  const [correction] = (await visits(personId))[0]!.corrections
  expect(correction).toMatchObject({ why: 'owned', masked: '吴*蓝' })
  expect(code(await settle(personId, correction!.correctionId, 'applied'))).toBe('registry.data_invalid')
  expect((await settle(personId, correction!.correctionId, 'sent')).status).toBe(200)
  expect((await shown(personId, 'name'))?.masked).toBe('吴*兰')
})

test('a number that is of another file does not stop the visit: it waits to be looked at', async () => {
  const idNumber = anIdNumber('1951-03-15', 88)
  await someone({ idNumber })
  const personId = await someone({})
  const answer = await visit(personId, aVisit({ values: { idNumber } }))
  expect(answer.json<{ toLookAt: string[] }>().toLookAt).toContain('idNumber')
  const taken = (await visits(personId))[0]!.corrections.find(({ field }) => field === 'idNumber')!
  expect(taken.why).toBe('taken')
  expect(code(await settle(personId, taken.correctionId, 'applied'))).toBe('registry.person_exists')
})

test('a visit that cannot be right is refused by name of the field and writes nothing', async () => {
  const personId = await someone({})
  for (const [more, path] of [
    [{ met: 'nobody' }, 'result'],
    [{ met: 'nobody', result: 'notMet', values: { phone: '19999990001' } }, 'met'],
    [{ seenSeq: 99 }, 'seenSeq'],
    [{ tags: [{ careGroup: 'none.such', basis: '走访' }] }, 'tags.0.careGroup'],
    [{ attachments: [newId()] }, 'attachments'],
  ] as const) {
    const answer = await visit(personId, aVisit(more))
    expect([answer.status, answer.json<Problem>().fields?.[0]?.path]).toEqual([422, path])
  }
  expect((await visit(personId, aVisit({ values: { phone: '123' } }))).status).toBe(400)
  expect(await visits(personId)).toEqual([])
  expect(code(await visit(personId, aVisit(), 'otherGridWorker'))).toBe('registry.person_unknown')
})

test('a clock that cannot be right is kept out of the record, and said', async () => {
  const personId = await someone({})
  const now = registry.db.clock.now().toISOString()
  await visit(personId, aVisit({ madeAt: '2031-01-01T00:00:00.000Z' }))
  await visit(personId, aVisit({ madeAt: new Date(Date.parse(now) - 3 * 3_600_000).toISOString() }))
  expect((await visits(personId)).map(({ isClockOff, madeAt }) => [isClockOff, madeAt < now])).toEqual([
    [true, false],
    [false, true],
  ])
})
