import type { ClockPolicy, ClockRule } from '@linli/cases/define'

const days = (amount: number): ClockPolicy => ({ kind: 'working-days', amount })
const because = '平台默认，由县里改'

export const clocks = {
  admission: { name: '准入审核', owner: 'desk', policy: days(1), pausable: false, because },
  answer: { name: '社区答复', owner: 'main', policy: days(2), pausable: false, because },
  reconsider: { name: '部门考虑', owner: 'requester', policy: days(5), pausable: false, because },
  assistRuling: { name: '裁定是否协助', owner: 'superior', policy: days(2), pausable: false, because },
  assist: {
    name: '协助',
    owner: 'main',
    policy: { atFact: 'wantedBy', otherwise: days(10) },
    pausable: false,
    because: '按商定的日子；没有商定的为平台默认',
  },
  confirmAssist: { name: '确认完成', owner: 'requester', policy: days(3), pausable: false, because },
} as const satisfies Record<string, ClockRule>
