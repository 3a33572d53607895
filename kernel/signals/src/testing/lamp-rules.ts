import { newId } from '@linli/base/define'
import { absence, all, any, defineLadder, defineRule, low, offline, type Rule, tagged, takenOver, threshold } from '../define/index.ts'
import type { FamilyContact } from '../server/deps.ts'

const byPhone = [
  { channel: 'sms', after: 'PT20S' },
  { channel: 'voice', after: 'PT40S' },
] as const

/** Whom whoever stands under a lamp named. */
export const lampFamily: readonly FamilyContact[] = [
  { contactId: newId(), relation: '儿子', name: '林*', phone: '19999990101' },
  { contactId: newId(), relation: '邻居', name: '孙*', phone: '19999990102' },
]

export const lampLadder = defineLadder({
  key: 'lamps.keepers',
  name: '看灯人',
  because: '测试',
  rungs: [
    {
      key: 'near',
      name: '近处',
      tells: ['cell'],
      phones: byPhone,
      family: [
        { channel: 'sms', after: 'PT0S' },
        { channel: 'voice', after: 'PT30S' },
      ],
      waits: 'PT1M',
      attempts: 2,
    },
    { key: 'desk', name: '社区', tells: ['community'], phones: byPhone, waits: 'PT2M', attempts: 1 },
    { key: 'top', name: '街道', tells: ['township'], waits: 'PT5M', attempts: 1 },
  ],
  arriveWithin: 'PT10M',
})

/** Alarms of invented lamps on the kinds of devices that there are; scenes of the product are not known to the kernel. */
export const lampRules: readonly Rule[] = [
  defineRule({
    key: 'lamps.call',
    name: '灯下有人呼救',
    because: '测试',
    subject: 'person',
    when: any(threshold('wristband.sos', 'atLeast', 1), threshold('app.sos', 'atLeast', 1)),
    level: 1,
    pauses: false,
    ladder: 'lamps.keepers',
  }),
  defineRule({
    key: 'lamps.smoke',
    name: '灯冒烟',
    because: '测试',
    subject: 'building',
    when: threshold('smoke.smoke', 'atLeast', 1),
    unless: threshold('smoke.test', 'atLeast', 1),
    level: 2,
    worse: { detectors: 2, level: 1, because: '测试' },
    pauses: true,
    ladder: 'lamps.keepers',
  }),
  defineRule({
    key: 'lamps.dark',
    name: '屋里一直没有动静',
    because: '测试',
    subject: 'person',
    when: all(tagged('elder.lives-alone'), absence(['motion.active', 'door.passage'], 'PT12H')),
    consent: 'lamps.watching',
    level: 2,
    pauses: true,
    ladder: 'lamps.keepers',
  }),
  defineRule({
    key: 'lamps.unlit',
    name: '一直没有用电',
    because: '测试',
    subject: 'person',
    when: all(tagged('elder.lives-alone'), {
      op: 'nearBase',
      kind: 'meter',
      value: 'kwh',
      factor: 2,
      day: { from: 6, to: 22 },
      night: { from: 1, to: 5 },
      nights: { least: 14, most: 28 },
      for: 'PT18H',
    }),
    consent: 'lamps.watching',
    level: 2,
    pauses: true,
    ladder: 'lamps.keepers',
  }),
  defineRule({
    key: 'lamps.indoors',
    name: '一直没有出门',
    because: '测试',
    subject: 'person',
    when: all(tagged('elder.lives-alone'), absence(['door.passage'], 'PT24H', { least: 'PT18H', most: 'PT48H' })),
    calmer: { seen: [threshold('motion.active', 'atLeast', 1)], within: 'PT12H', level: 4, because: '测试' },
    consent: 'lamps.watching',
    level: 2,
    requires: 'visit',
    pauses: true,
    ladder: 'lamps.keepers',
  }),
  defineRule({
    key: 'lamps.torn-off',
    name: '设备失联',
    because: '测试',
    subject: 'device',
    when: offline(['smoke', 'gateway'], 'PT30M'),
    level: 3,
    pauses: true,
    ladder: 'lamps.keepers',
  }),
  defineRule({
    key: 'lamps.fading',
    name: '电量低',
    because: '测试',
    subject: 'device',
    when: low(['smoke', 'motion'], 'battery', 20),
    level: 4,
    pauses: true,
    ladder: 'lamps.keepers',
  }),
  defineRule({
    key: 'lamps.doubled',
    name: '疑似仿冒',
    because: '测试',
    subject: 'device',
    when: takenOver(['smoke', 'motion'], 4, 'PT10M'),
    level: 3,
    pauses: false,
    ladder: 'lamps.keepers',
  }),
]
