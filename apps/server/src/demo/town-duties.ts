import type { OfficeName } from './town-offices.ts'
import type { PlaceName } from './town-places.ts'

export interface DutyPlan {
  category: string
  office: OfficeName
  area: PlaceName
  standing: 'basic' | 'cooperating' | 'withdrawn'
  clauseNo: string
  clause: string
  words: readonly string[]
}

/** Stands at every duty, so that nobody takes an example for a county's real list. */
export const dutyDocument = '示例职责清单（演示）'

const duty = (
  clauseNo: string,
  category: string,
  office: OfficeName,
  clause: string,
  words: string,
  area: PlaceName = 'county',
  standing: DutyPlan['standing'] = 'basic',
): DutyPlan => ({ category, office, area, standing, clauseNo, clause, words: words.split(' ') })

const townships = [
  ['subdistrict', 'subdistrictTeam', 'policeStation'],
  ['otherSubdistrict', 'otherSubdistrictTeam', 'otherPoliceStation'],
  ['town', 'townTeam', 'townPoliceStation'],
] as const
const committees = [
  ['oldEstate', 'oldEstateCommittee'],
  ['commercialEstate', 'commercialCommittee'],
  ['village', 'villageCommittee'],
] as const

/** Who answers for grid events; their categories are apart from those of appeals, and so are the clauses. */
const eventDuties: readonly DutyPlan[] = [
  duty('事1', 'ev-env', 'lawEnforcement', '市容环境的巡查处置', '垃圾 渣土 菜叶 保洁'),
  duty('事1', 'ev-order', 'lawEnforcement', '街面秩序的巡查处置', '占道 单车 乱停 摊贩'),
  duty('事2', 'ev-fac', 'lawEnforcement', '城市照明、井盖和环卫设施的维护', '路灯 井盖 护栏 塌陷'),
  duty('事3', 'ev-safety', 'housing', '房屋、燃气和电梯安全隐患的督促整改', '燃气 外墙 电梯 坠物'),
  duty('事8', 'ev-env', 'water', '河道水面保洁和排涝', '水面 漂浮物 水沟 河道'),
  duty('事9', 'ev-build', 'environment', '扬尘和噪声污染的查处', '扬尘 工地 施工'),
  duty('事10', 'ev-livelihood', 'water', '供水排水的抢修', '停水 水压 水管'),
  duty('事11', 'ev-opinion', 'governmentServices', '网上反映问题的核实回应', '网上 群里 网传'),
  ...townships.flatMap(([area, team, police]) => [
    duty('事4', 'ev-build', team, '背街小巷、工地和违法建设的先期处置', '私搭 乱建 搭棚', area),
    duty('事4', 'ev-ad', team, '户外广告和小广告的清理', '小广告 横幅 广告牌', area),
    duty('事4', 'ev-safety', team, '自建房和公共区域隐患的先期处置', '老墙 电线', area, 'cooperating'),
    duty('事4', 'ev-emergency', team, '突发事件的先期处置', '倒伏 积水 冒烟 火', area),
    duty('事5', 'ev-pubsec', police, '治安线索的核查', '传销 赌博 被盗 诈骗', area),
    duty('事5', 'ev-people', police, '流动人口、出租房屋的管理', '租户 出租 隔成', area),
    duty('事7', 'ev-dispute', team, '没有划网格的社区邻里纠纷的先期处置', '争吵 纠纷', area),
    duty('事7', 'ev-care', team, '没有划网格的社区困难群众的探访', '独居 残疾 孩子', area),
    duty('事7', 'ev-other', team, '没有划网格的社区其他事项的先期处置', '捡到 流浪', area),
    duty('事6', 'ev-property', team, '无物业小区共用部位的维修组织', '楼道灯 门禁 绿化', area),
  ]),
  ...committees.flatMap(([area, committee]) => [
    duty('事7', 'ev-dispute', committee, '邻里纠纷的调解', '争吵 纠纷 噪声', area),
    duty('事7', 'ev-care', committee, '困难群众的探访', '独居 残疾 孩子', area),
    duty('事7', 'ev-other', committee, '其他事项的先期处置', '捡到 流浪', area),
  ]),
  duty('事6', 'ev-property', 'propertyCompany', '共用部位的维修养护和秩序维护', '楼道灯 门禁 绿化', 'commercialEstate'),
  duty('事6', 'ev-safety', 'propertyCompany', '消防通道和充电秩序的维护', '飞线 消防通道 上楼', 'commercialEstate'),
]

