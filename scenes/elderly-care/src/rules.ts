import { any, defineLadder, defineRule, type PhoneStep, threshold } from '@linli/signals/define'

/** The page rings first; whoever has not answered it gets a message, then a call. */
const afterThePage: readonly PhoneStep[] = [
  { channel: 'sms', after: 'PT20S' },
  { channel: 'voice', after: 'PT40S' },
]

/** 紧急求助联系梯: family, grid and community at once, the township when nobody answers, the county last. */
export const helpContacts = defineLadder({
  key: 'elderly-care.contacts',
  name: '紧急求助联系梯',
  because: '汇编 2.5 §(十一)：为老年人提供紧急救援服务；一分钟内接警、十分钟内到场为服务目标（standards 9 [D]）',
  rungs: [
    {
      key: 'grid',
      name: '网格员和社区',
      tells: ['cell', 'community'],
      phones: afterThePage,
      family: [
        { channel: 'sms', after: 'PT0S' },
        { channel: 'voice', after: 'PT30S' },
      ],
      waits: 'PT1M',
      attempts: 2,
    },
    { key: 'township', name: '街道（乡镇）', tells: ['township', 'community'], phones: afterThePage, waits: 'PT2M', attempts: 2 },
    { key: 'county', name: '县（区）值班', tells: ['county', 'township'], phones: afterThePage, waits: 'PT5M', attempts: 1 },
  ],
  arriveWithin: 'PT10M',
})

/** 一键求助. Pressing it is the person asking for help: it needs no consent beside it, and no setting turns it off. */
export const sos = defineRule({
  key: 'elderly-care.sos',
  name: '一键求助',
  because: '汇编 2.5 §(十一)：为老年人提供紧急救援服务；2.12：赶忙按下了智能手环的呼救键',
  subject: 'person',
  when: any(threshold('wristband.sos', 'atLeast', 1), threshold('app.sos', 'atLeast', 1)),
  level: 1,
  pauses: false,
  ladder: 'elderly-care.contacts',
  opens: 'ev-care',
})
