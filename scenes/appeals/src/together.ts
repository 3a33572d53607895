import { type Move, standardForms } from '@linli/cases/define'
import * as forms from './forms.ts'

type Stage = 'dispatched' | 'handling'

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
    form: standardForms.rejection,
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
export const mergeMoves: readonly Move<'submitted' | 'accepted' | 'merged' | 'closed'>[] = [
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
    key: 'join',
    name: '我也遇到了',
    from: ['submitted'],
    to: 'merged',
    by: 'resident',
    form: forms.merging,
    publicText: '您说和邻居反映的是同一件事，一起办',
    because: '本人认为是同一件事；编号、答复、评价都是自己的，不是同一件可以随时要求单独办',
    effects: [{ does: 'merge', into: 'into' }],
  },
  {
    key: 'unmerge',
    name: '拆开单办',
    from: ['merged'],
    to: 'submitted',
    by: 'desk',
    permission: 'cases.accept',
    form: standardForms.reason,
    publicText: '单独办理',
    effects: [{ does: 'unmerge' }, { does: 'startClock', clock: 'accept' }],
  },
  {
    key: 'passOn',
    name: '转告答复',
    from: ['merged', 'closed'],
    by: 'system',
    form: forms.passedOn,
    reply: 'reply',
    publicText: '一起办的那件有了答复',
  },
  {
    key: 'closeTogether',
    name: '一起办结',
    from: ['merged'],
    to: 'closed',
    by: 'system',
    form: forms.closedTogether,
    publicText: '一起办的那件办结了，请您评价',
    because: '每一个报的人都可以评价，评价记在承办单位名下',
    effects: [{ does: 'setMain', from: 'orgId' }],
  },
]
