import type { Endpoint } from '@linli/base/contract'
import { newId } from '@linli/base/define'
import { type TestDatabase, testDatabase } from '@linli/base/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import * as contract from '../../contract/index.ts'
import { foldTopic } from '../../define/topic.ts'
import { type By, type CasesApp, casesApp } from '../../testing/cases-app.ts'

let db: TestDatabase
let lamps: CasesApp
beforeAll(async () => {
  db = await testDatabase({ through: 'cases' })
  lamps = await casesApp(db)
})
afterAll(async () => {
  await lamps?.close()
  await db?.close()
})

const about = (detail: string) => ({ detail, category: 'lights' })
const openTopic = async (by: By = 'communityWorker', more: object = {}) =>
  lamps.send(contract.openTopic, by, { body: { requestId: newId(), title: '夜里太黑', categories: ['lights'], words: ['不亮'], ...more } })
const act = (topicId: string, key: string, expectedVersion: number, data: object = {}, by: By = 'communityWorker') =>
  lamps.send(contract.actOnTopic, by, {
    params: { topicId, act: key as 'answer' },
    body: { requestId: newId(), expectedVersion, ...data },
  })
const items = async (topicId: string, query: object = {}, by: By = 'communityWorker') =>
  (await lamps.send(contract.listTopicItems, by, { params: { topicId }, query })).result.items
const sort = (topicId: string, list: { caseId: string; seq: number }[], isIn = true, by: By = 'communityWorker') =>
  lamps.send(contract.sortTopicItems, by, {
    params: { topicId },
    body: { requestId: newId(), isIn, items: list.map(({ caseId, seq }) => ({ caseId, seq })) },
  })

test('a topic gathers what residents said by category and words, has an owner, and a record of what was answered, to whom and when [GRID-11] (one pool, owner, answer record)', async () => {
  await lamps.openOne(about('东头的路灯不亮'))
  await lamps.openOne(about('灯杆歪了'))
  const done = await lamps.moveTo('done', { appeal: about('西头路灯不亮') })
  await lamps.send(contract.rateByCode, null, { params: { code: done.code }, body: { requestId: newId(), score: 3, text: '修了又不亮' } })
  const topic = (await openTopic()).result
  const proposed = await items(topic.topicId, { which: 'proposed' })
  expect(proposed.map(({ source, words }) => [source, words]).sort()).toEqual(
    [
      ['appeal', '东头的路灯不亮'],
      ['appeal', '西头路灯不亮'],
      ['rating', '修了又不亮'],
    ].sort(),
  )
  const sorted = (await sort(topic.topicId, proposed)).result
  expect(sorted).toMatchObject({ voices: 3, recent: 3 })
  expect(sorted.weeks.reduce((sum, { voices }) => sum + voices, 0)).toBe(3)
  // Each figure opens its rows.
  const [week] = sorted.weeks
  const rows = await items(topic.topicId, { week: week!.week, community: week!.communityId })
  expect(rows).toHaveLength(week!.voices)
  expect(await items(topic.topicId, { which: 'proposed' })).toEqual([])

  const owned = (await act(topic.topicId, 'assign', 1, { ownerOrgId: lamps.town.orgs.housing })).result
  expect(owned.ownerOrgId).toBe(lamps.town.orgs.housing)
  const answered = (await act(topic.topicId, 'answer', 2, { words: '本月换完全部灯头。', toWhom: '居民议事会' })).result
  expect(answered).toMatchObject({ state: 'answered', publishedAt: null })
  const published = (await act(topic.topicId, 'publish', 3)).result
  expect(published.entries.map((entry) => [entry.act, entry.words, entry.toWhom])).toEqual([
    ['open', null, null],
    ['assign', null, null],
    ['answer', '本月换完全部灯头。', '居民议事会'],
    ['publish', null, null],
  ])
  const outside = (await lamps.send(contract.listPublicTopics, null)).result.items
  expect(outside).toMatchObject([{ title: '夜里太黑', answer: '本月换完全部灯头。', voices: null }])
  expect((await act(topic.topicId, 'withdraw', 4, { words: '数字有误' })).result.publishedAt).toBeNull()
  expect((await lamps.send(contract.listPublicTopics, null)).result.items).toEqual([])
})

test('outward a number is told from five voices on', async () => {
  const topic = (await openTopic('communityWorker', { title: '巷口', words: ['巷口'] })).result
  for (let i = 0; i < 5; i++) await lamps.openOne(about(`巷口第 ${i} 盏灯坏了`))
  await sort(topic.topicId, await items(topic.topicId, { which: 'proposed' }))
  await act(topic.topicId, 'answer', 1, { words: '已列入改造', toWhom: '公告栏' })
  await act(topic.topicId, 'publish', 2)
  expect((await lamps.send(contract.listPublicTopics, null)).result.items).toMatchObject([{ title: '巷口', voices: 5 }])
})

