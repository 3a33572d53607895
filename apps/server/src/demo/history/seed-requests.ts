import { placeFrom } from '@linli/access/server'
import type { WorkingCalendar } from '@linli/base/define'
import type { Ctx, Vault } from '@linli/base/server'
import type { CaseType } from '@linli/cases/define'
import { type CaseHistory, findDuty, type HistoryEntry, importHistories, recordRefusal } from '@linli/cases/server'
import type { Member, Town } from '../seed-town.ts'
import { communityPlans } from '../town-places.ts'
import { Random } from './random.ts'
import { workTime } from './work-time.ts'

interface Request {
  asker: string
  community: 'oldEstate' | 'commercialEstate' | 'village'
  category: string
  detail: string
  clause: string
  support: 'staff' | 'funds' | 'equipment' | 'training' | 'none'
  supportDetail?: string
  /** Working hours ago, and working hours from then until it is wanted. */
  ago: number
  within: number
  steps: readonly Step[]
}

type Step = readonly [by: 'township' | 'lead' | 'community' | 'asker', move: string, afterHours: number, data: Record<string, unknown>]

const admit: Step = ['township', 'admit', 1.5, { basis: '职责清单内的配合事项，支持到位' }]
const takeOn: Step = ['community', 'takeOn', 4, { remark: '安排网格员一起去' }]
const done = (result: string): Step => ['community', 'reportAssisted', 16, { outcomeReported: result }]
const confirmed: Step = ['asker', 'confirmAssisted', 4, { passed: true }]

/** Requests as they come: done, refused for want of support and asked again, another date, disputed, waiting at every desk. */
const requests: readonly Request[] = [
  {
    asker: 'civil-clerk',
    community: 'commercialEstate',
    category: 'as-visit',
    detail: '请陪同探访名单上十二位独居老人，核对紧急联系人，发放防寒物资。',
    clause: '社1 困难群众、独居老人的探访',
    support: 'staff',
    supportDetail: '民政局来三个人，带物资和车',
    ago: 260,
    within: 60,
    steps: [admit, takeOn, done('十二户都去了，两户换了联系人电话，物资发完。'), confirmed],
  },
  {
    asker: 'housing-clerk',
    community: 'village',
    category: 'as-safety',
    detail: '请带路排查自建房，劝导两户暂缓出租。',
    clause: '社5 楼道、燃气隐患排查时带路和劝导',
    support: 'equipment',
    supportDetail: '带检测设备和鉴定单位',
    ago: 200,
    within: 50,
    steps: [admit, takeOn, done('排查三十六户，四户列入整改。'), confirmed],
  },
  {
    asker: 'market-clerk',
    community: 'commercialEstate',
    category: 'as-publicity',
    detail: '请在小区组织一场预付卡消费提醒宣讲。',
    clause: '社4 惠民政策的宣传发动',
    support: 'none',
    ago: 150,
    within: 60,
    steps: [
      admit,
      ['community', 'turnDown', 6, { refusal: 'noSupport', explanation: '没有讲师也没有材料，请带人来' }],
      [
        'asker',
        'askAgain',
        5,
        { support: 'training', supportDetail: '派一名讲师，自带材料', wantedBy: 40, reason: '这次由我们讲，社区只借场地、发通知' },
      ],
      takeOn,
      done('来了六十多人，现场登记了七条线索。'),
      confirmed,
    ],
  },
  {
    asker: 'labor-clerk',
    community: 'oldEstate',
    category: 'as-verify',
    detail: '请核实名单上二十三位灵活就业人员是否仍在本社区居住。',
    clause: '社3 人口、房屋信息的实地核实',
    support: 'funds',
    supportDetail: '按户给工作经费',
    ago: 26,
    within: 70,
    steps: [admit, takeOn],
  },
  {
    asker: 'culture-clerk',
    community: 'commercialEstate',
    category: 'as-venue',
    detail: '请借用党群服务中心办一场读书会。',
    clause: '清单里没有，属自愿活动，场地空闲时使用',
    support: 'equipment',
    supportDetail: '自带音响和书',
    ago: 12,
    within: 60,
    steps: [
      ['township', 'admit', 2, { basis: '清单外，自愿活动，不增加社区工作量' }],
      ['community', 'proposeDate', 3, { wantedBy: 80, reason: '这周场地排满了，下周可以' }],
    ],
  },
  {
    asker: 'environment-clerk',
    community: 'village',
    category: 'as-publicity',
    detail: '请入户宣传秸秆禁烧，每户签承诺书。',
    clause: '社4 惠民政策的宣传发动',
    support: 'none',
    ago: 20,
    within: 50,
    steps: [admit, ['community', 'turnDown', 8, { refusal: 'repeated', explanation: '上个月镇里刚签过同样的承诺书' }]],
  },
  {
    asker: 'health-clerk',
    community: 'commercialEstate',
    category: 'as-publicity',
    detail: '请通知六十五岁以上老人下周来免费体检。',
    clause: '社4 惠民政策的宣传发动',
    support: 'staff',
    supportDetail: '社区医院来两名护士，名单和短信由我们做',
    ago: 7,
    within: 40,
    steps: [admit],
  },
  {
    asker: 'law-clerk',
    community: 'oldEstate',
    category: 'as-safety',
    detail: '请配合排查楼道飞线充电，帮忙敲门。',
    clause: '社5 楼道、燃气隐患排查时带路和劝导',
    support: 'staff',
    supportDetail: '执法队员四名',
    ago: 2,
    within: 40,
    steps: [],
  },
  {
    asker: 'justice-clerk',
    community: 'oldEstate',
    category: 'as-task',
    detail: '请统计社区里愿意参加普法测试的人数，每周报一次。',
    clause: '上级考核要求',
    support: 'none',
    ago: 90,
    within: 30,
    steps: [['lead', 'refuseAdmission', 3, { reason: '清单里没有，考核指标不摊到社区；平台能统计的不再报' }]],
  },
]

