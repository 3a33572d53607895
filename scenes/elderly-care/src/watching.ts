import { absence, all, defineLadder, defineRule, tagged, threshold } from '@linli/signals/define'

/** 居家提醒联系梯: a notice is looked into by a call within half an hour and a visit within two hours, and the family hears where nobody did; it is not the fire brigade. */
export const watchContacts = defineLadder({
  key: 'elderly-care.watch-contacts',
  name: '居家提醒联系梯',
  because:
    '汇编 2.12：预警信息就会发送到社区网格员手机上；半小时内电话联系、两小时内上门为服务目标，没人接就告诉家人（standards 9 EL_NOEXIT [D]）',
  rungs: [
    { key: 'grid', name: '网格员', tells: ['cell'], waits: 'PT30M', attempts: 1 },
    {
      key: 'community',
      name: '网格员和社区',
      tells: ['cell', 'community'],
      family: [
        { channel: 'sms', after: 'PT0S' },
        { channel: 'voice', after: 'PT10M' },
      ],
      waits: 'PT30M',
      attempts: 2,
    },
    { key: 'township', name: '街道（乡镇）', tells: ['township', 'community'], waits: 'PT1H', attempts: 1 },
  ],
  arriveWithin: 'PT2H',
})

/** 居家长时间无活动: nothing that a sensor of the home can notice, neither in the rooms nor at the door. */
export const silence = defineRule({
  key: 'elderly-care.silence',
  name: '居家长时间无活动提醒',
  because: '汇编 2.9 §(十三)：发展实时监测、智能预警、应急救援救护和智慧养老等社区惠民服务应用；12 小时为可调的起点（standards 9 [D]）',
  subject: 'person',
  when: all(tagged('elder.lives-alone'), absence(['motion.active', 'door.passage', 'door.active'], 'PT12H')),
  consent: 'elderly-care.activity',
  requires: 'visit',
  level: 2,
  pauses: true,
  ladder: 'elderly-care.watch-contacts',
  opens: 'ev-care',
})

/** 24 小时未出门. Alone it would often be wrong: who stays in for a day and moves about is looked after, not searched for. */
export const noExit = defineRule({
  key: 'elderly-care.no-exit',
  name: '超时未出门提醒',
  because: '汇编 2.12：如果独居老人24小时没有出门，预警信息就会发送到社区网格员手机上',
  subject: 'person',
  when: all(tagged('elder.lives-alone'), absence(['door.passage', 'door.active'], 'PT24H', { least: 'PT12H', most: 'PT96H' })),
  calmer: {
    seen: [threshold('motion.active', 'atLeast', 1)],
    within: 'PT12H',
    level: 4,
    because: '12 小时内屋里有活动的，只作蓝色提醒（standards 9 EL_NOEXIT [D]）',
  },
  consent: 'elderly-care.activity',
  requires: 'visit',
  level: 2,
  pauses: true,
  ladder: 'elderly-care.watch-contacts',
  opens: 'ev-care',
})