/** What communities have, help with and need not do: requests for assistance are looked up here first. */
const communityDuties: readonly DutyPlan[] = committees.flatMap(([area, committee]) => [
  duty('社1', 'as-visit', committee, '困难群众、独居老人的探访', '探访 独居', area),
  duty('社2', 'as-mediate', committee, '邻里纠纷的先期调解', '调解 纠纷', area),
  duty('社3', 'as-verify', committee, '人口、房屋信息的实地核实', '核实 住址', area, 'cooperating'),
  duty('社4', 'as-publicity', committee, '惠民政策的宣传发动', '宣传 通知', area, 'cooperating'),
  duty('社5', 'as-safety', committee, '楼道、燃气隐患排查时带路和劝导', '排查 带路', area, 'cooperating'),
  duty('社6', 'as-emergency', committee, '转移安置和物资发放', '转移 物资', area, 'cooperating'),
  duty('收3', 'as-certificate', committee, '没有法律法规依据的证明', '证明 盖章', area, 'withdrawn'),
  duty('收4', 'as-enforcement', committee, '执法检查和罚款收缴', '执法 罚款', area, 'withdrawn'),
  duty('收5', 'as-contest', committee, '创建达标和迎检布置', '创建 迎检', area, 'withdrawn'),
  duty('收6', 'as-data', committee, '平台里已有数据的重复填报', '填表 报表', area, 'withdrawn'),
  duty('收7', 'as-fees', committee, '保费、水费的代收代缴', '代收 保费', area, 'withdrawn'),
])

