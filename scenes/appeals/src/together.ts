import type { Move } from '@linli/cases/define'
import * as forms from './forms.ts'

type Stage = 'accepted' | 'ruling' | 'dispatched' | 'handling'

/** A dispatch given back, and who decides when two have done so. */
export const rulingMoves: readonly Move<Stage>[] = [
  {
    key: 'reject',
    name: '退单',
    from: ['dispatched'],
    by: 'main',
    permission: 'cases.handle',
    form: forms.rejection,
    only: [{ when: 'mayReject' }],
    because: '签收前可退一次，要有原因和依据；第二家再退，由共同的上级裁定',
    effects: [
      { does: 'stopClock', clock: 'department' },
      { does: 'stopClock', clock: 'contact' },
    ],
    toWhen: [
      {
        when: 'rejected',
        to: 'ruling',
        tells: { who: 'superior', template: 'appeals.to-rule' },
        effects: [{ does: 'askRuling' }, { does: 'reject', reason: 'code', basis: 'basis' }, { does: 'startClock', clock: 'ruling' }],
      },
      {
        from: 'dispatched',
        to: 'accepted',
        tells: { who: 'desk', template: 'appeals.rejected' },
        effects: [
          { does: 'reject', reason: 'code', basis: 'basis' },
          { does: 'startClock', clock: 'dispatch' },
        ],
      },
    ],
  },
  {
    key: 'askRuling',
    name: '提请裁定',
    from: ['accepted'],
    to: 'ruling',
    by: 'desk',
    permission: 'cases.dispatch',
    form: forms.reason,
    only: [{ when: 'rejected' }],
    because: '退回的单位确实应办、又不肯办的，请共同的上级裁定',
    effects: [{ does: 'askRuling' }, { does: 'stopClock', clock: 'dispatch' }, { does: 'startClock', clock: 'ruling' }],
    tells: { who: 'superior', template: 'appeals.to-rule' },
  },
  {
    key: 'rule',
    name: '裁定',
    from: ['ruling'],
    to: 'dispatched',
    by: 'superior',
    permission: 'cases.rule',
    form: forms.ruling,
    primary: true,
    publicText: '确定了承办单位',
    because: '街道（乡镇）裁定自己的科室站所，有县级部门的由县级裁定；裁定后不得再退',
    effects: [
      { does: 'settleRuling' },
      { does: 'stopClock', clock: 'ruling' },
      { does: 'setMain', from: 'orgId' },
      { does: 'startClock', clock: 'department' },
      { does: 'startClock', clock: 'contact' },
    ],
    tells: { who: 'main', template: 'appeals.ruled' },
  },
]

/** One unit leads, others do parts of it. */
export const taskMoves: readonly Move<Stage>[] = [
  {
    key: 'addTask',
    name: '请别家协办',
    from: ['dispatched', 'handling'],
    by: 'main',
    permission: 'cases.handle',
    form: forms.task,
    publicText: '请其他单位一起办',
    because: '一件事一家主办、几家协办，对居民只答复一次',
    effects: [{ does: 'openTask', org: 'orgId', part: 'part', serial: 'serial', clock: 'task' }],
  },
  {
    key: 'finishTask',
    name: '报协办结果',
    from: ['dispatched', 'handling'],
    by: 'co',
    permission: 'cases.handle',
    form: forms.taskReport,
    primary: true,
    effects: [{ does: 'finishTask', result: 'result' }],
    tells: { who: 'main', template: 'appeals.task-done' },
  },
  {
    key: 'rejectTask',
    name: '退回协办',
    from: ['dispatched', 'handling'],
    by: 'co',
    permission: 'cases.handle',
    form: forms.rejection,
    effects: [{ does: 'rejectTask', reason: 'basis' }],
    tells: { who: 'main', template: 'appeals.task-rejected' },
  },
  {
    key: 'recallTask',
    name: '撤回协办',
    from: ['dispatched', 'handling'],
    by: 'main',
    permission: 'cases.handle',
    form: forms.recall,
    only: [{ when: 'tasksOpen' }],
    effects: [{ does: 'recallTask', org: 'orgId' }],
  },
]

/** Several reports of one matter: one goes on, nobody who reported it is forgotten. */
export const mergeMoves: readonly Move<'submitted' | 'accepted' | 'merged'>[] = [
  {
    key: 'merge',
    name: '并件',
    from: ['submitted', 'accepted'],
    to: 'merged',
    by: 'desk',
    permission: 'cases.accept',
    form: forms.merging,
    publicText: '有人报过同一件事，和它一起办',
    because: '重复件合并办理；每一个报的人都保留编号，都得到答复',
    effects: [{ does: 'merge', into: 'into' }],
  },
  {
    key: 'unmerge',
    name: '拆开单办',
    from: ['merged'],
    to: 'submitted',
    by: 'desk',
    permission: 'cases.accept',
    form: forms.reason,
    publicText: '单独办理',
    effects: [{ does: 'unmerge' }, { does: 'startClock', clock: 'accept' }],
  },
  {
    key: 'passOn',
    name: '转告答复',
    from: ['merged'],
    by: 'system',
    form: forms.passedOn,
    reply: 'reply',
    publicText: '一起办的那件有了答复',
  },
]
