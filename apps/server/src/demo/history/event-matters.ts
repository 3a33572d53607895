import type { OfficeName } from '../town-offices.ts'
import type { Handler, Setting } from './matter.ts'

export type Level = 'ordinary' | 'pressing' | 'urgent' | 'critical'

/** A kind of event to invent from; `{b}` is the place, `{n}` a small number. Every sentence is made up. */
export interface EventMatter {
  category: string
  /** The first is the usual one. */
  levels: readonly Level[]
  handler: Handler
  /** Whom a hasty dispatcher sends it to first. */
  mistaken: OfficeName
  settings: readonly Setting[]
  weight: number
  clause: string
  seen: readonly string[]
  /** What was done about what was seen, at the same place of its list. */
  done: readonly string[]
  /** The grid may do it on the spot. */
  onTheSpot: boolean
}

const everywhere: readonly Setting[] = ['old', 'commercial', 'village', 'elsewhere']
const urban: readonly Setting[] = ['old', 'commercial', 'elsewhere']

function matter(
  category: string,
  levels: readonly Level[],
  [handler, mistaken, clause]: readonly [Handler, OfficeName, string],
  settings: readonly Setting[],
  weight: number,
  seen: string,
  done: string,
  onTheSpot = false,
): EventMatter {
  const [first, last] = [seen.split('|'), done.split('|')]
  if (first.length !== last.length) throw new Error(`each of ${seen} needs its own result`)
  return { category: `ev-${category}`, levels, handler, mistaken, settings, weight, clause, seen: first, done: last, onTheSpot }
}

const cleaning = ['lawEnforcement', 'transport', '事1 市容环境和街面秩序的巡查处置'] as const
const facilities = ['lawEnforcement', 'housing', '事2 城市照明、井盖和环卫设施的维护'] as const
const buildings = ['housing', 'lawEnforcement', '事3 房屋、燃气和电梯安全隐患的督促整改'] as const
const township = ['township', 'lawEnforcement', '事4 背街小巷、工地和违法建设的先期处置'] as const
const police = ['police', 'justice', '事5 治安线索和流动人口、出租房屋的管理'] as const
const estate = ['estate', 'housing', '事6 共用部位的维修养护和秩序维护'] as const
const committee = ['committee', 'justice', '事7 邻里纠纷的调解和困难群众的探访'] as const