/** Every category has somebody who answers for it in the whole county; below the county stand the duties of townships, communities and estates. */
export const duties: readonly DutyPlan[] = [
  duty(
    '1.1',
    'urban-rural-construction',
    'housing',
    '房屋安全、物业管理、供水供气和市政排水的监督',
    '漏水 下水道 排水 电梯 房屋 供气 维修资金 加装电梯',
  ),
  duty(
    '1.2',
    'urban-rural-construction',
    'lawEnforcement',
    '市容环境、占道经营和违法建设的查处',
    '占道 违建 违章搭建 流动摊贩 广告牌 垃圾 乱停车',
  ),
  duty('1.3', 'urban-rural-construction', 'lawEnforcement', '城市道路照明、井盖和环卫设施的维护', '路灯 井盖 坑洼 人行道 公厕 保洁'),
  duty('1.4', 'urban-rural-construction', 'water', '供水管网、河道和排涝设施的管理', '停水 水压 水管 河道 积水'),
  duty(
    '2.1',
    'party-government-affairs',
    'governmentServices',
    '政务服务窗口、办事指南和热线服务的管理',
    '窗口 办事 材料 指南 热线 政务公开',
  ),
  duty('3.1', 'land-resources', 'naturalResources', '不动产登记、土地权属和规划许可', '不动产 产权证 宅基地 土地 规划 征地 过户'),
  duty('4.1', 'environment', 'environment', '噪声、油烟、污水和扬尘污染的防治', '噪音 噪声 油烟 污水 扬尘 臭味 焚烧'),
  duty('4.2', 'environment', 'lawEnforcement', '夜间施工和社会生活噪声的查处', '夜里施工 夜间施工 广场舞 烧烤', 'county', 'cooperating'),
  duty('5.1', 'discipline-inspection', 'petitionOffice', '作风问题反映的登记和转送有权机关', '作风 推诿 账目'),
  duty('6.1', 'transport', 'transport', '公交、客运、农村公路和交通设施', '公交 站牌 班次 出租车 公路 村路 货车'),
  duty('7.1', 'economic-management', 'market', '价格、计量、产品质量和消费纠纷', '收费 假货 缺斤短两 退款 预付卡 价格'),
  duty('7.2', 'economic-management', 'development', '水电气价格政策的解释', '电费 水费 气费 阶梯'),
  duty('8.1', 'science-information', 'technology', '通信设施建设和电信服务纠纷的协调', '信号 宽带 光缆 断网 话费 基站'),
  duty('9.1', 'civil-affairs', 'civilAffairs', '社会救助、养老服务、残疾人两项补贴和殡葬', '低保 高龄 补贴 养老 殡葬 助餐'),
  duty('10.1', 'agriculture-rural', 'agriculture', '农业补贴、农技服务和农村人居环境', '种粮 补贴 果树 农药 厕所 秸秆 冷库'),
  duty('10.2', 'agriculture-rural', 'water', '小型农田水利设施的管护', '水渠 灌溉 堰塘 水库'),
  duty('11.1', 'commerce-tourism', 'commerce', '农贸市场、商业网点和快递末端服务', '菜市场 超市 快递 网点'),
  duty('11.2', 'commerce-tourism', 'culture', '景区、民宿和旅行社的服务质量', '景区 农家乐 民宿 导游'),
  duty('12.1', 'health-family', 'health', '医疗服务、疫苗接种和公共卫生', '疫苗 卫生站 挂号 家庭医生 体检'),
  duty('12.2', 'health-family', 'medicalInsurance', '医保参保、报销和异地结算', '医保 报销 异地'),
  duty('12.3', 'health-family', 'market', '餐饮食品安全的监督', '食品 餐馆 变质', 'county', 'cooperating'),
  duty('13.1', 'political-legal', 'policeStation', '户籍、居住证、治安和养犬管理', '户口 居住证 被偷 狗 打麻将 租客', 'subdistrict'),
  duty(
    '13.1',
    'political-legal',
    'otherPoliceStation',
    '户籍、居住证、治安和养犬管理',
    '户口 居住证 被偷 狗 打麻将 租客',
    'otherSubdistrict',
  ),
  duty('13.1', 'political-legal', 'townPoliceStation', '户籍、居住证、治安和养犬管理', '户口 居住证 被偷 狗 打麻将 租客', 'town'),
  duty('13.2', 'political-legal', 'justice', '法律援助、人民调解和公证咨询', '法律援助 调解 公证 遗嘱'),
  duty('14.1', 'education-culture-sports', 'education', '义务教育入学、校园周边和校外培训', '学区 入学 转学 补课 延时 校门口'),
  duty('14.2', 'education-culture-sports', 'culture', '公共体育设施和图书馆、文化站', '健身器材 图书馆 球场 文化站'),
  duty('15.1', 'labor-social-security', 'labor', '工资支付、社会保险和就业服务', '工资 社保 养老金 工伤 失业 合同'),
  duty(
    '街1',
    'urban-rural-construction',
    'subdistrictTeam',
    '背街小巷环境整治和老旧小区改造的组织',
    '小巷 老旧小区 改造 楼道',
    'subdistrict',
  ),
  duty(
    '街1',
    'urban-rural-construction',
    'otherSubdistrictTeam',
    '背街小巷环境整治和老旧小区改造的组织',
    '小巷 老旧小区 改造 楼道',
    'otherSubdistrict',
  ),
  duty('镇1', 'urban-rural-construction', 'townTeam', '村庄规划建设和场镇环境的管理', '村路 场镇 垃圾 路灯', 'town'),
  duty(
    '物1',
    'urban-rural-construction',
    'propertyCompany',
    '物业服务合同约定的共用部位维修养护和秩序维护',
    '物业 门禁 楼道灯 绿化 电梯 停车',
    'commercialEstate',
  ),
  duty(
    '业1',
    'urban-rural-construction',
    'ownersCommittee',
    '业主共同决定事项的组织',
    '业委会 维修资金 停车费',
    'commercialEstate',
    'cooperating',
  ),
  duty('居1', 'civil-affairs', 'oldEstateCommittee', '邻里纠纷的调解和楼道堆物的劝导', '邻里 吵架 楼道堆', 'oldEstate'),
  duty('居1', 'civil-affairs', 'commercialCommittee', '邻里纠纷的调解和楼道堆物的劝导', '邻里 吵架 楼道堆', 'commercialEstate'),
  duty('村1', 'civil-affairs', 'villageCommittee', '邻里纠纷的调解和村规民约的执行', '邻里 吵架 红白事', 'village'),
  duty(
    '收1',
    'urban-rural-construction',
    'oldEstateCommittee',
    '违法建设的查处（已上收，不得派给社区）',
    '违建 违章搭建',
    'oldEstate',
    'withdrawn',
  ),
  ...eventDuties,
  ...communityDuties,
  duty('收2', 'environment', 'villageCommittee', '企业排污的检查（已上收，不得派给村）', '污水 排污', 'village', 'withdrawn'),
]
