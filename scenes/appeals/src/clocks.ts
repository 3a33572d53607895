import type { ClockPolicy, ClockRule } from '@linli/cases/define'

const days = (amount: number): ClockPolicy => ({ kind: 'working-days', amount })
const hours = (amount: number): ClockPolicy => ({ kind: 'working-hours', amount })
const elapsed = (amount: string): ClockPolicy => ({ kind: 'elapsed', amount })

const platformDefault = '平台默认期限（standards 4.1 [D]），由县里改；国办发〔2020〕53号没有规定天数'

/** Limits by type of appeal. The department's own clock is inside the promise to the resident. */
export const clocks = {
  accept: { name: '受理', owner: 'desk', policy: hours(2), pausable: false, because: platformDefault },
  dispatch: { name: '派遣', owner: 'desk', policy: hours(2), pausable: false, because: platformDefault },
  outer: {
    name: '办结承诺',
    owner: 'resident',
    policy: {
      byFact: 'appealType',
      values: { consult: days(1), help: days(5), complaint: days(10), report: days(15), suggest: days(15), urgent: elapsed('PT24H') },
      otherwise: days(5),
    },
    extension: { consult: 1, help: 5, complaint: 10, report: 15, suggest: 15 },
    pausable: true,
    because: platformDefault,
  },
  department: {
    name: '承办',
    owner: 'main',
    policy: {
      byFact: 'appealType',
      values: { consult: days(1), help: days(4), complaint: days(9), report: days(14), suggest: days(14), urgent: elapsed('PT20H') },
      otherwise: days(4),
    },
    extension: { consult: 1, help: 5, complaint: 10, report: 15, suggest: 15 },
    pausable: true,
    because: '部门的钟从派遣起算，签收早晚不影响；比对居民的承诺早到期',
  },
  contact: {
    name: '联系居民',
    owner: 'main',
    policy: { byFact: 'appealType', values: { urgent: elapsed('PT2H') }, otherwise: days(1) },
    pausable: false,
    because: platformDefault,
  },
  task: {
    name: '协办',
    owner: 'co',
    policy: {
      byFact: 'appealType',
      values: { consult: days(1), help: days(3), complaint: days(6), report: days(10), suggest: days(10), urgent: elapsed('PT12H') },
      otherwise: days(3),
    },
    pausable: true,
    because: '每家单位有自己的钟；协办比主办早到期，好合成一份答复',
  },
  ruling: {
    name: '裁定',
    owner: 'superior',
    policy: days(1),
    pausable: false,
    because: '退单两次由共同上级裁定，默认一个工作日（standards 2.5 [D]）',
  },
  followUp: { name: '回访', owner: 'desk', policy: days(3), pausable: false, because: platformDefault },
  rectify: { name: '差评整改', owner: 'main', policy: days(15), pausable: true, because: '差评整改十五个工作日内（standards 4.2）' },
  verify: { name: '整改核实', owner: 'desk', policy: days(5), pausable: false, because: platformDefault },
} as const satisfies Record<string, ClockRule>
