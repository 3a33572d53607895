import { areaKeys, insertInto, newUuid, now, raw, type TableRow, type TableRows } from './table-rows.ts'
import { type AreaKey, areas, idOf, type OrgKey, orgs } from './world.ts'

/** A topic of every place, owned by an office that none of the subjects is in; and in one far place of the offices that some are in. */
const plans: { area: AreaKey; owner: OrgKey }[] = areaKeys.flatMap((area) =>
  (area === 'farCommunity' ? (['urbanManagement', 'housing', 'committee'] as const) : (['urbanManagement', 'housing'] as const)).map(
    (owner) => ({ area, owner }),
  ),
)

const topicIdOf = ({ area, owner }: (typeof plans)[number]) => idOf('topic', area, owner)

const topic = (plan: (typeof plans)[number], topicId: string | typeof newUuid) =>
  insertInto('cases.topic', {
    topic_id: topicId,
    title: '停水',
    categories: raw("ARRAY['noise']"),
    words: raw("ARRAY['停水']"),
    area_id: areas[plan.area].areaId,
    area_path: areas[plan.area].path,
    owner_org_id: orgs[plan.owner].orgId,
    state: 'open',
    version: 1,
    opened_at: now,
  })

const entry = (topicId: string, seq: number) =>
  insertInto('cases.topic_entry', { topic_id: topicId, seq, act: 'open', data: '{}', made_by: '王工作人员', made_at: now })

const caseId = idOf('case', 'cell')
const item = (topicId: string, seq: number) =>
  insertInto('cases.topic_item', {
    case_id: caseId,
    seq,
    topic_id: topicId,
    is_in: raw('false'),
    source: 'appeal',
    said_at: now,
    decided_at: now,
  })

const perTopic = (make: (plan: (typeof plans)[number]) => Omit<TableRow, 'facts'>): TableRow[] =>
  plans.map((plan) => ({ facts: { area: plan.area, orgIds: [orgs[plan.owner].orgId] }, ...make(plan) }))

/** In the order in which they can be seeded, after the rows of cases. */
export const topicRows: Record<string, TableRows> = {
  'cases.topic': {
    set: "title = 'x'",
    rows: perTopic((plan) => ({
      key: `topic_id = '${topicIdOf(plan)}'`,
      seed: topic(plan, topicIdOf(plan)),
      insert: () => topic(plan, newUuid),
    })),
  },
  'cases.topic_entry': {
    set: "made_by = 'x'",
    rows: perTopic((plan) => ({
      key: `topic_id = '${topicIdOf(plan)}' AND seq = 1`,
      seed: entry(topicIdOf(plan), 1),
      insert: () => entry(topicIdOf(plan), 2),
    })),
  },
  'cases.topic_item': {
    set: "source = 'event'",
    rows: perTopic((plan) => ({
      key: `topic_id = '${topicIdOf(plan)}' AND seq = 1`,
      seed: item(topicIdOf(plan), 1),
      insert: () => item(topicIdOf(plan), 2),
    })),
  },
}
