import { placeFrom } from '@linli/access/server'
import type { WorkingCalendar } from '@linli/base/define'
import type { Ctx, Vault } from '@linli/base/server'
import type { CaseType } from '@linli/cases/define'
import { type CaseHistory, type HistoryEntry, importHistories } from '@linli/cases/server'
import type { Member, Town } from '../seed-town.ts'
import { communityPlans } from '../town-places.ts'
import { Random } from './random.ts'
import { workTime } from './work-time.ts'

interface Call {
  detail: string
  place: string
  level: string
  /** Working hours ago. */
  ago: number
  /** How many of its steps were taken; all of them when absent. */
  until?: number
}

const calls: readonly Call[] = [
  { detail: '污水井反复外溢，井在路上、管在院里，水务和城管都说要一起看。', place: '松华路口', level: 'ordinary', ago: 900 },
  { detail: '沿街店铺油烟、占道、用电三家都管一段，单独去过都没解决。', place: '文化路', level: 'ordinary', ago: 420 },
  { detail: '老楼外墙掉砖，下面是消防通道，要住建、消防、执法一起定。', place: '朝阳里 3 号楼', level: 'urgent', ago: 160 },
  { detail: '路口塌了一块，水管、电缆都在下面，一家查不清。', place: '城南街口', level: 'pressing', ago: 9, until: 4 },
  { detail: '工地夜里运土，扬尘、噪声、超载都有人反映，请一起到场。', place: '滨河路工地', level: 'ordinary', ago: 4, until: 2 },
  { detail: '雨后地下车库进水，排水、供电要一起看。', place: '朝阳里地库', level: 'pressing', ago: 0.5, until: 1 },
]

/** A few call-outs of the old estate: closed ones with who never came, one that gathers, one that is called, one that waits for the township. */
export async function seedCallOuts(
  system: Ctx,
  town: Town,
  options: { vault: Vault; calendar(): WorkingCalendar; type: CaseType },
): Promise<number> {
  const work = workTime(options.calendar())
  const random = new Random(20_260_402)
  const who = (account: string): Member => town.members.find((member) => member.account === account)!
  const [caller, township, lead, other] = [who('community'), who('dispatcher'), who('housing-clerk'), who('water-clerk')]
  const place = placeFrom(town.areas.get(communityPlans.oldEstate.code)!)
  const histories = calls.map((call): CaseHistory => {
    const openedAt = work.before(system.now, call.ago)
    const steps: [by: Member, move: string, afterHours: number, data: Record<string, unknown>][] = [
      [
        township,
        'issueCall',
        0.3,
        { level: call.level, orgId: lead.orgId, first: other.orgId, second: town.orgs.lawEnforcement, part: '到现场一起认定、一起处置' },
      ],
      [other, 'reportIn', 0.2, { arrivedAt: call.place }],
      [lead, 'reportInAsLead', 0.2, { arrivedAt: call.place }],
      [township, 'confirmArrival', 0.5, { found: '先围挡警示，按权属分头处置，三天后复看' }],
      [lead, 'settleCall', 14, { record: '现场认定权属，各自处置完毕，复看无异常，到场单位签字。' }],
    ]
    let at = openedAt
    const opening = {
      title: call.detail.slice(0, 30),
      detail: call.detail,
      level: call.level,
      channel: 'grid',
      place: call.place,
      attachments: [],
    }
    const entries: HistoryEntry[] = [{ seq: 1, move: 'open', at, data: opening, ...makerOf(caller) }]
    for (const [by, move, hours, data] of steps.slice(0, call.until === undefined ? steps.length : call.until - 1)) {
      at = work.after(at, hours)
      if (at > system.now) break
      entries.push({ seq: entries.length + 1, move, at, data, ...makerOf(by) })
    }
    return { caseId: random.id(openedAt), place, contact: undefined, entries }
  })
  await importHistories(system, options, options.type, histories)
  return histories.length
}

const makerOf = ({ accountId, postId, orgId }: Member) => ({ accountId, postId, orgId })
