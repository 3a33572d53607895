/** A device of the story and what it says. */
export interface Saying {
  code: string
  values: Readonly<Record<string, number>>
  /** The meter goes on from what it showed last. */
  adds?: true
}

/** What must have become of the alarm before the story goes on. */
export type Awaited = 'raised' | 'acknowledged' | 'arrived' | 'settled'

/** Where somebody who watches may go now, as whom. */
export interface Door {
  href: string
  /** An account of the demo, or the telephone of a resident; none where nobody signs in. */
  as?: string
  zh: string
  en: string
}

export interface StoryStep {
  key: string
  zh: string
  en: string
  says?: Saying
  awaits?: Awaited
  doors?: readonly Door[]
}

const desk: Door = { href: '/workbench/alarms', as: 'community', zh: '值守台：王小燕，社区', en: 'Alarm desk: Wang Xiaoyan, the community' }
const phone: Door = { href: '/grid/', as: 'grid', zh: '响铃的手机：周倩，网格员', en: 'The phone that rings: Zhou Qian, grid worker' }
const wall: Door = { href: '/screen/', as: 'county-lead', zh: '县里的大屏：沈立', en: 'The wall of the county: Shen Li' }
const son: Door = { href: '/resident/', as: '19999991001', zh: '儿子的手机：赵志远', en: "The son's phone: Zhao Zhiyuan" }
const watchers = [desk, phone, wall] as const

/** A morning of the elder of the stories, who is 75 and lives alone. What her devices say is real; what people do about it, the visitor does. */
export const story: readonly StoryStep[] = [
  {
    key: 'wakes',
    zh: '早上，客厅的感应亮了：赵桂兰起床了。',
    en: 'Morning. The motion sensor notices her: Zhao Guilan is up.',
    says: { code: 'MO-0001', values: { active: 1 } },
    doors: [
      {
        href: '/workbench/devices?q=-0001',
        as: 'community',
        zh: '设备台账：这几台的最新值',
        en: 'Device ledger: the latest of these devices',
      },
    ],
  },
  {
    key: 'breakfast',
    zh: '烧水、热早饭，电表走了 0.4 度。',
    en: 'Water is boiled and breakfast warmed; the meter goes on by 0.4 kWh.',
    says: { code: 'MT-0001', values: { kwh: 0.4 }, adds: true },
  },
  {
    key: 'leaves',
    zh: '门开了：她去菜市场。',
    en: 'The door opens: she goes to the market.',
    says: { code: 'DR-0001', values: { passage: 1 } },
  },
  {
    key: 'walks',
    zh: '手环数着步子：1,860 步。',
    en: 'The wristband counts her steps: 1,860.',
    says: { code: 'WB-0001', values: { steps: 1860, battery: 84 } },
  },
  {
    key: 'returns',
    zh: '门又开了：她回到家。',
    en: 'The door opens again: she is home.',
    says: { code: 'DR-0001', values: { passage: 1 } },
  },
  {
    key: 'rests',
    zh: '客厅里有动静，一切如常。',
    en: 'Someone moves about in the living room. All is well.',
    says: { code: 'MO-0001', values: { active: 1 } },
  },
  {
    key: 'presses',
    zh: '她一阵头晕，按下了手环的求助键。',
    en: 'She feels dizzy and presses the call button of her wristband.',
    says: { code: 'WB-0001', values: { sos: 1 } },
    doors: watchers,
  },
  {
    key: 'rings',
    zh: '平台收到了：值守台和网格员的手机在响，家人收到短信，大屏的地图上有了一个标记。',
    en: 'The platform has it: the desk and the phone of the grid worker ring, the family gets a message, and a mark stands on the map of the wall.',
    awaits: 'raised',
    doors: [...watchers, son],
  },
  {
    key: 'answers',
    zh: '现在请您接警：在值守台按“接警”，或者用网格员的手机接。没人接，一分钟后通知下一级。',
    en: 'Now it is your turn: answer, at the desk or on the phone of the grid worker. If nobody does, the next rung is told in a minute.',
    awaits: 'acknowledged',
    doors: [desk, phone, son],
  },
  {
    key: 'arrives',
    zh: '有人接了。请您以网格员的身份赶过去，到了按“已到场”。',
    en: 'Somebody has answered. Go there as the grid worker, and press “arrived” at the door.',
    awaits: 'arrived',
    doors: [phone, desk, wall],
  },
  {
    key: 'ends',
    zh: '到场了。了解情况以后，请选结果、写明情况，“办结”。',
    en: 'Somebody is with her. Choose the outcome, write down what it was, and end the alarm.',
    awaits: 'settled',
    doors: [phone, desk],
  },
]

export const endings = {
  ended: {
    zh: '告警办结了，故事到这里。这一次从按下到办结，留在她的居民服务档案里。',
    en: 'The alarm has ended, and so does the story. All of it, from the press to the end, stands in her file.',
  },
  left: {
    zh: '一刻钟没有人办结，故事先到这里；告警还开着，值守台照样能办。',
    en: 'Nobody ended it for a quarter of an hour, so the story stops here. The alarm stays open, and the desk can still end it.',
  },
  broken: { zh: '故事中断了：{{why}}', en: 'The story broke off: {{why}}' },
} as const
export type Ending = keyof typeof endings

export const afterwards: readonly Door[] = [
  { href: '/workbench/persons?q=赵桂兰', as: 'community', zh: '她的居民服务档案', en: 'Her file' },
  { href: '/workbench/alarms?state=settled', as: 'community', zh: '这次告警的全过程', en: 'The alarm from its first signal to its end' },
]

/** One line of what the player says, as JSON. */
export type StoryLine =
  | { step: string; state: 'begun' | 'done' }
  /** A rung of the ladder that was told meanwhile. */
  | { told: string }
  | { ending: Ending; why?: string }
