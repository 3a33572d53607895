import { defineLadder, defineRule, type PhoneStep, threshold } from '@linli/signals/define'

/** A fire waits for no page: who left a number is called at once (IOT-08: by voice), and reads the place in a message. */
const atOnce: readonly PhoneStep[] = [
  { channel: 'voice', after: 'PT0S' },
  { channel: 'sms', after: 'PT0S' },
]

/** 火情联系梯: whoever is near and whoever can send more at once; the keeper of the detectors is the property company where there is one. */
export const fireContacts = defineLadder({
  key: 'public-safety.fire-contacts',
  name: '火情联系梯',
  because: '汇编 3 §二(二)：发展实时监测、智能预警、应急管理智能应用；一分钟内接警、三分钟内到场为服务目标（standards 9 [D]）',
  rungs: [
    {
      key: 'near',
      name: '网格员、物业、社区和微型消防站',
      tells: ['cell', 'maintainer', 'community'],
      phones: atOnce,
      waits: 'PT1M',
      attempts: 1,
    },
    { key: 'township', name: '街道（乡镇）', tells: ['township', 'community'], phones: atOnce, waits: 'PT1M', attempts: 2 },
    { key: 'county', name: '县（区）值班', tells: ['county', 'township'], phones: atOnce, waits: 'PT3M', attempts: 1 },
  ],
  arriveWithin: 'PT3M',
})

/** 楼道烟感. A second detector of the same building makes it a fire until somebody has looked. */
export const smoke = defineRule({
  key: 'public-safety.smoke',
  name: '楼道烟雾',
  because: '汇编 3 §二(二)：发展实时监测、智能预警、应急管理智能应用；烟感报警 standards 9 SMOKE',
  subject: 'building',
  when: threshold('smoke.smoke', 'atLeast', 1),
  unless: threshold('smoke.test', 'atLeast', 1),
  level: 2,
  worse: { detectors: 2, level: 1, because: '同一栋楼第二个探测器也报警，按火情处置（standards 9 SMOKE）' },
  pauses: true,
  ladder: 'public-safety.fire-contacts',
  opens: 'ev-emergency',
})