/** Asked for by two bureaus although the lists have withdrawn it: counted, and never opened. */
const blocked = [
  { asker: 'housing-clerk', community: 'oldEstate', category: 'as-certificate', ago: 120 },
  { asker: 'commerce-clerk', community: 'commercialEstate', category: 'as-contest', ago: 30 },
] as const

const committee = { oldEstate: 'oldEstateCommittee', commercialEstate: 'commercialCommittee', village: 'villageCommittee' } as const
const worker = { oldEstate: 'community-3', commercialEstate: 'community-2', village: 'village-2' } as const
const desk = {
  oldEstate: { township: 'dispatcher', lead: 'township-lead' },
  commercialEstate: { township: 'dispatcher', lead: 'township-lead' },
  village: { township: 'dispatcher-4', lead: 'township-lead-3' },
} as const

interface RequestOptions {
  vault: Vault
  calendar(): WorkingCalendar
  type: CaseType
}

/** Requests for assistance in every state, and two that a duty list stopped. As system; answers how many were opened. */
export async function seedRequests(system: Ctx, town: Town, options: RequestOptions): Promise<number> {
  const work = workTime(options.calendar())
  const random = new Random(20_260_611)
  const who = (account: string): Member => town.members.find((member) => member.account === account)!
  const placeOf = (community: Request['community']) => placeFrom(town.areas.get(communityPlans[community].code)!)
  const lineFor = (community: Request['community'], category: string) =>
    findDuty(system, { orgId: town.orgs[committee[community]], category, areaPath: placeOf(community).areaPath })
  const histories: CaseHistory[] = []
  for (const { asker, community, ago, within, steps, category, ...request } of requests) {
    const openedAt = work.before(system.now, ago)
    const duty = await lineFor(community, category)
    const people = { ...desk[community], community: worker[community], asker }
    let at = openedAt
    const opening = {
      ...request,
      title: request.detail.split('，')[0]!.replace(/。$/, ''),
      category,
      wantedBy: work.after(openedAt, within).toISOString(),
      liaison: `${who(asker).name} 办公室`,
      channel: 'office',
      attachments: [],
      orgId: town.orgs[committee[community]],
      dutyId: duty?.dutyId ?? null,
    }
    const entries: HistoryEntry[] = [{ seq: 1, move: 'open', at, data: opening, ...makerOf(who(asker)) }]
    for (const [by, move, hours, given] of steps) {
      at = work.after(at, hours)
      if (at > system.now) break
      const { wantedBy, ...rest } = given
      const data = typeof wantedBy === 'number' ? { ...rest, wantedBy: work.after(at, wantedBy).toISOString() } : rest
      entries.push({ seq: entries.length + 1, move, at, data, ...makerOf(who(people[by])) })
    }
    histories.push({ caseId: random.id(openedAt), place: placeOf(community), contact: undefined, entries })
  }
  await importHistories(system, options, options.type, histories)
  for (const { asker, community, category, ago } of blocked) {
    const duty = await lineFor(community, category)
    const { accountId, orgId } = who(asker)
    await recordRefusal(system, {
      type: options.type,
      dutyId: duty!.dutyId,
      areaPath: placeOf(community).areaPath,
      accountId,
      orgId,
      at: work.before(system.now, ago),
    })
  }
  return histories.length
}

const makerOf = ({ accountId, postId, orgId }: Member) => ({ accountId, postId, orgId })
