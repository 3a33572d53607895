import { offline } from './condition.ts'
import { defineLadder } from './ladder.ts'
import { defineRule } from './rule.ts'

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

const because = '设备每月在线率目标 98%：求救和烟感终端失联 30 分钟、其他 4 小时即告知维护单位（standards 9 DEV_OFF [D]）'

export const deviceRules = [
  defineRule({
    key: 'signals.lifeline-offline',
    name: '求救或烟感终端离线',
    because,
    subject: 'device',
    when: offline(['wristband', 'smoke'], 'PT30M'),
    level: 3,
    pauses: true,
    ladder: 'signals.keepers',
  }),
  defineRule({
    key: 'signals.device-offline',
    name: '设备离线',
    because,
    subject: 'device',
    when: offline(['door', 'motion', 'meter'], 'PT4H'),
    level: 4,
    pauses: true,
    ladder: 'signals.keepers',
  }),
]

/** By the keys under which pages look for the words of definitions. */
export const deviceLabels: Readonly<Record<'zh' | 'en', Readonly<Record<string, string>>>> = {
  zh: {
    'rule.signals.lifeline-offline': '求救或烟感终端离线',
    'rule.signals.device-offline': '设备离线',
    'ladder.signals.keepers': deviceKeepers.name,
    'rung.维护单位和网格': '维护单位和网格',
    'rung.社区': '社区',
    [`note.${because}`]: because,
    [`note.${deviceKeepers.because}`]: deviceKeepers.because,
  },
  en: {
    'rule.signals.lifeline-offline': 'A call button or smoke detector is offline',
    'rule.signals.device-offline': 'A device is offline',
    'ladder.signals.keepers': 'Keepers of devices',
    'rung.维护单位和网格': 'Maintainer and grid worker',
    'rung.社区': 'Community',
    [`note.${because}`]:
      'Devices are to be online 98 % of a month: the maintainer is told when a call button or a smoke detector is away for 30 minutes, another device for four hours (standards 9 DEV_OFF [D])',
    [`note.${deviceKeepers.because}`]:
      'Devices that call for help are seen to within four hours, others within two days (standards 9 DEV_OFF [D])',
  },
}