test('what was said is in one topic: put into another it leaves the first, left out it is not proposed again', async () => {
  const [one, other] = [
    (await openTopic('communityWorker', { words: ['广场'] })).result,
    (await openTopic('communityWorker', { title: '广场', words: ['广场'] })).result,
  ]
  await lamps.openOne(about('广场的灯不亮'))
  const [said] = await items(one.topicId, { which: 'proposed' })
  await sort(one.topicId, [said!])
  expect(await items(other.topicId, { which: 'proposed' })).toEqual([])
  expect((await sort(other.topicId, [said!])).result.voices).toBe(1)
  expect(await items(one.topicId)).toEqual([])
  await sort(other.topicId, [said!], false)
  expect(await items(other.topicId, { which: 'proposed' })).toEqual([])
})

test('a topic is of its place: neighbors do not see it, the unit that owns it reads along, and of two who act at once one is told', async () => {
  const { topicId } = (await openTopic('communityWorker', { ownerOrgId: lamps.town.orgs.housing })).result
  for (const by of ['siblingWorker', 'otherDispatcher', 'otherClerk'] as const)
    expect((await lamps.send(contract.getTopic, by, { params: { topicId } })).problem.code).toBe('case.topic_unknown')
  const read = (await lamps.send(contract.getTopic, 'departmentClerk', { params: { topicId } })).result
  expect(read).toMatchObject({ acts: [], canSort: false })
  const answers = await Promise.all([act(topicId, 'close', 1, { words: '不再有人说' }), act(topicId, 'close', 1, { words: '已经解决' })])
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
  expect((await act(topicId, 'reopen', 1, { words: '还有人说' })).problem.code).toBe('case.topic_changed')
  expect((await act(topicId, 'answer', 2, { words: '修好了', toWhom: '本人' })).problem.code).toBe('case.topic_act_forbidden')
})

test('a tip-off is in no topic, and nothing of another place can be put into one', async () => {
  const { topicId } = (await openTopic('communityWorker', { words: ['暗处'] })).result
  const sealed = await lamps.moveTo('listed', { appeal: about('暗处有人倒垃圾'), appealType: 'report' })
  const foreign = await lamps.openOne({ ...about('暗处的灯'), areaCode: '239999001002001' })
  expect(await items(topicId, { which: 'proposed' })).toEqual([])
  for (const caseId of [sealed.caseId, foreign.caseId, newId()])
    expect((await sort(topicId, [{ caseId, seq: 1 }])).problem).toMatchObject({ code: 'case.data_invalid', fields: [{ path: 'items' }] })
})

test('wrong input is named, and who keeps no topics is refused', async () => {
  expect((await openTopic('communityWorker', { categories: ['moods'] })).problem.fields).toMatchObject([{ path: 'categories' }])
  expect((await openTopic('communityWorker', { ownerOrgId: newId() })).problem.fields).toMatchObject([{ path: 'ownerOrgId' }])
  const { topicId } = (await openTopic()).result
  expect((await act(topicId, 'answer', 1, { words: '好了' })).problem.fields).toMatchObject([{ path: 'toWhom' }])
  expect([(await openTopic('departmentClerk')).status, (await openTopic(null)).status]).toEqual([403, 401])
})

test('no endpoint of the pool takes or answers a person or a mood [GRID-11] (no mood scores, no person search)', () => {
  const ours = [
    contract.listTopics,
    contract.openTopic,
    contract.getTopic,
    contract.listTopicItems,
    contract.sortTopicItems,
    contract.actOnTopic,
    contract.listPublicTopics,
  ] as Endpoint[]
  const keys = new Set<string>()
  const walk = (schema: unknown): void => {
    if (Array.isArray(schema)) return schema.forEach(walk)
    if (typeof schema !== 'object' || schema === null) return
    for (const [key, value] of Object.entries(schema)) {
      if (key === 'properties') for (const name of Object.keys(value as object)) keys.add(name)
      walk(value)
    }
  }
  for (const { params, query, body, result } of ours)
    for (const schema of [params, query, body, result]) if (schema) walk(z.toJSONSchema(schema as z.ZodType, { unrepresentable: 'any' }))
  expect(keys.size).toBeGreaterThan(20)
  expect([...keys].filter((key) => /person|reporter|phone|contact|idNumber|resident|mood|sentiment|score|emotion/i.test(key))).toEqual([])
})

test('what a topic is follows from its record', () => {
  const at = new Date('2026-03-02T00:00:00Z')
  expect(foldTopic([])).toEqual({ state: 'open', ownerOrgId: null, answeredAt: null, publishedAt: null })
  const line = (act: 'open' | 'answer' | 'publish', data = {}) => ({ act, data, at })
  expect(foldTopic([line('open'), line('answer'), line('publish'), line('answer')])).toMatchObject({ state: 'answered', publishedAt: null })
})
