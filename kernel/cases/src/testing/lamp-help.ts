import { defineForm } from '@linli/forms/define'
import { defineCaseType } from '../define/case-type.ts'

const because = '测试'
const category = {
  key: 'category',
  label: '类别',
  type: 'choice',
  required: true,
  basis: because,
  options: [
    { value: 'lights', label: '路灯' },
    { value: 'roads', label: '道路' },
  ],
} as const
const wantedBy = { key: 'wantedBy', label: '何时以前', type: 'instant', when: 'future', required: true, basis: because } as const
const support = {
  key: 'support',
  label: '支持',
  type: 'choice',
  required: true,
  basis: because,
  options: [
    { value: 'staff', label: '人' },
    { value: 'none', label: '没有' },
  ],
} as const
const words = (key: string) => ({ key, label: '说明', type: 'text', min: 2, max: 200, required: true, basis: because }) as const

/** One organization asks the committee of a place to help with its lamps. */
export const lampHelp = defineCaseType({
  key: 'lamp-help',
  kind: 'assistance',
  name: '请协助看灯',
  because,
  form: defineForm(category, words('detail'), support, wantedBy),
  asks: { of: 'residentsCommittee', checks: 'duty', because },
  stages: {
    asked: { name: '待准入', publicName: '待准入', holder: 'desk', queue: 'admit', clock: 'review' },
    passed: { name: '待答复', publicName: '待答复', holder: 'main', queue: 'handle', clock: 'help' },
    said: { name: '不接', publicName: '不接', holder: 'requester', clock: 'think' },
    judged: { name: '待裁定', publicName: '待裁定', holder: 'superior', queue: 'rule' },
    helped: { name: '完成', publicName: '完成', holder: 'none', final: 'closed' },
  },
  opens: 'asked',
  opensClocks: ['review'],
  clocks: {
    review: { name: '审核', owner: 'desk', policy: { kind: 'working-days', amount: 1 }, pausable: false, because },
    help: {
      name: '协助',
      owner: 'main',
      policy: { atFact: 'wantedBy', otherwise: { kind: 'working-days', amount: 5 } },
      pausable: false,
      because,
    },
    think: { name: '考虑', owner: 'requester', policy: { kind: 'working-days', amount: 2 }, pausable: false, because },
  },
  moves: [
    {
      key: 'pass',
      name: '准入',
      from: ['asked'],
      to: 'passed',
      by: 'desk',
      permission: 'cases.admit',
      notBy: { moves: ['open'] },
      effects: [
        { does: 'mark', milestone: 'accepted' },
        { does: 'stopClock', clock: 'review' },
        { does: 'startClock', clock: 'help' },
      ],
    },
    {
      key: 'help',
      name: '做完',
      from: ['passed'],
      to: 'helped',
      by: 'main',
      permission: 'cases.handle',
      effects: [{ does: 'mark', milestone: 'takenOn' }],
    },
    {
      key: 'decline',
      name: '不接',
      from: ['passed'],
      to: 'said',
      by: 'main',
      permission: 'cases.handle',
      form: defineForm({ ...support, key: 'why', options: [{ value: 'busy', label: '忙' }] }, words('note')),
      effects: [
        { does: 'decline', reason: 'why', basis: 'note' },
        { does: 'stopClock', clock: 'help' },
        { does: 'startClock', clock: 'think' },
      ],
    },
    {
      key: 'again',
      name: '再请',
      from: ['said'],
      to: 'passed',
      by: 'requester',
      permission: 'cases.request',
      form: defineForm(support),
      only: [{ when: 'notMade', move: 'again' }],
      effects: [
        { does: 'stopClock', clock: 'think' },
        { does: 'startClock', clock: 'help' },
      ],
    },
    {
      key: 'judge',
      name: '提请裁定',
      from: ['said'],
      to: 'judged',
      by: 'requester',
      permission: 'cases.request',
      effects: [{ does: 'askRuling' }, { does: 'stopClock', clock: 'think' }],
    },
    {
      key: 'settle',
      name: '裁定',
      from: ['judged'],
      to: 'helped',
      by: 'superior',
      permission: 'cases.rule',
      effects: [{ does: 'settleRuling' }],
    },
  ],
  notices: [],
})
