import type { SceneCategory } from '@linli/scene/define'

/**
 * The fifteen first-level classes of appeals, with the words people really use: chips for residents, evidence for the routing suggestion.
 * Shared sayings are of lamps, pipes and lifts; what points at a household, a shop or an officer is told to no neighbor.
 */
export const categories: readonly SceneCategory[] = [
  {
    key: 'urban-rural-construction',
    name: '城乡建设',
    nameEn: 'Urban and rural construction',
    examples: [
      '路灯不亮',
      '井盖破损',
      '下水道堵了',
      '物业不管',
      '电梯坏了',
      '楼顶漏水',
      '垃圾没人清',
      '占道堆放',
      '违章搭建',
      '停水',
      '路面坑洼',
      '乱停车',
    ],
    sharedSayings: ['路灯不亮', '井盖破损', '下水道堵了', '电梯坏了', '楼顶漏水', '垃圾没人清', '停水', '路面坑洼'],
  },
  {
    key: 'party-government-affairs',
    name: '党务政务',
    nameEn: 'Party and government affairs',
    examples: ['窗口办事慢', '不知道去哪办', '材料要跑几趟', '热线打不通', '政务公开', '办事指南看不懂'],
  },
  {
    key: 'land-resources',
    name: '国土资源',
    nameEn: 'Land and natural resources',
    examples: ['不动产证', '宅基地', '土地确权', '征地补偿', '占用耕地', '房产过户', '地界不清'],
  },
  {
    key: 'environment',
    name: '环境保护',
    nameEn: 'Environmental protection',
    examples: ['夜里施工吵', '油烟呛人', '污水直排', '烧秸秆', '臭味', '扬尘', '河水发黑', '广场舞太吵'],
    sharedSayings: ['夜里施工吵', '臭味', '扬尘', '河水发黑'],
  },
  {
    key: 'discipline-inspection',
    name: '纪检监察',
    nameEn: 'Discipline inspection',
    examples: ['干部作风', '推诿不办', '收好处', '账目不公开', '优亲厚友'],
  },
  {
    key: 'transport',
    name: '交通运输',
    nameEn: 'Transport',
    examples: ['公交不准点', '站牌没了', '出租车拒载', '红绿灯坏了', '村路没硬化', '货车压坏路', '加开班次'],
    sharedSayings: ['公交不准点', '站牌没了', '红绿灯坏了', '村路没硬化'],
  },
  {
    key: 'economic-management',
    name: '经济管理',
    nameEn: 'Economic management',
    examples: ['停车费太贵', '乱收费', '买到假货', '缺斤短两', '预付卡退不了', '水电费算错', '商家跑路'],
  },
  {
    key: 'science-information',
    name: '科技与信息产业',
    nameEn: 'Science and information industry',
    examples: ['手机没信号', '宽带断网', '光缆垂下来', '乱扣话费', '基站辐射', '换不了运营商'],
    sharedSayings: ['手机没信号', '宽带断网', '光缆垂下来'],
  },
  {
    key: 'civil-affairs',
    name: '民政',
    nameEn: 'Civil affairs',
    examples: ['低保', '高龄补贴', '老人没人照看', '残疾人补贴', '邻里吵架', '殡葬收费', '助餐点', '楼道堆东西'],
  },
  {
    key: 'agriculture-rural',
    name: '农村农业',
    nameEn: 'Agriculture and rural affairs',
    examples: ['水渠堵了', '厕所改造', '种粮补贴', '果树得病', '农药瓶乱扔', '灌溉没水', '冷库用电'],
    sharedSayings: ['水渠堵了', '灌溉没水'],
  },
  {
    key: 'commerce-tourism',
    name: '商贸旅游',
    nameEn: 'Commerce and tourism',
    examples: ['菜市场', '景区乱收费', '农家乐', '快递不上门', '超市关门', '导游强买'],
  },
  {
    key: 'health-family',
    name: '卫生计生',
    nameEn: 'Health and family planning',
    examples: ['医保报销', '打疫苗', '卫生站没人', '挂不上号', '家庭医生', '餐馆不卫生', '生育登记'],
  },
  {
    key: 'political-legal',
    name: '政法',
    nameEn: 'Public security and justice',
    examples: ['户口', '居住证', '电动车被偷', '狗不拴绳', '半夜打麻将', '租客太杂', '法律援助', '飞线充电'],
  },
  {
    key: 'education-culture-sports',
    name: '教育文体',
    nameEn: 'Education, culture and sports',
    examples: ['学区划分', '转学', '校门口堵车', '补课收费', '健身器材坏了', '图书馆关门早', '延时服务'],
    sharedSayings: ['健身器材坏了'],
  },
  {
    key: 'labor-social-security',
    name: '劳动和社会保障',
    nameEn: 'Labor and social security',
    examples: ['拖欠工资', '社保断缴', '养老金认证', '工伤', '失业金', '不签合同', '招工受骗'],
  },
]