/** What a grid worker meets on the rounds. */
export const eventMatters: readonly EventMatter[] = [
  matter(
    'env',
    ['ordinary'],
    cleaning,
    everywhere,
    14,
    '{b}旁边堆了一地暴露垃圾|{b}墙根积存渣土{n}袋|{b}后面的绿地里有人乱倒菜叶',
    '垃圾已清运，地面冲洗干净|渣土已拉走，通知了装修的住户|已清理，并加了提示牌',
    true,
  ),
  matter(
    'env',
    ['ordinary', 'pressing'],
    ['water', 'lawEnforcement', '事8 河道水面保洁和排涝'],
    ['village', 'elsewhere'],
    4,
    '{b}前面的水面漂浮物积了一片|{b}旁边的水沟被杂物堵住',
    '已打捞干净|已清淤疏通',
  ),
  matter(
    'fac',
    ['ordinary', 'pressing'],
    facilities,
    everywhere,
    11,
    '{b}门口{n}盏路灯不亮|{b}前面井盖松动，车一过就响|{b}旁边护栏断了一截',
    '已更换灯泡，恢复照明|已更换井盖并加垫|护栏已焊接加固',
  ),
  matter(
    'fac',
    ['urgent'],
    facilities,
    urban,
    2,
    '{b}门口路面塌陷，坑有半米深|{b}人行道井盖缺失',
    '已围挡回填，恢复通行|已先围挡，换上防坠落井盖',
  ),
  matter(
    'order',
    ['ordinary'],
    cleaning,
    urban,
    9,
    '{b}门口占道经营，行人走到马路上|{b}外面共享单车堆积，堵了盲道|{b}门口车辆乱停放，消防车进不来',
    '已劝离，恢复通行|已联系企业清走|已联系车主挪车，施划了禁停线',
    true,
  ),
  matter(
    'build',
    ['ordinary'],
    township,
    everywhere,
    5,
    '{b}楼顶私搭乱建，已经砌到半墙|{b}一楼住户占用公共通道搭棚',
    '已责令停工并自行拆除，现场恢复|棚子已拆除，通道恢复',
  ),
  matter(
    'build',
    ['pressing'],
    ['environment', 'lawEnforcement', '事9 扬尘和噪声污染的查处'],
    urban,
    3,
    '{b}旁边工地扬尘，没有喷淋|{b}旁边工地夜里还在施工',
    '已责令覆盖喷淋，复查合格|已责令停工，按规定处罚',
  ),
  matter('ad', ['ordinary'], township, urban, 6, '{b}单元门贴满小广告|{b}路口横幅破了挂着', '已铲除，登记了号码|已拆除', true),
  matter(
    'safety',
    ['pressing', 'urgent'],
    estate,
    ['old', 'commercial'],
    9,
    '{b}楼道里有人飞线充电|{b}消防通道被杂物堵塞|{b}电动自行车推上楼充电',
    '已拆除飞线，引导到充电棚|杂物已清走，张贴了告知|已劝阻并推下楼，装了提示',
    true,
  ),
  matter(
    'safety',
    ['urgent', 'critical'],
    buildings,
    urban,
    4,
    '{b}楼道里闻到燃气异味|{b}外墙皮松动，有高空坠物危险|{b}电梯停在半层，反复故障',
    '已关阀检修，更换老化软管，复测正常|已清除松动部位，设了警戒|已停梯维修，检验合格后恢复',
  ),
  matter(
    'safety',
    ['pressing'],
    township,
    ['village', 'elsewhere'],
    3,
    '{b}旁边老墙开裂，有倒塌危险|{b}电线垂到路面上',
    '已拆除危墙，清理现场|已联系供电所架高固定',
  ),
  matter(
    'dispute',
    ['ordinary', 'pressing'],
    committee,
    everywhere,
    7,
    '{b}两户为楼道堆物争吵|{b}楼上楼下为漏水起纠纷|{b}因夜里噪声吵了起来',
    '已调解，双方签了协议|已上门调解，楼上同意维修|已调解，约定十点以后不出声',
    true,
  ),
  matter(
    'pubsec',
    ['pressing'],
    police,
    everywhere,
    3,
    '{b}有陌生人多次挨户推销，疑似传销|{b}地下室有人聚众赌博|{b}车棚里电动车电瓶被盗',
    '已核查，依法处置|已查处|已调取监控，正在侦办并回访失主',
  ),
  matter(
    'care',
    ['ordinary', 'urgent'],
    committee,
    everywhere,
    5,
    '{b}独居老人两天没有出门，敲门有应答但起不来|{b}残疾居民的轮椅坏了出不了门|{b}有孩子放学后没有人看护',
    '已送医，联系了家属，列入每日探访|轮椅已借调一台，维修中的送回|已联系家长，接到社区活动室',
    true,
  ),
  matter(
    'people',
    ['ordinary'],
    police,
    urban,
    6,
    '{b}新搬来一户租户，没有登记|{b}租户搬离，房子空了|{b}一套房隔成{n}间出租',
    '已登记，办理居住登记|已核实注销|已督促恢复原状，拆除隔断',
    true,
  ),
  matter(
    'livelihood',
    ['ordinary', 'pressing'],
    ['water', 'housing', '事10 供水排水的抢修'],
    everywhere,
    5,
    '{b}整栋停水，物业说不清原因|{b}水压太低，三楼以上没有水',
    '水管爆裂已修复，恢复供水|已调高压力，加压泵检修完',
  ),
  matter(
    'property',
    ['ordinary'],
    estate,
    ['old', 'commercial'],
    8,
    '{b}楼道灯不亮|{b}单元门禁损坏，门一直开着|{b}绿化缺株，土露在外面',
    '灯已换好|门禁已修复|已补种',
    true,
  ),
  matter(
    'emergency',
    ['critical', 'urgent'],
    township,
    everywhere,
    3,
    '{b}旁边一棵大树倒伏，压住了路|大雨后{b}前积水没过脚踝|{b}旁边草堆冒烟',
    '树已锯断清走，道路恢复|已排水，清了雨水口|已扑灭，现场无复燃',
  ),
  matter(
    'opinion',
    ['pressing'],
    ['governmentServices', 'justice', '事11 网上反映问题的核实回应'],
    urban,
    2,
    '群里有人说{b}要拆迁，大家都在问|网上传{b}水质有问题',
    '已核实，发布了说明|已公布检测结果，群里作了说明',
    true,
  ),
  matter(
    'other',
    ['ordinary'],
    committee,
    everywhere,
    2,
    '{b}有一只流浪狗受伤趴在门口|捡到一个书包，放在{b}门卫室',
    '已联系救助点接走|已找到失主领回',
    true,
  ),
]

export const eventPhrases = {
  unclear: [
    { dismissal: 'absent', reason: '到现场看过，没有这种情况' },
    { dismissal: 'settled', reason: '到场时居民已经自行解决' },
    { dismissal: 'duplicate', reason: '同一地点已有一件在办' },
  ],
  passed: ['现场看过，已经到位', '和反映的居民一起看过，认可', '对照处置前的情况，已恢复', ''],
  failed: ['只清了一半，后面还有', '还是松动，没有固定好', '现场没有变化'],
  reopened: ['过了两天又这样了', '只管了一天'],
} as const
