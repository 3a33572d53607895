import { defineForm } from '@linli/forms/define'
import type { Move } from '../define/index.ts'
import { because, reason, words, work } from './lamp-forms.ts'

type LampStage = 'sent' | 'mending'
const inHand: readonly LampStage[] = ['sent', 'mending']
const toWhom = { key: 'orgId', label: '单位', type: 'organization', required: true, basis: because } as const

/** Somebody else digs while the lamp is repaired. */
export const taskMoves: readonly Move<LampStage>[] = [
  {
    key: 'share',
    name: '请人帮忙',
    from: inHand,
    by: 'main',
    permission: 'cases.handle',
    form: defineForm(toWhom, words('part', '帮什么'), { key: 'serial', label: '等前面的', type: 'yesNo' }),
    effects: [{ does: 'openTask', org: 'orgId', part: 'part', serial: 'serial', clock: 'help' }],
  },
  {
    key: 'helped',
    name: '帮完了',
    from: inHand,
    by: 'co',
    permission: 'cases.handle',
    form: work,
    effects: [{ does: 'finishTask', result: 'words' }],
    tells: { who: 'main', template: 'lamp.helped' },
  },
  {
    key: 'noHelp',
    name: '帮不了',
    from: inHand,
    by: 'co',
    permission: 'cases.handle',
    form: reason,
    effects: [{ does: 'rejectTask', reason: 'reason' }],
  },
  {
    key: 'unshare',
    name: '不用帮了',
    from: inHand,
    by: 'main',
    permission: 'cases.handle',
    form: defineForm(toWhom),
    only: [{ when: 'tasksOpen' }],
    effects: [{ does: 'recallTask', org: 'orgId' }],
  },
]

/** The mayor walks home past this lamp. */
export const watchMove: Move<LampStage> = {
  key: 'watch',
  name: '盯着',
  from: inHand,
  by: 'desk',
  permission: 'cases.supervise',
  form: reason,
  only: [{ when: 'notSupervised' }],
  effects: [{ does: 'supervise' }],
  tells: { who: 'main', template: 'lamp.watched' },
}

/** Three people saw the same dark lamp. */
export const sameMoves: readonly Move<'reported' | 'listed' | 'same' | 'done'>[] = [
  {
    key: 'isSame',
    name: '同一盏灯',
    from: ['reported', 'listed'],
    to: 'same',
    by: 'desk',
    permission: 'cases.accept',
    form: defineForm(words('into', '并到哪一件')),
    publicText: '和别人报的一起修',
    effects: [{ does: 'merge', into: 'into' }],
  },
  {
    key: 'join',
    name: '我这边也不亮',
    from: ['reported'],
    to: 'same',
    by: 'resident',
    form: defineForm(words('into', '并到哪一件')),
    publicText: '您说是同一盏灯',
    effects: [{ does: 'merge', into: 'into' }],
  },
  {
    key: 'isOther',
    name: '不是同一盏',
    from: ['same'],
    to: 'reported',
    by: 'desk',
    permission: 'cases.accept',
    publicText: '单独修',
    effects: [{ does: 'unmerge' }, { does: 'startClock', clock: 'accept' }],
  },
  {
    key: 'tellSame',
    name: '转告',
    from: ['same', 'done'],
    by: 'system',
    form: defineForm({ ...words('reply', '答复'), max: 2000 }, { key: 'of', label: '编号', type: 'text', max: 40 }),
    reply: 'reply',
    publicText: '一起修的那盏有了答复',
  },
  {
    key: 'endSame',
    name: '一起办结',
    from: ['same'],
    to: 'done',
    by: 'system',
    form: defineForm(
      { key: 'orgId', label: '单位', type: 'organization', required: true, basis: because },
      { key: 'of', label: '编号', type: 'text', max: 40 },
    ),
    publicText: '一起修的那盏办结了',
    effects: [{ does: 'setMain', from: 'orgId' }],
  },
]
