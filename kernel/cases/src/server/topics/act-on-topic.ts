import { newId } from '@linli/base/define'
import { type Ctx, sql, systemActor } from '@linli/base/server'
import type { TopicView } from '../../contract/topic.ts'
import { applyTopicAct, foldTopic, type TopicAct, type TopicLine, topicActNeeds, topicActs } from '../../define/topic.ts'
import type { CaseCatalogue } from '../catalogue.ts'
import { CaseError, wrongData } from '../errors.ts'
import { checkKeeps } from './topic-items.ts'
import { findTopic } from './topic-rows.ts'
import { viewTopic } from './view-topic.ts'

export interface NewTopic {
  title: string
  categories: readonly string[]
  words: readonly string[]
  ownerOrgId?: string | undefined
}

/** Opens a topic for the place of the acting post. */
export async function openTopic(ctx: Ctx, catalogue: CaseCatalogue, topic: NewTopic): Promise<TopicView> {
  const { areaId, areaPath } = ctx.actor
  const known = new Set((['appeal', 'event'] as const).flatMap((kind) => catalogue.categoriesFor(kind).map(({ key }) => key)))
  if (!topic.categories.every((key) => known.has(key))) throw wrongData({ path: 'categories', message: '没有这个类别，请从列表里选' })
  if (!areaId || !areaPath) throw wrongData({ path: 'title', message: '主题要有所在的地方' })
  await checkOwner(ctx, topic.ownerOrgId)
  const topicId = newId(ctx.now.getTime())
  await ctx.as(writerOf(ctx), async (system) => {
    await system.run(sql`
      INSERT INTO cases.topic (topic_id, title, categories, words, area_id, area_path, owner_org_id, state, version, opened_at)
      VALUES (${topicId}, ${topic.title}, ${[...new Set(topic.categories)]}::text[], ${[...new Set(topic.words)]}::text[], ${areaId}, ${areaPath},
        ${topic.ownerOrgId ?? null}::uuid, 'open', 1, ${system.now})`)
    await addLine(system, ctx, topicId, 1, { act: 'open', data: topic.ownerOrgId ? { ownerOrgId: topic.ownerOrgId } : {}, at: system.now })
    system.audit({ action: 'cases.topic_open', subjectKind: 'topic', subjectId: topicId, areaPath, detail: {} })
  })
  return viewTopic(ctx, topicId)
}

export interface TopicStep {
  topicId: string
  act: Exclude<TopicAct, 'open'>
  expectedVersion: number
  data: TopicLine['data']
}

/** One line more in the record of a topic. Of two who act on the same state one wins; the other is told. */
export async function actOnTopic(ctx: Ctx, { topicId, act, expectedVersion, data }: TopicStep): Promise<TopicView> {
  const topic = await findTopic(ctx, topicId)
  checkKeeps(ctx, topic)
  const missing = topicActNeeds[act].filter((field) => !data[field])
  if (missing.length > 0) throw wrongData(...missing.map((field) => ({ path: field, message: needs[field] })))
  await checkOwner(ctx, data.ownerOrgId)
  await ctx.as(writerOf(ctx), async (system) => {
    await system.get(sql`SELECT 1 AS here FROM cases.topic WHERE topic_id = ${topicId}::uuid FOR UPDATE`)
    const lines = (
      await system.rows(sql<Omit<TopicLine, 'at'> & { made_at: Date }>`
        SELECT act, data, made_at FROM cases.topic_entry WHERE topic_id = ${topicId}::uuid ORDER BY seq`)
    ).map(({ made_at, ...line }) => ({ ...line, at: made_at }))
    const before = foldTopic(lines)
    if (lines.length !== expectedVersion) throw CaseError('topic_changed', { detail: '这个主题刚被别人改过，请重新看一眼' })
    if (!topicActs(before).includes(act)) throw CaseError('topic_act_forbidden', { detail: '主题现在不能这样办' })
    const kept = Object.fromEntries(topicActNeeds[act].map((field) => [field, data[field]]))
    const line: TopicLine = { act, data: kept, at: system.now }
    const after = applyTopicAct(before, line)
    await addLine(system, ctx, topicId, lines.length + 1, line)
    await system.run(sql`
      UPDATE cases.topic SET state = ${after.state}, owner_org_id = ${after.ownerOrgId}::uuid, answered_at = ${after.answeredAt}::timestamptz,
        published_at = ${after.publishedAt}::timestamptz, version = ${lines.length + 1} WHERE topic_id = ${topicId}::uuid`)
    system.audit({ action: `cases.topic_${act}`, subjectKind: 'topic', subjectId: topicId, areaPath: topic.area_path, detail: {} })
  })
  return viewTopic(ctx, topicId)
}

const needs = { words: '请写清楚', toWhom: '请写明向谁答复', ownerOrgId: '请选负责单位' } as const

const writerOf = ({ actor }: Ctx) => ({ ...systemActor, accountId: actor.accountId, postId: actor.postId, orgId: actor.orgId })

async function checkOwner(ctx: Ctx, orgId: string | undefined): Promise<void> {
  if (!orgId) return
  const known = await ctx.find(sql`SELECT 1 AS here FROM access.organization WHERE org_id = ${orgId}::uuid`)
  if (!known) throw wrongData({ path: 'ownerOrgId', message: '没有这个单位' })
}

async function addLine(system: Ctx, { actor }: Ctx, topicId: string, seq: number, { act, data, at }: TopicLine): Promise<void> {
  await system.run(sql`
    INSERT INTO cases.topic_entry (topic_id, seq, act, data, account_id, org_id, made_by, made_at)
    VALUES (${topicId}::uuid, ${seq}, ${act}, ${JSON.stringify(data)}::jsonb, ${actor.accountId}::uuid, ${actor.orgId}::uuid, ${actor.displayName ?? ''}, ${at})`)
}
