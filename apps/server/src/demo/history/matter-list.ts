import { type Matter, matter, type Setting } from './matter.ts'

const everywhere: readonly Setting[] = ['old', 'commercial', 'village', 'elsewhere']
const urban: readonly Setting[] = ['old', 'commercial', 'elsewhere']
const housing = 'urban-rural-construction'

const lamps = ['lawEnforcement', 'housing', '1.3 城市道路照明、井盖和环卫设施的维护'] as const
const buildings = ['housing', 'lawEnforcement', '1.1 房屋安全、物业管理、供水供气和市政排水的监督'] as const
const estate = ['estate', 'housing', '共用部位的维修养护和秩序维护'] as const
const cityscape = ['lawEnforcement', 'transport', '1.2 市容环境、占道经营和违法建设的查处'] as const
const watering = ['water', 'housing', '1.4 供水管网、河道和排涝设施的管理'] as const
const pollution = ['environment', 'lawEnforcement', '4.1 噪声、油烟、污水和扬尘污染的防治'] as const
const policing = ['police', 'lawEnforcement', '13.1 户籍、居住证、治安和养犬管理'] as const

/** What the town complains about, asks and suggests; weights follow what such towns see most. */
export const matters: readonly Matter[] = [
  matter(
    housing,
    ['help', 'complaint'],
    lamps,
    everywhere,
    10,
    {
      first: '{b}门口的路灯{d}不亮了|{b}旁边的路灯一闪一闪的，{d}了没人修|从{b}到路口的{n}盏路灯全灭了',
      more: '晚上黑得看不见路，{who}出门要打手电|上周有人在这里绊了一跤|下晚自习的孩子都从这里走',
      reply:
        '已更换灯泡和镇流器，当晚恢复照明，以后列入夜巡。|现场查明是接线松动，已重新接好并测试。|现场查明是线路老化，已重新放线，{n}盏灯全部亮了。',
    },
    '等待配件或施工条件',
  ),
  matter(housing, ['help', 'urgent'], lamps, urban, 4, {
    first: '{b}前面的井盖裂了，车一压就响|{b}路口井盖不见了，只插了根树枝|人行道上的井盖陷下去一块，就在{b}旁边',
    more: '{t}人多，怕有人掉进去|孩子上学天天从这里过，请快一点|下雨积了水就更看不见',
    reply: '已更换井盖并加垫胶圈，不再响。|接到后先围挡，两小时内换了防坠落井盖。|井座已重新浇筑，养护三天后撤围挡。',
  }),
  matter(
    housing,
    ['help', 'complaint'],
    buildings,
    ['old', 'elsewhere'],
    8,
    {
      first: '{b}的下水道又堵了，污水从一楼冒出来|{b}化粪池满了，{d}没人来抽|{b}后面的排水沟堵死了，一下雨就倒灌',
      more: '一楼住户家里都是味|找过几次都说等通知|{who}住一楼，门都不敢开',
      reply: '已疏通主管，更换塌陷的管子{n}米，请观察一周。|已清掏化粪池，并和住户说好每季度清掏一次。|已清淤疏通，加装了防倒灌的阀。',
    },
    '等待配件或施工条件',
  ),
  matter(
    housing,
    ['complaint', 'help'],
    buildings,
    urban,
    6,
    {
      first: '{b}顶楼漏水，一下雨家里就接盆|{b}外墙掉皮，昨天掉下来一块水泥|楼顶防水坏了，{b}最上面两层都渗',
      more: '墙上长了霉，{who}咳嗽{d}了|报过维修，来看了一次就没有下文|想问维修资金能不能用',
      reply:
        '已完成防水补漏，雨后回访不再渗。|松动的外墙已清除，周边设了警戒，修缮方案在公示。|已组织勘查，符合应急维修条件，正在按程序启用维修资金。',
    },
    '公示',
  ),
  matter(
    housing,
    ['complaint', 'help', 'urgent'],
    estate,
    ['commercial'],
    9,
    {
      first: '{b}的电梯这周停了两次，{who}被困过|{b}电梯按了没反应，高层都在爬楼|{b}两部电梯坏了一部，{t}要等十几分钟',
      more: '家里有坐轮椅的，下不了楼|问物业说在等配件|电梯里的检验合格证也过期了',
      reply:
        '维保单位已更换门机板，试运行正常。|主板已到货换好，检验合格后恢复使用，期间安排人员帮扶老人上下楼。|已约谈维保单位，改为每半月保养一次。',
    },
    '等待配件或施工条件',
  ),
  matter(housing, ['complaint'], estate, ['commercial'], 8, {
    first: '物业不管，{b}楼道灯坏了{d}|{b}单元门禁坏了，谁都能进|小区保洁越来越少，{b}垃圾桶满了没人倒',
    more: '物业费一分没少收|打物业电话总说知道了|业主群里反映了{n}次',
    reply: '已修好，并在楼道贴了报修电话和时限。|门禁已更换读卡器，请到服务中心补录门卡。|已调整保洁班次，每天清运两次。',
  }),
  matter(housing, ['complaint', 'suggest'], estate, ['commercial', 'old'], 6, {
    first: '{b}消防通道天天停满车|小区里乱停车，{b}门口的路都堵死了|地面车位被人拿锁占着，{b}楼下{n}个',
    more: '上次救护车开不进来|{t}根本出不去|希望划线编号，先来后到',
    reply: '已在消防通道划线立牌，清理占道车辆{n}辆。|已征求住户意见，在南门外增划了车位。|地锁已拆除{n}个，公共车位改为登记使用。',
  }),
  matter(
    housing,
    ['report', 'complaint'],
    cityscape,
    everywhere,
    5,
    {
      first: '{b}楼顶有人搭了彩钢棚|有人在{b}旁边砌墙占了公共过道|{b}一楼把窗户改成了门，正在砸墙',
      more: '怕影响房子结构|{t}还在施工|劝过不听',
      reply: '现场核实属违法搭建，已下达限期拆除通知。|当事人已自行拆除并恢复原状。|已责令停工，正在鉴定承重结构是否受损。',
    },
    '检验检测',
  ),
  matter(housing, ['complaint'], cityscape, ['old', 'elsewhere', 'commercial'], 5, {
    first: '{b}外面的摊子占了整条人行道|{t}{b}路口全是流动摊贩，推车的走不过去|商铺把桌子摆到{b}的路上来了',
    more: '油水泼得地上打滑|轮椅和婴儿车只能走车道|希望给他们找个地方',
    reply: '已劝导入市经营，早晚高峰安排人员值守。|已和摊主商量，改到东侧空地，限时经营。|占道桌椅已收回，店外划了黄线。',
  }),
  matter(housing, ['help', 'urgent', 'complaint'], watering, everywhere, 6, {
    first: '{b}从{t}开始停水，没有通知|{b}水压太小，{n}楼以上洗不了澡|{b}门前水管漏了，水流了{d}',
    more: '家里有{who}，做不了饭|打供水电话一直占线|问什么时候能来水',
    reply: '主管爆裂已抢修，当天恢复供水，以后停水提前一天通知。|已加装增压设备，水压恢复正常。|漏点已修复，路面随后恢复。',
  }),
  matter(housing, ['complaint', 'help'], ['township', 'housing', '背街小巷环境整治'], ['old', 'village', 'elsewhere'], 6, {
    first: '{b}旁边堆的建筑垃圾{d}没人拉|{b}后面成了垃圾堆，苍蝇多得很|巷子路面坑坑洼洼，{b}门口积了一滩水',
    more: '问过不知道归谁管|天热味道大|{who}走路要绕',
    reply: '已清运建筑垃圾两车，装了监控。|已清理干净，定为每天清运，责任人的电话贴在墙上。|路面已修补{n}处，排水沟一并疏通。',
  }),
  matter(housing, ['consult', 'suggest'], buildings, ['old', 'commercial'], 4, {
    first: '想问{b}能不能加装电梯，怎么申请|{b}这一片什么时候轮到老旧小区改造|请问动用维修资金要多少户同意',
    more: '楼里{who}多，爬楼吃力|已经有大半住户愿意|要交哪些材料，到哪里交',
    reply:
      '加装电梯由业主协商后申请，清单已发到您手机，社区可以帮着召集。|明年的改造名单十二月公示，这一片在调查范围内。|应急维修和一般维修的比例不同，已电话逐条说明。',
  }),
  matter(
    'party-government-affairs',
    ['complaint', 'consult', 'suggest'],
    ['governmentServices', 'dataBureau', '2.1 政务服务窗口、办事指南和热线服务的管理'],
    everywhere,
    5,
    {
      first: '政务大厅窗口排了{n}个人只开一个口|办一件事跑了{n}趟，每次说的材料都不一样|网上的办事指南和窗口说的对不上',
      more: '请一次说清楚|老人不会用手机，有没有帮办|{t}去也要等一个多小时',
      reply:
        '已增开窗口，高峰时段值班主任在厅里引导。|已安排帮办人员上门，材料一次收齐，多要的那一份取消了。|已核对修改办事指南，网上和窗口现在一致。',
    },
  ),
  matter(
    'land-resources',
    ['consult', 'help'],
    ['naturalResources', 'housing', '3.1 不动产登记、土地权属和规划许可'],
    everywhere,
    4,
    {
      first: '房子买了{n}年，不动产证一直办不下来|老人留下的房子怎么过户|想问夫妻之间加名字要办什么手续',
      more: '问了几个窗口说法不一|一家人都同意|户口本上的名字写错过一个字',
      reply:
        '欠缺的规划核实手续已补齐，下周可以来领证。|过户所需材料清单已发您，可预约周六办理。|加名字所需材料已短信告知，带证件到窗口当天可办。',
    },
    '等待补充材料',
  ),
  matter(
    'land-resources',
    ['help', 'complaint'],
    ['naturalResources', 'agriculture', '3.1 不动产登记、土地权属和规划许可'],
    ['village'],
    2,
    {
      first: '有人在{b}旁边的田里倒土，像要盖房|邻居砌墙占了我家{b}的地界|想问{b}的宅基地确权结果在哪里查',
      more: '村里量过{n}次，说法不一|家里有老证|希望来人看一下',
      reply: '已现场制止，限期恢复耕种。|已和村里一起放线，界桩重新埋好。|确权成果已在村里公示栏公布，您家的图已打印放在村委会。',
    },
  ),
  matter(
    'environment',
    ['complaint', 'urgent'],
    pollution,
    urban,
    8,
    {
      first: '{b}旁边工地{night}还在施工，吵得睡不着|{b}对面的烧烤店油烟直往家里灌|{b}楼下的空调外机整夜响',
      more: '家里有高三学生|窗户都不敢开|{d}了，天天这样',
      reply:
        '已查处夜间施工，夜十点后停工，联系电话公布在围挡上。|店家已加装净化器，烟道改向，检测达标。|已调整外机位置并加减振垫，夜间噪声检测合格。',
    },
    '检验检测',
  ),
  matter(
    'environment',
    ['report', 'help'],
    pollution,
    ['village', 'elsewhere'],
    3,
    {
      first: '{b}旁边的沟水发黑发臭|有人{night}在{b}附近烧东西，烟很大|养殖场的水直接排到{b}下面的河里',
      more: '井水都不敢用|拍了照片|{d}来一次',
      reply:
        '已取样检测，责令立即停止排放，沟渠清淤{n}百米。|已查清是焚烧秸秆，当事人受到教育并签了承诺。|养殖场已建三级沉淀池，复查达标。',
    },
    '检验检测',
  ),
  matter(
    'discipline-inspection',
    ['report', 'complaint'],
    ['petitionOffice', 'governmentServices', '5.1 作风问题反映的登记和转送有权机关'],
    everywhere,
    1.4,
    {
      first: '反映某单位办事推来推去|公示栏的账目{d}没有更新，想知道钱花到哪里了|反映有人评补助优亲厚友',
      more: '愿意当面说明|希望保密|有几个人都知道',
      reply:
        '您反映的情况已登记，按管理权限转送有权机关，结果由其告知。|账目已补充公示到上月，可到社区查原始凭证。|您反映的情况已登记并转送，核查结果由有权机关告知。',
    },
  ),
  matter(
    'transport',
    ['complaint', 'suggest', 'help'],
    ['transport', 'lawEnforcement', '6.1 公交、客运、农村公路和交通设施'],
    everywhere,
    6,
    {
      first: '{b}门口这趟公交{t}等了四十分钟|建议早上加开一班到县医院的车|{b}路口的红绿灯坏了，车都抢着走',
      more: '{who}赶不上看病|上班上学都受影响|已经{d}了',
      reply: '已调整发车间隔，高峰期加密到十二分钟。|已试开早班车，一个月后看客流再定。|信号灯控制器已更换，恢复正常。',
    },
  ),
  matter(
    'transport',
    ['help', 'complaint'],
    ['transport', 'water', '6.1 公交、客运、农村公路和交通设施'],
    ['village'],
    3,
    {
      first: '通到{b}的村路被大货车压烂了|{b}前面的桥栏杆断了|路肩塌了一段，{b}那边的车不敢会车',
      more: '校车每天要走|下雨全是泥|{n}户人只有这一条路',
      reply: '已修补破损路面{n}处，路口设了限高杆。|护栏已焊接加固。|路肩已砌挡墙，安放了警示桩。',
    },
    '等待配件或施工条件',
  ),
  matter(
    'economic-management',
    ['complaint', 'consult'],
    ['market', 'development', '7.1 价格、计量、产品质量和消费纠纷'],
    everywhere,
    6,
    {
      first:
        '理发店办的卡还剩{n}百块，店关门了|菜市场的秤不准，少了三两|停车场收费没有公示牌，停了{n}个小时收了四十|网上买的取暖器冒烟，商家不退',
      more: '有付款记录|店里电话打不通|希望把钱退回来',
      reply:
        '经调解商家已退款，您已签字确认。|电子秤已送检，不合格的没收并立案。|已责令补挂价目牌，多收的费用退还。|商家已退货退款，同批产品送检。',
    },
    '检验检测',
  ),
  matter('economic-management', ['consult', 'complaint'], ['development', 'market', '7.2 水电气价格政策的解释'], everywhere, 3, {
    first: '这个月电费比上月多了一倍，想问怎么算的|合租的几家共用一个水表，能不能按户算阶梯|燃气费为什么分两种价',
    more: '家里就两个人|物业也说不清|想要一份明细',
    reply:
      '已核对表底，是两个月合并抄表，阶梯已按月拆分，多计部分退回。|您家人口超过五人，凭户口本可申请增加阶梯基数。|价格文件和算法已发您手机。',
  }),
  matter(
    'science-information',
    ['complaint', 'help'],
    ['technology', 'housing', '8.1 通信设施建设和电信服务纠纷的协调'],
    everywhere,
    4,
    {
      first: '{b}室内手机没信号，要到阳台打电话|{b}的宽带{d}断了{n}次|光缆垂到{b}门口，伸手就够得着',
      more: '在家上网课受影响|换了两家都一样|怕挂到车',
      reply: '已协调运营企业加装室内分布，信号测试正常。|接入箱已更换，赠送一个月宽带费。|下垂光缆已拉高整理，挂了标牌。',
    },
    '等待配件或施工条件',
  ),
  matter(
    'civil-affairs',
    ['help', 'consult'],
    ['civilAffairs', 'medicalInsurance', '9.1 社会救助、养老服务、残疾人两项补贴和殡葬'],
    everywhere,
    7,
    {
      first:
        '{old}八十岁了，高龄补贴怎么领|邻居老人一个人住，{d}没见出门，请去看看|想给残疾的家人申请护理补贴|听说要办助餐点，{b}这边什么时候有',
      more: '腿脚不便，能不能上门|材料不知道怎么填|儿女在外地',
      reply:
        '已上门办好，补贴从下月起发到社保卡。|社区已上门探望，老人身体无碍，已列入每周探访。|护理补贴已初审通过，公示后发放。|助餐点下月在党群服务中心开，先登记{n}位老人送餐。',
    },
    '等待补充材料',
  ),
  matter(
    'civil-affairs',
    ['help', 'complaint'],
    ['committee', 'civilAffairs', '邻里纠纷的调解和楼道堆物的劝导'],
    ['old', 'commercial', 'village'],
    5,
    {
      first: '{b}楼道堆满了纸箱和旧家具|楼上{night}拖椅子，和他说了就吵起来|{b}两家为一棵树的落叶吵了{d}',
      more: '有火灾隐患|希望社区出面说一说|{old}心脏不好',
      reply: '已和住户一起清理，楼道恢复畅通。|调解后双方签了约定，晚十点后不再拖动家具。|树枝已由两家商量后修剪。',
    },
    '当事人要求',
  ),
  matter(
    'agriculture-rural',
    ['help', 'consult', 'complaint'],
    ['agriculture', 'water', '10.1 农业补贴、农技服务和农村人居环境'],
    ['village'],
    7,
    {
      first: '{b}的猕猴桃叶子发黄，像是得了溃疡病|今年种粮补贴怎么还没有到账|厕所改造做了一半，{b}的化粪池没有盖|农药瓶扔在{b}旁边的水沟里',
      more: '再过{n}天就要打药了|村里说报上去了|怕牲口喝到',
      reply:
        '农技员已到田头看过，按方用药，两周后复查。|补贴因卡号有误退回，更正后已到账。|已补齐盖板并验收。|已设回收桶，旧瓶按个兑换日用品。',
    },
  ),
  matter(
    'agriculture-rural',
    ['help', 'urgent'],
    ['water', 'agriculture', '10.2 小型农田水利设施的管护'],
    ['village'],
    4,
    {
      first: '灌溉渠在{b}上面塌了，下面{n}户没水|堰塘的闸门坏了，水放不下来|{b}边上的水渠被泥沙堵死',
      more: '正是用水的时候|自己清不动|{d}没下雨了',
      reply: '已抢修渠道三十米，恢复通水。|闸门已更换启闭机。|已组织清淤，由用水户协会轮流管护。',
    },
    '等待配件或施工条件',
  ),
  matter('commerce-tourism', ['complaint', 'suggest'], ['commerce', 'market', '11.1 农贸市场、商业网点和快递末端服务'], everywhere, 4, {
    first: '快递都放在{n}里外的代收点，{who}取不了|东门菜市场顶棚漏雨，地上滑|建议{b}附近开一家平价超市',
    more: '打电话快递员说一律不上门|菜价也比别处贵|周围住的都是老人',
    reply: '已和快递网点商定，七十岁以上和行动不便的送上门。|市场顶棚已修好，地面做了防滑。|便利店选址已定在党群服务中心旁。',
  }),
  matter('commerce-tourism', ['complaint'], ['culture', 'market', '11.2 景区、民宿和旅行社的服务质量'], ['village', 'elsewhere'], 2, {
    first: '农家乐订的房到了说没有|景区停车另外收费，票上没写|旅行社临时加了{n}个购物点',
    more: '有聊天记录|带着{who}很不方便|要求退差价',
    reply: '经核实退还房费并赔礼道歉。|停车收费已纳入公示，多收的退回。|已责令旅行社退还差价，记入信用档案。',
  }),
  matter(
    'health-family',
    ['consult', 'help', 'complaint'],
    ['health', 'medicalInsurance', '12.1 医疗服务、疫苗接种和公共卫生'],
    everywhere,
    5,
    {
      first: '社区卫生站{t}总是没人|孩子的疫苗漏打了一针，怎么补|家庭医生签了约，{d}没来过|体检报告{n}个星期没有拿到',
      more: '白跑了几趟|问了几个地方说法不一|{old}血压高，要定期量',
      reply:
        '卫生站已公布坐诊时间，周末增加半天。|补种时间已约好，带接种本来就行。|家庭医生本周上门随访，以后每季度一次。|体检报告已送到家，异常项由医生逐条说明。',
    },
  ),
  matter(
    'health-family',
    ['consult', 'complaint'],
    ['medicalInsurance', 'health', '12.2 医保参保、报销和异地结算'],
    everywhere,
    4,
    {
      first: '在外地住院的费用回来怎么报|医保断了{n}个月，能不能补|慢性病的药换了一种，还能不能报',
      more: '发票都在|窗口说的和网上不一样|希望讲清楚比例',
      reply: '异地备案可以在手机上补办，费用已手工报销到账。|补缴后次月恢复待遇，窗口已为您留号。|新药在目录内，按原比例报销，处方已更新。',
    },
    '等待补充材料',
  ),
  matter('political-legal', ['complaint', 'report', 'help'], policing, everywhere, 6, {
    first: '{b}有人{night}打麻将，吵到后半夜|大狗不拴绳，在{b}楼下追孩子|停在{b}楼下的电动车电瓶被偷了|{b}从楼上拉线下来给电动车充电',
    more: '说过{n}次不听|晚上都不敢下楼|监控好像是坏的',
    reply:
      '已上门劝导并告知规定，双方达成约定。|已对养犬人批评教育，限期办证拴绳。|已立案，调取监控在查。|飞线已剪除，楼下新增充电口{n}个。',
  }),
  matter('political-legal', ['consult', 'help'], ['justice', 'policeStation', '13.2 法律援助、人民调解和公证咨询'], everywhere, 2, {
    first: '工友受伤没钱打官司，能申请法律援助吗|老人想立遗嘱，公证要带什么|借出去的钱要不回来，能不能调解',
    more: '只有微信记录|{who}行动不便|对方愿意谈',
    reply: '符合援助条件，已指派律师与您联系。|公证员可以上门，费用对八十岁以上老人减免。|已促成调解，分{n}期归还。',
  }),
  matter(
    'education-culture-sports',
    ['consult', 'complaint', 'suggest'],
    ['education', 'culture', '14.1 义务教育入学、校园周边和校外培训'],
    everywhere,
    5,
    {
      first: '{b}划到哪个小学，片区怎么看|校门口{t}堵得走不动|培训班倒闭，剩下的{n}节课不退钱|延时服务下课太早，接不了孩子',
      more: '房产证是去年办的|爷爷奶奶接送不安全|几十个家长都一样',
      reply:
        '片区划分已在教育局网站公布，您家所在片区已短信告知。|已分年级错峰放学，增设护学岗。|已冻结机构账户，按课时退费登记中。|延时服务延长到六点半。',
    },
  ),
  matter(
    'education-culture-sports',
    ['help', 'suggest'],
    ['culture', 'education', '14.2 公共体育设施和图书馆、文化站'],
    everywhere,
    4,
    {
      first: '{b}旁边的健身器材断了一根|广场的篮球架歪了，{d}没人管|建议图书馆周末晚一点关门',
      more: '{old}差点摔着|孩子放学没地方去|灯也不够亮',
      reply: '器材已更换，全部检查了一遍。|篮球架已加固，地面重新划线。|图书馆周五周六开到晚上九点。',
    },
    '等待配件或施工条件',
  ),
  matter(
    'labor-social-security',
    ['complaint', 'help', 'consult'],
    ['labor', 'justice', '15.1 工资支付、社会保险和就业服务'],
    everywhere,
    5,
    {
      first: '工地欠了{n}个月工资，老板不接电话|辞职了社保停在原单位，转不出来|{old}的养老金认证总是失败|试用期不签合同也不交社保',
      more: '一起的有七八个人|有考勤照片|{t}去问都说负责人不在',
      reply:
        '经协调工资已发到卡上，您已签收。|原单位已办停保，手续转移完成。|已上门帮老人完成认证，补发当月养老金。|已责令补签合同、补缴社保。',
    },
    '等待补充材料',
  ),
]
