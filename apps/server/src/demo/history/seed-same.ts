import { placeFrom } from '@linli/access/server'
import { type Ctx, sql } from '@linli/base/server'
import { type CaseHistory, type HistoryEntry, importHistories, titleOf } from '@linli/cases/server'
import type { Member, Town } from '../seed-town.ts'
import { communityPlans, placeCodes } from '../town-places.ts'
import { Random } from './random.ts'
import { inventResidents, type Resident } from './residents.ts'
import { type HistoryOptions, homesOf } from './seed-history.ts'

interface Target {
  case_id: string
  number: string
  title: string
  place: string
  category: string
  area_code: string
  opened_at: Date
  accepted_at: Date
  replied_at: Date | null
  reply: string | null
  closed_at: Date | null
  main_org_id: string
}

/** What the next ones say of it; `{what}` is what the first one said without where. */
const words = ['{place}也是这样：{what}', '我家也遇到了，{what}', '{what}，楼上楼下都在说', '还没修好吗？{what}']
const seed = 20_260_404

/**
 * Neighbors who reported what somebody had reported before: merged into matters that are in hand and into some that are done, where they were
 * told and have rated; and two that came in today and wait for somebody to see that they are the same. As system; answers how many.
 */
export async function seedSame(system: Ctx, town: Town, options: HistoryOptions): Promise<number> {
  const random = new Random(seed)
  const residents = inventResidents(new Random(seed), homesOf(town))
  const merger = town.members.find(({ role, area }) => role === 'dispatcher' && area.code === placeCodes.subdistrict)!
  const neighborOf = (target: Target): Resident =>
    random.pick(residents.filter(({ home, building }) => home === target.area_code && building !== undefined))
  const { inHand, done } = await findTargets(system)
  const report = (target: Target, share: number, isMerged = true): CaseHistory =>
    historyOf(system.now, town, random, neighborOf(target), { target, share, merger: isMerged ? merger : undefined })
  const histories = [
    ...inHand.flatMap((target, i) => Array.from({ length: i === 0 ? 3 : 1 }, (_, n) => report(target, 0.3 + n * 0.2))),
    ...done.map((target) => report(target, 0.4)),
    ...inHand.slice(0, 2).map((target) => report(target, 0.995, false)),
  ]
  await importHistories(system, options, options.type, histories)
  return histories.length
}

/** Matters of shared pipes, lamps and lifts with a building: in hand, and closed in the last weeks. */
async function findTargets(system: Ctx): Promise<{ inHand: Target[]; done: Target[] }> {
  const communities = [communityPlans.oldEstate.code, communityPlans.commercialEstate.code]
  const rows = await system.rows(sql<Target & { status: string }>`
    SELECT f.case_id, f.number, f.title, f.place, f.category, area.code AS area_code, f.opened_at, f.closed_at, f.main_org_id, f.status,
      accepted.made_at AS accepted_at, said.made_at AS replied_at, said.data->>'reply' AS reply
    FROM cases.case_file f JOIN access.area area ON area.area_id = f.area_id JOIN access.area community ON community.area_id = f.community_id
    JOIN LATERAL (SELECT made_at FROM cases.case_entry e WHERE e.case_id = f.case_id AND e.move = 'accept' ORDER BY seq LIMIT 1) accepted ON true
    LEFT JOIN LATERAL (SELECT made_at, data FROM cases.case_entry e WHERE e.case_id = f.case_id AND e.move = 'reply' ORDER BY seq LIMIT 1) said ON true
    WHERE f.kind = 'appeal' AND community.code = ANY (${communities}) AND f.category = 'urban-rural-construction' AND NOT f.reporter_sealed
      AND f.place ~ '[0-9] ?(号楼|栋)' AND f.title !~ '想问|请问' AND f.round = 1
    ORDER BY f.opened_at DESC, f.case_id`)
  const settled = rows.filter(({ status, replied_at, closed_at }) => status === 'closed' && replied_at && closed_at)
  return { inHand: rows.filter(({ status, replied_at }) => status === 'open' && !replied_at).slice(0, 3), done: settled.slice(0, 2) }
}

interface Same {
  target: Target
  /** How far between the first report and the answer, or now. */
  share: number
  merger: Member | undefined
}

function historyOf(now: Date, town: Town, random: Random, { name, phone }: Resident, { target, share, merger }: Same): CaseHistory {
  const until = target.replied_at ?? now
  const at = (part: number): Date => new Date(target.accepted_at.getTime() + (until.getTime() - target.accepted_at.getTime()) * part)
  const detail = random
    .pick(words)
    .replace('{place}', target.place)
    .replace('{what}', target.title.replace(target.place, '').replace(/^的/u, ''))
  const opening = {
    title: titleOf(detail),
    detail,
    category: target.category,
    appealType: null,
    channel: 'app',
    place: target.place,
    position: null,
    attachments: [],
  }
  const entries: HistoryEntry[] = [{ seq: 1, move: 'open', at: at(share), data: opening, ...nobody }]
  const add = (move: string, when: Date, data: Record<string, unknown>, by: Member | null): void => {
    const maker = by ? { accountId: by.accountId, postId: by.postId, orgId: by.orgId } : nobody
    entries.push({ seq: entries.length + 1, move, at: when, data, ...maker })
  }
  if (merger) add('merge', at(share + 0.05), { into: target.number, target: { caseId: target.case_id, number: target.number } }, merger)
  if (target.replied_at && target.closed_at) {
    add('passOn', target.replied_at, { reply: target.reply, of: target.number }, null)
    add('closeTogether', target.closed_at, { orgId: target.main_org_id, of: target.number }, null)
    const rated = new Date(target.closed_at.getTime() + 5 * 3_600_000)
    if (rated <= now) add('rate', rated, { score: random.integer(3, 5) }, null)
  }
  const caseId = random.id(at(share))
  return { caseId, place: placeFrom(town.areas.get(target.area_code)!), contact: { name, phone }, entries }
}

const nobody = { accountId: null, postId: null, orgId: null }
