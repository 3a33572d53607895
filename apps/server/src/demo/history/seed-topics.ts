import { newId } from '@linli/base/define'
import { type Ctx, sql } from '@linli/base/server'
import type { Member, Town } from '../seed-town.ts'

interface Planned {
  title: string
  words: readonly string[]
  category: string
  keeper: 'community' | 'community-2' | 'dispatcher'
  owner?: 'housing-clerk' | 'water-clerk' | 'property'
  /** Days ago. */
  opened: number
  answer?: { ago: number; words: string; toWhom: string; published?: number; closed?: number }
}

const construction = 'urban-rural-construction'

/** What the demo county's people come back to; some answered and published, some still to answer. */
const planned: readonly Planned[] = [
  {
    title: '老院楼顶漏水',
    words: ['漏水', '渗'],
    category: construction,
    keeper: 'community',
    owner: 'housing-clerk',
    opened: 300,
    answer: {
      ago: 210,
      words: '六栋楼列入今年防水改造，名单和工期贴在公告栏；雨季前先做应急修补。',
      toWhom: '居民议事会和公告栏',
      published: 208,
    },
  },
  {
    title: '路灯不亮',
    words: ['路灯'],
    category: construction,
    keeper: 'dispatcher',
    owner: 'housing-clerk',
    opened: 420,
    answer: {
      ago: 330,
      words: '城管和住建分段已划清，灯杆贴了编号，报修按编号派，两天内到。',
      toWhom: '各社区公告栏',
      published: 329,
      closed: 120,
    },
  },
  {
    title: '下水道反复堵',
    words: ['下水道', '化粪池', '排水沟'],
    category: construction,
    keeper: 'community',
    owner: 'housing-clerk',
    opened: 75,
  },
  {
    title: '小区乱停车',
    words: ['停车', '消防通道', '车位'],
    category: construction,
    keeper: 'community-2',
    owner: 'property',
    opened: 48,
  },
  {
    title: '电梯常坏',
    words: ['电梯'],
    category: construction,
    keeper: 'community-2',
    owner: 'property',
    opened: 160,
    answer: { ago: 60, words: '维保改为半月一次，主板备件到货；更换方案交业主大会表决。', toWhom: '业主代表会' },
  },
  { title: '停水和水压', words: ['停水', '水压'], category: construction, keeper: 'dispatcher', owner: 'water-clerk', opened: 30 },
  { title: '垃圾清运', words: ['垃圾'], category: construction, keeper: 'community', opened: 12 },
]

const dayMs = 86_400_000

/** Topics of a year and a half with what was put into them, and a few that still lie beside. As system; answers how many. */
export async function seedTopics(system: Ctx, town: Town): Promise<number> {
  const who = (account: string): Member => town.members.find((member) => member.account === account)!
  for (const plan of planned) {
    const keeper = who(plan.keeper)
    const at = (ago: number): Date => new Date(system.now.getTime() - ago * dayMs)
    const topicId = newId(at(plan.opened).getTime())
    const ownerOrgId = plan.owner ? who(plan.owner).orgId : null
    const { answer } = plan
    const lines = [
      { act: 'open', at: at(plan.opened), data: {} },
      ...(ownerOrgId ? [{ act: 'assign', at: at(plan.opened - 1), data: { ownerOrgId } }] : []),
      ...(answer ? [{ act: 'answer', at: at(answer.ago), data: { words: answer.words, toWhom: answer.toWhom } }] : []),
      ...(answer?.published ? [{ act: 'publish', at: at(answer.published), data: {} }] : []),
      ...(answer?.closed ? [{ act: 'close', at: at(answer.closed), data: { words: '三个月没有新的反映' } }] : []),
    ]
    await system.run(sql`
      INSERT INTO cases.topic (topic_id, title, categories, words, area_id, area_path, owner_org_id, state, version, opened_at, answered_at, published_at)
      SELECT ${topicId}::uuid, ${plan.title}, ${[plan.category]}::text[], ${plan.words}::text[], a.area_id, a.area_path, ${ownerOrgId}::uuid,
        ${answer?.closed ? 'closed' : answer ? 'answered' : 'open'}, ${lines.length}, ${at(plan.opened)}, ${answer ? at(answer.ago) : null}::timestamptz,
        ${answer?.published ? at(answer.published) : null}::timestamptz
      FROM access.area a WHERE a.area_id = ${keeper.area.areaId}::uuid`)
    for (const [i, { act, at: madeAt, data }] of lines.entries()) {
      await system.run(sql`
        INSERT INTO cases.topic_entry (topic_id, seq, act, data, account_id, org_id, made_by, made_at)
        VALUES (${topicId}::uuid, ${i + 1}, ${act}, ${JSON.stringify(data)}::jsonb, ${keeper.accountId}::uuid, ${keeper.orgId}::uuid, ${keeper.name}, ${madeAt})`)
    }
    await putIn(system, topicId, keeper, plan)
  }
  return planned.length
}

/** Reports, ratings and call backs that say it; the latest three weeks wait for somebody to look at them. */
async function putIn(system: Ctx, topicId: string, keeper: Member, plan: Planned): Promise<void> {
  await system.run(sql`
    INSERT INTO cases.topic_item (topic_id, case_id, seq, is_in, source, community_id, said_at, decided_by, decided_at)
    SELECT ${topicId}::uuid, f.case_id, e.seq, true,
      CASE WHEN e.move = 'rate' THEN 'rating' WHEN e.move = 'followUp' THEN 'callBack' WHEN f.merged_into IS NOT NULL THEN 'merged' ELSE 'appeal' END,
      f.community_id, e.made_at, ${keeper.accountId}::uuid, least(e.made_at + interval '1 day', ${system.now}::timestamptz)
    FROM cases.case_file f JOIN access.area a ON a.area_id = ${keeper.area.areaId}::uuid AND starts_with(f.area_path, a.area_path)
    JOIN cases.case_entry e ON e.case_id = f.case_id AND (e.seq = 1 OR e.move IN ('rate', 'followUp') AND coalesce(e.data->>'text', e.data->>'remark', '') <> '')
    WHERE f.kind = 'appeal' AND f.category = ${plan.category} AND NOT f.reporter_sealed AND f.status <> 'withdrawn'
      AND e.made_at < ${new Date(system.now.getTime() - 21 * dayMs)} AND EXISTS (SELECT FROM unnest(${plan.words}::text[]) AS w WHERE strpos(f.title, w) > 0)
    ON CONFLICT DO NOTHING`)
}
