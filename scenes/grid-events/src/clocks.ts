import type { ClockPolicy, ClockRule } from '@linli/cases/define'

const days = (amount: number): ClockPolicy => ({ kind: 'working-days', amount })
const hours = (amount: number): ClockPolicy => ({ kind: 'working-hours', amount })
const elapsed = (amount: string): ClockPolicy => ({ kind: 'elapsed', amount })

/** Urgent matters do not wait for the office to open: the same span, counted day and night. */
const byLevel = (amount: string, otherwise: ClockPolicy) =>
  ({ byFact: 'level', values: { urgent: elapsed(amount), critical: elapsed(amount) }, otherwise }) as const

const platformDefault = '平台默认时限（standards 2.5 [D]），由县里改；紧急、特急昼夜连续计时'

/** Limits by level, of ordinary events by category. */
export const clocks = {
  register: { name: '核实立案', owner: 'desk', policy: byLevel('PT2H', hours(2)), pausable: false, because: platformDefault },
  dispatch: { name: '派遣', owner: 'desk', policy: byLevel('PT2H', hours(2)), pausable: false, because: platformDefault },
  claim: {
    name: '签收或退单',
    owner: 'main',
    policy: byLevel('PT2H', days(1)),
    pausable: false,
    because: '一个工作日内签收或附依据退单，紧急、特急两小时（standards 2.5 [D]）',
  },
  disposal: {
    name: '处置',
    owner: 'main',
    policy: {
      byFact: 'level',
      values: { critical: elapsed('PT4H'), urgent: elapsed('PT24H'), pressing: days(2) },
      otherwise: {
        byFact: 'category',
        values: { 'ev-env': days(1), 'ev-fac': days(3), 'ev-order': hours(4), 'ev-build': days(15) },
        otherwise: days(5),
      },
    },
    extension: 'sameAgain',
    pausable: true,
    because: '一般事件按类别：暴露垃圾一个工作日、违法搭建十五个工作日等（standards 2.6 各市手册样例）；其余为平台默认，由县里改',
  },
  ruling: {
    name: '裁定',
    owner: 'superior',
    policy: days(1),
    pausable: false,
    because: '退单两次由共同上级裁定，默认一个工作日（standards 2.5 [D]）',
  },
  check: { name: '核查', owner: 'desk', policy: days(1), pausable: false, because: '处置以后一个工作日内核查（standards 2.5 [D]）' },
  conclude: { name: '结案', owner: 'desk', policy: days(1), pausable: false, because: '平台默认：核查通过后一个工作日内结案，由县里改' },
} as const satisfies Record<string, ClockRule>
