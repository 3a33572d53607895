/** Words of the trade for what is found on a round. */
export const sayingsEn: Readonly<Record<string, string>> = {
  暴露垃圾: 'Exposed rubbish',
  积存渣土: 'Piled-up rubble',
  道路不洁: 'Dirty road',
  水面漂浮物: 'Floating waste',
  绿地脏乱: 'Dirty green space',

  井盖松动: 'Loose manhole cover',
  路灯损坏: 'Damaged street light',
  护栏损坏: 'Damaged guard rail',
  健身器材损坏: 'Damaged exercise equipment',
  路面塌陷: 'Sunken pavement',

  占道经营: 'Trading on the pavement',
  车辆乱停放: 'Vehicles parked in the way',
  共享单车堆积: 'Heaps of shared bicycles',
  流动摊贩: 'Hawkers',

  私搭乱建: 'Unauthorized structure',
  工地扬尘: 'Dust from a building site',
  夜间违规施工: 'Unlawful building at night',
  占用公共通道: 'Public passage blocked by building',

  乱贴小广告: 'Bills posted everywhere',
  破损广告牌: 'Broken billboard',
  违规横幅: 'Unlawful banner',

  消防通道堵塞: 'Fire lane blocked',
  飞线充电: 'E-bike charged from a window',
  燃气异味: 'Smell of gas',
  电梯故障: 'Lift out of order',
  电动自行车上楼: 'E-bike taken upstairs',
  高空坠物: 'Objects falling from above',

  邻里纠纷: 'Quarrel of neighbors',
  家庭纠纷: 'Family quarrel',
  噪声纠纷: 'Quarrel about noise',
  租赁纠纷: 'Quarrel about a tenancy',

  可疑传销: 'Suspected pyramid selling',
  盗窃线索: 'Lead on a theft',
  聚众赌博: 'Gambling',
  电信诈骗线索: 'Lead on telephone fraud',

  独居老人求助: 'Elder living alone needs help',
  残疾人求助: 'Disabled person needs help',
  儿童无人看护: 'Child without care',

  新租户入住: 'New tenant',
  租户搬离: 'Tenant moved out',
  空置房变动: 'Change of an empty dwelling',

  停水停电: 'No water or power',
  取暖问题: 'Heating trouble',
  出行不便: 'Hard to get about',

  楼道灯不亮: 'Corridor light out',
  门禁损坏: 'Door entry broken',
  保洁不到位: 'Cleaning not done',
  绿化缺株: 'Plants missing',

  火情: 'Fire',
  道路塌陷: 'Road collapsed',
  树木倒伏: 'Fallen tree',
  内涝积水: 'Flooding',

  网传不实信息: 'False information online',
  群里集中反映: 'Many complaints in a group',

  其他情况: 'Something else',
}
