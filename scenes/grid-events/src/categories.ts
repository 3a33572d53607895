import type { SceneCategory } from '@linli/scene/define'

const category = (key: string, name: string, nameEn: string, examples: string): SceneCategory => ({
  key: `ev-${key}`,
  name,
  nameEn,
  examples: examples.split('、'),
})

/**
 * The platform's tree of events (standards 2.6 [D]) with the words of the trade: evidence for the routing suggestion. Codes of a city's
 * own handbook are imported per deployment; none are invented here.
 */
export const categories: readonly SceneCategory[] = [
  category('env', '环境卫生', 'Environment and sanitation', '暴露垃圾、积存渣土、道路不洁、水面漂浮物、绿地脏乱'),
  category('fac', '公共设施', 'Public facilities', '井盖松动、路灯损坏、护栏损坏、健身器材损坏、路面塌陷'),
  category('order', '街面秩序', 'Public order', '占道经营、车辆乱停放、共享单车堆积、流动摊贩'),
  category('build', '违建施工', 'Illegal building and construction', '私搭乱建、工地扬尘、夜间违规施工、占用公共通道'),
  category('ad', '宣传广告', 'Advertising', '乱贴小广告、破损广告牌、违规横幅'),
  category('safety', '安全隐患', 'Safety hazards', '消防通道堵塞、飞线充电、燃气异味、电梯故障、电动自行车上楼、高空坠物'),
  category('dispute', '矛盾纠纷', 'Disputes', '邻里纠纷、家庭纠纷、噪声纠纷、租赁纠纷'),
  category('pubsec', '治安线索', 'Leads on public order', '可疑传销、盗窃线索、聚众赌博、电信诈骗线索'),
  category('care', '特殊人群服务', 'Services for people with special needs', '独居老人求助、残疾人求助、儿童无人看护'),
  category('people', '流动人口房屋变更', 'Changes of residents and dwellings', '新租户入住、租户搬离、空置房变动'),
  category('livelihood', '民生诉求', 'Daily needs', '停水停电、取暖问题、出行不便'),
  category('property', '物业', 'Property management', '楼道灯不亮、门禁损坏、保洁不到位、绿化缺株'),
  category('emergency', '突发事件', 'Incidents', '火情、道路塌陷、树木倒伏、内涝积水'),
  category('opinion', '舆情', 'Opinion online', '网传不实信息、群里集中反映'),
  category('other', '其他', 'Other', '其他情况'),
]

/** Where the result must be shown: whoever handled says that the danger is gone, a picture proves it. */
export const dangerous = ['ev-safety', 'ev-emergency'] as const
