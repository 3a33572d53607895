import { expiring, low, offline, takenOver } from './condition.ts'
import { defineLadder } from './ladder.ts'
import { defineRule } from './rule.ts'
import { lifelines, things } from './things.ts'

/**
 * That a device is silent is its own alarm and never one about a person. It belongs to no field of work: whoever has devices must know, and
 * no scene that is switched off may take it along. So these rules are the engine's, always on, and told by what they are in both languages.
 */
export const deviceKeepers = defineLadder({
  key: 'signals.keepers',
  name: '设备维护',
  because: '告警终端四小时内处理，其他两天内处理（standards 9 DEV_OFF [D]）',
  rungs: [
    { key: 'keeper', name: '维护单位和网格', tells: ['maintainer', 'cell'], waits: 'PT4H', attempts: 1 },
    { key: 'community', name: '社区', tells: ['maintainer', 'community'], waits: 'PT24H', attempts: 2 },
  ],
  arriveWithin: 'PT48H',
})

const because =
  '设备每月在线率目标 98%：求救、烟感终端和网关失联 30 分钟、其他 4 小时即告知维护单位；随网关掉线的并入网关的告警（standards 9 DEV_OFF [D]）'

const becauseLow = '电量低于 20% 即告知维护单位更换（standards 9 DEV_OFF [D]）'
const becauseCloned = '严格设备终端安全准入认证（汇编 2.6 §六（五））：同一编码反复互相顶替，疑似被仿冒'
const becauseEnds = '严格设备终端安全准入认证（汇编 2.6 §六（五））：证书到期前 30 天告知维护单位更换，到期后设备连不进来'
const kinds = things.map(({ key }) => key)
const gateways = things.filter(({ isGateway }) => isGateway).map(({ key }) => key)
const withBattery = things.filter(({ values }) => values.some(({ key }) => key === 'battery')).map(({ key }) => key)
const others = kinds.filter((kind) => ![...lifelines, ...gateways].includes(kind))

export const deviceRules = [
  defineRule({
    key: 'signals.lifeline-offline',
    name: '求救、烟感终端或网关离线',
    because,
    subject: 'device',
    when: offline([...lifelines, ...gateways], 'PT30M'),
    level: 3,
    pauses: true,
    ladder: 'signals.keepers',
  }),
  defineRule({
    key: 'signals.device-offline',
    name: '设备离线',
    because,
    subject: 'device',
    when: offline(others, 'PT4H'),
    level: 4,
    pauses: true,
    ladder: 'signals.keepers',
  }),
  defineRule({
    key: 'signals.battery-low',
    name: '电量低',
    because: becauseLow,
    subject: 'device',
    when: low(withBattery, 'battery', 20),
    level: 4,
    pauses: true,
    ladder: 'signals.keepers',
  }),
  defineRule({
    key: 'signals.certificate-ending',
    name: '设备证书快到期',
    because: becauseEnds,
    subject: 'device',
    when: expiring(kinds, 'PT720H'),
    level: 4,
    pauses: false,
    ladder: 'signals.keepers',
  }),
  defineRule({
    key: 'signals.device-cloned',
    name: '疑似仿冒终端',
    because: becauseCloned,
    subject: 'device',
    when: takenOver(kinds, 6, 'PT10M'),
    level: 3,
    pauses: false,
    ladder: 'signals.keepers',
  }),
]

/** By the keys under which pages look for the words of definitions. */
export const deviceLabels: Readonly<Record<'zh' | 'en', Readonly<Record<string, string>>>> = {
  zh: {
    'rule.signals.lifeline-offline': '求救、烟感终端或网关离线',
    'rule.signals.device-offline': '设备离线',
    'rule.signals.battery-low': '电量低',
    'rule.signals.certificate-ending': '设备证书快到期',
    'rule.signals.device-cloned': '疑似仿冒终端',
    'ladder.signals.keepers': deviceKeepers.name,
    'rung.维护单位和网格': '维护单位和网格',
    'rung.社区': '社区',
    [`note.${because}`]: because,
    [`note.${becauseLow}`]: becauseLow,
    [`note.${becauseCloned}`]: becauseCloned,
    [`note.${becauseEnds}`]: becauseEnds,
    [`note.${deviceKeepers.because}`]: deviceKeepers.because,
  },
  en: {
    'rule.signals.lifeline-offline': 'A call button, smoke detector or gateway is offline',
    'rule.signals.device-offline': 'A device is offline',
    'rule.signals.battery-low': 'Battery low',
    'rule.signals.certificate-ending': 'The certificate of a device ends soon',
    'rule.signals.device-cloned': 'A device may be an impostor',
    'ladder.signals.keepers': 'Keepers of devices',
    'rung.维护单位和网格': 'Maintainer and grid worker',
    'rung.社区': 'Community',
    [`note.${because}`]:
      'Devices are to be online 98 % of a month: the maintainer is told when a call button, a smoke detector or a gateway is away for 30 minutes, another device for four hours; what goes with its gateway is part of the alarm of the gateway (standards 9 DEV_OFF [D])',
    [`note.${becauseLow}`]: 'The maintainer is told to change a battery below 20 % (standards 9 DEV_OFF [D])',
    [`note.${becauseEnds}`]:
      'Devices are admitted strictly (policy 2.6 §6(5)): the maintainer is told to replace a certificate 30 days before its end, for then the device cannot come in any more',
    [`note.${becauseCloned}`]:
      'Devices are admitted strictly (policy 2.6 §6(5)): two that push each other out again and again under one code are not both what they say',
    [`note.${deviceKeepers.because}`]:
      'Devices that call for help are seen to within four hours, others within two days (standards 9 DEV_OFF [D])',
  },
}
