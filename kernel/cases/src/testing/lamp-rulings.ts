import { defineForm } from '@linli/forms/define'
import type { Move } from '../define/index.ts'
import { because, reason, words } from './lamp-forms.ts'

type LampStage = 'listed' | 'sent' | 'judging'

/** A repair that is given back once goes to the desk, twice to the superior. */
export const rulingMoves: readonly Move<LampStage>[] = [
  {
    key: 'giveBack',
    name: '退单',
    from: ['sent'],
    to: 'listed',
    by: 'main',
    permission: 'cases.handle',
    form: defineForm(
      {
        key: 'reason',
        label: '为什么',
        type: 'choice',
        required: true,
        basis: because,
        options: [{ value: 'place', label: '不在我们这里' }],
      },
      words('basis', '依据'),
    ),
    only: [{ when: 'mayReject' }],
    effects: [
      { does: 'stopClock', clock: 'repair' },
      { does: 'stopClock', clock: 'ring' },
    ],
    toWhen: [
      {
        when: 'rejected',
        to: 'judging',
        tells: { who: 'superior', template: 'lamp.to-judge' },
        effects: [{ does: 'askRuling' }, { does: 'reject', reason: 'reason', basis: 'basis' }, { does: 'startClock', clock: 'judge' }],
      },
      {
        from: 'sent',
        to: 'listed',
        tells: { who: 'desk', template: 'lamp.given-back' },
        effects: [
          { does: 'reject', reason: 'reason', basis: 'basis' },
          { does: 'startClock', clock: 'send' },
        ],
      },
    ],
  },
  {
    key: 'askJudge',
    name: '提请裁定',
    from: ['listed'],
    to: 'judging',
    by: 'desk',
    permission: 'cases.dispatch',
    form: reason,
    only: [{ when: 'rejected' }],
    effects: [{ does: 'askRuling' }, { does: 'stopClock', clock: 'send' }, { does: 'startClock', clock: 'judge' }],
    tells: { who: 'superior', template: 'lamp.to-judge' },
  },
  {
    key: 'judge',
    name: '裁定',
    from: ['judging'],
    to: 'sent',
    by: 'superior',
    permission: 'cases.rule',
    form: defineForm({ key: 'orgId', label: '修理单位', type: 'organization', required: true, basis: because }, words('basis', '依据')),
    effects: [
      { does: 'settleRuling' },
      { does: 'stopClock', clock: 'judge' },
      { does: 'setMain', from: 'orgId' },
      { does: 'startClock', clock: 'repair' },
      { does: 'startClock', clock: 'ring' },
    ],
    tells: { who: 'main', template: 'lamp.sent' },
  },
]
