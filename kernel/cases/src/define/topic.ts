export type TopicAct = 'open' | 'assign' | 'answer' | 'publish' | 'withdraw' | 'close' | 'reopen'

/** One line of the record of a topic. */
export interface TopicLine {
  readonly act: TopicAct
  readonly data: Readonly<{ words?: string; toWhom?: string; ownerOrgId?: string }>
  readonly at: Date
}

export interface TopicStanding {
  readonly state: 'open' | 'answered' | 'closed'
  readonly ownerOrgId: string | null
  readonly answeredAt: Date | null
  readonly publishedAt: Date | null
}

const opened: TopicStanding = { state: 'open', ownerOrgId: null, answeredAt: null, publishedAt: null }

/** What a topic is follows from its record alone. */
export function foldTopic(lines: readonly TopicLine[]): TopicStanding {
  return lines.reduce(applyTopicAct, opened)
}

export function applyTopicAct(topic: TopicStanding, { act, data, at }: TopicLine): TopicStanding {
  const ownerOrgId = data.ownerOrgId ?? topic.ownerOrgId
  switch (act) {
    case 'open':
    case 'assign':
      return { ...topic, ownerOrgId }
    // What is published is the latest answer: a new one is not public before somebody says so.
    case 'answer':
      return { ...topic, state: 'answered', answeredAt: at, publishedAt: null }
    case 'publish':
      return { ...topic, publishedAt: at }
    case 'withdraw':
      return { ...topic, publishedAt: null }
    case 'close':
      return { ...topic, state: 'closed' }
    case 'reopen':
      return { ...topic, state: 'open' }
  }
}

/** What may be done about it now, by whoever keeps it. */
export function topicActs({ state, answeredAt, publishedAt }: TopicStanding): Exclude<TopicAct, 'open'>[] {
  const publishing = publishedAt ? (['withdraw'] as const) : state === 'answered' && answeredAt ? (['publish'] as const) : []
  if (state === 'closed') return [...(publishedAt ? (['withdraw'] as const) : []), 'reopen']
  return ['answer', ...publishing, 'assign', 'close', ...(state === 'answered' ? (['reopen'] as const) : [])]
}

/** What an act must be given. */
export const topicActNeeds: Readonly<Record<Exclude<TopicAct, 'open'>, readonly ('words' | 'toWhom' | 'ownerOrgId')[]>> = {
  assign: ['ownerOrgId'],
  answer: ['words', 'toWhom'],
  publish: [],
  withdraw: ['words'],
  close: ['words'],
  reopen: ['words'],
}
