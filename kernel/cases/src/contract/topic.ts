import { Cursor, Day, endpoint, Id, Instant, page, RequestId, text } from '@linli/base/contract'
import { z } from 'zod'
import { Key } from './case.ts'

export const TopicState = z.enum(['open', 'answered', 'closed'])
export type TopicState = z.infer<typeof TopicState>

/** Where a resident said it: an appeal, an event reported for a resident, one more report of a matter, a rating with words, a call back. */
export const VoiceSource = z.enum(['appeal', 'event', 'merged', 'rating', 'callBack'])
export type VoiceSource = z.infer<typeof VoiceSource>

export const TopicRow = z.object({
  topicId: Id,
  title: z.string(),
  areaId: Id,
  areaName: z.string(),
  ownerOrgId: Id.nullable(),
  ownerName: z.string().nullable(),
  state: TopicState,
  version: z.number().int(),
  openedAt: Instant,
  answeredAt: Instant.nullable(),
  publishedAt: Instant.nullable(),
  /** What was put into it: in all, and in the last four weeks. */
  voices: z.number().int(),
  recent: z.number().int(),
})
export type TopicRow = z.infer<typeof TopicRow>

export const TopicEntry = z.object({
  seq: z.number().int(),
  act: z.enum(['open', 'assign', 'answer', 'publish', 'withdraw', 'close', 'reopen']),
  /** What was answered, or the reason. */
  words: z.string().nullable(),
  /** Whom it was said to, in words of the office: a meeting, a notice board, a call to each. */
  toWhom: z.string().nullable(),
  ownerName: z.string().nullable(),
  madeBy: z.string(),
  at: Instant,
})
export type TopicEntry = z.infer<typeof TopicEntry>

export const TopicView = TopicRow.extend({
  categories: z.array(z.string()),
  words: z.array(z.string()),
  entries: z.array(TopicEntry),
  /** How much was said in which week (its Monday) and community; each figure opens its rows. */
  weeks: z.array(z.object({ week: Day, communityId: Id.nullable(), communityName: z.string(), voices: z.number().int() })),
  /** What this post may do about it now. */
  acts: z.array(z.enum(['assign', 'answer', 'publish', 'withdraw', 'close', 'reopen'])),
  canSort: z.boolean(),
})
export type TopicView = z.infer<typeof TopicView>

/** One thing said, as its matter shows it: no reporter, no door. */
export const TopicItem = z.object({
  caseId: Id,
  seq: z.number().int(),
  source: VoiceSource,
  words: z.string(),
  communityName: z.string(),
  number: z.string(),
  saidAt: Instant,
})
export type TopicItem = z.infer<typeof TopicItem>

const TopicParams = z.object({ topicId: Id })

export const TopicFilter = z.object({ state: TopicState.optional(), q: text(0, 60).optional() })

/** Those to be answered first, the longest waiting on top. */
export const listTopics = endpoint({
  method: 'GET',
  path: '/topics',
  summary: '民情：按主题和地区，最久没有答复的在前',
  permission: 'cases.read',
  query: TopicFilter.extend({ limit: z.coerce.number().int().min(1).max(100).default(50), cursor: Cursor.optional() }),
  result: page(TopicRow),
})

export const openTopic = endpoint({
  method: 'POST',
  path: '/topics',
  summary: '立一个民情主题',
  permission: 'cases.topics',
  idempotent: true,
  body: z.object({
    requestId: RequestId,
    title: text(2, 60),
    categories: z.array(Key.min(1)).min(1).max(15),
    words: z.array(text(2, 20)).max(20),
    ownerOrgId: Id.optional(),
  }),
  result: TopicView,
  status: 201,
  replayStatus: 200,
  errors: ['case.data_invalid'],
})

export const getTopic = endpoint({
  method: 'GET',
  path: '/topics/:topicId',
  summary: '一个民情主题：每周每个社区说了多少、谁负责、答复过什么',
  permission: 'cases.read',
  params: TopicParams,
  result: TopicView,
  errors: ['case.topic_unknown'],
})

export const listTopicItems = endpoint({
  method: 'GET',
  path: '/topics/:topicId/items',
  summary: '主题里的话，或建议归进来的话（不含是谁说的）',
  permission: 'cases.read',
  params: TopicParams,
  query: z.object({
    which: z.enum(['in', 'proposed']).default('in'),
    week: Day.optional(),
    community: Id.optional(),
  }),
  result: z.object({ items: z.array(TopicItem), hasMore: z.boolean() }),
  errors: ['case.topic_unknown'],
})

export const sortTopicItems = endpoint({
  method: 'POST',
  path: '/topics/:topicId/items',
  summary: '归进主题，或不归进来',
  permission: 'cases.topics',
  idempotent: true,
  params: TopicParams,
  body: z.object({
    requestId: RequestId,
    isIn: z.boolean(),
    items: z
      .array(z.object({ caseId: Id, seq: z.number().int().min(1) }))
      .min(1)
      .max(100),
  }),
  result: TopicView,
  errors: ['case.topic_unknown', 'case.data_invalid'],
})

export const actOnTopic = endpoint({
  method: 'POST',
  path: '/topics/:topicId/acts/:act',
  summary: '定负责单位、答复、公开、撤下、结束、重开',
  permission: 'cases.topics',
  idempotent: true,
  params: TopicParams.extend({ act: z.enum(['assign', 'answer', 'publish', 'withdraw', 'close', 'reopen']) }),
  body: z.object({
    requestId: RequestId,
    expectedVersion: z.number().int().min(1),
    words: text(2, 2000).optional(),
    toWhom: text(2, 200).optional(),
    ownerOrgId: Id.optional(),
  }),
  result: TopicView,
  errors: ['case.topic_unknown', 'case.topic_changed', 'case.topic_act_forbidden', 'case.data_invalid'],
})

/** What was answered and published; how many said it only from five on. */
export const listPublicTopics = endpoint({
  method: 'GET',
  path: '/public/topics',
  summary: '公开的民情答复',
  permission: 'public',
  rate: 120,
  result: z.object({
    asOf: Instant,
    items: z.array(
      z.object({
        title: z.string(),
        areaName: z.string(),
        answer: z.string(),
        answeredAt: Instant,
        /** Null: fewer than five. */
        voices: z.number().int().nullable(),
      }),
    ),
  }),
})
