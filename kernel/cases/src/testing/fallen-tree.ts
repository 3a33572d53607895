import { defineForm } from '@linli/forms/define'
import { type ClockRule, defineCaseType } from '../define/index.ts'
import type { Category } from '../server/catalogue.ts'
import { because, days, hours, words } from './lamp-forms.ts'

const level = {
  key: 'level',
  label: '轻重',
  type: 'choice' as const,
  options: ['small', 'big', 'huge'].map((value) => ({ value, label: value })),
  required: true as const,
  basis: because,
}
const category = {
  key: 'category',
  label: '什么倒了',
  type: 'choice' as const,
  options: ['trees', 'walls'].map((value) => ({ value, label: value })),
  required: true as const,
  basis: because,
}
const sawn = defineForm(words('sawn', '怎么清的'), { key: 'photos', label: '照片', type: 'files', max: 3 })
const passed = defineForm({ key: 'passed', label: '清干净了吗', type: 'yesNo', required: true, basis: because })
const org = { key: 'orgId', label: '谁来清', type: 'organization' as const, required: true as const, basis: because }

const clocks = {
  look: { name: '去看', owner: 'desk', policy: hours(2), pausable: false, because },
  clear: {
    name: '清理',
    owner: 'main',
    pausable: true,
    because,
    policy: {
      byFact: 'level',
      values: { huge: { kind: 'elapsed', amount: 'PT4H' } },
      otherwise: { byFact: 'category', values: { walls: days(9) }, otherwise: days(3) },
    },
    extension: 'sameAgain',
  },
  inspect: { name: '查看', owner: 'desk', policy: days(1), pausable: false, because },
} as const satisfies Record<string, ClockRule>

/** Something that fell over: found by staff, cleared on the spot or by an organization, looked at by somebody else. Has levels, and no scene's names. */
export const fallenTree = defineCaseType({
  key: 'fallen-tree',
  kind: 'event',
  name: '东西倒了',
  because,
  form: defineForm(words('detail', '情况'), level, category, { key: 'occurredAt', label: '几时倒的', type: 'instant', when: 'past' }),
  stages: {
    found: { name: '发现了', publicName: '有人看见了', holder: 'desk', queue: 'accept', clock: 'look' },
    blocked: { name: '要清', publicName: '要清理', holder: 'desk', queue: 'dispatch' },
    clearing: { name: '在清', publicName: '在清理', holder: 'main', queue: 'handle', clock: 'clear' },
    cleared: { name: '清完了', publicName: '清完了，等人查看', holder: 'desk', queue: 'check', clock: 'inspect' },
    seen: { name: '查看过了', publicName: '查看过了', holder: 'desk', queue: 'close' },
    gone: { name: '没事了', publicName: '没事了', holder: 'none', final: 'closed' },
    standing: { name: '没有倒', publicName: '没有倒', holder: 'none', final: 'closed' },
  },
  opens: 'found',
  opensClocks: ['look'],
  openingTells: [
    { who: 'desk', template: 'tree.found' },
    { who: 'approver', template: 'tree.huge', when: { fact: 'level', in: ['huge'] } },
  ],
  clocks,
  moves: [
    {
      key: 'believe',
      name: '属实',
      from: ['found'],
      to: 'blocked',
      by: 'desk',
      permission: 'cases.accept',
      form: defineForm(level),
      publicText: '属实',
      effects: [
        { does: 'set', fact: 'level', from: 'level' },
        { does: 'mark', milestone: 'accepted' },
        { does: 'stopClock', clock: 'look' },
      ],
    },
    { key: 'doubt', name: '没有倒', from: ['found'], to: 'standing', by: 'desk', permission: 'cases.accept' },
    {
      key: 'pushAside',
      name: '自己挪开',
      from: ['found'],
      by: 'desk',
      permission: 'cases.handle',
      form: sawn,
      requires: [{ field: 'photos', when: { fact: 'category', in: ['walls'] }, basis: because }],
      effects: [
        { does: 'mark', milestone: 'accepted' },
        { does: 'mark', milestone: 'replied' },
        { does: 'stopClock', clock: 'look' },
      ],
      toWhen: [
        { fact: 'level', in: ['small'], to: 'gone' },
        { from: 'found', to: 'cleared', effects: [{ does: 'startClock', clock: 'inspect' }] },
      ],
    },
    {
      key: 'send',
      name: '派人清',
      from: ['blocked'],
      to: 'clearing',
      by: 'desk',
      permission: 'cases.dispatch',
      form: defineForm(org),
      effects: [
        { does: 'setMain', from: 'orgId' },
        { does: 'startClock', clock: 'clear' },
      ],
    },
    {
      key: 'refuse',
      name: '不归我清',
      from: ['clearing'],
      to: 'blocked',
      by: 'main',
      permission: 'cases.handle',
      form: defineForm(words('reason', '理由'), words('basis', '依据')),
      only: [{ when: 'mayReject' }],
      effects: [
        { does: 'stopClock', clock: 'clear' },
        { does: 'reject', reason: 'reason', basis: 'basis' },
      ],
    },
    {
      key: 'saw',
      name: '清完',
      from: ['clearing'],
      to: 'cleared',
      by: 'main',
      permission: 'cases.handle',
      form: sawn,
      requires: [{ field: 'photos', when: { fact: 'category', in: ['walls'] }, basis: because }],
      reply: 'sawn',
      publicText: '清完了',
      effects: [
        { does: 'mark', milestone: 'replied' },
        { does: 'stopClock', clock: 'clear' },
        { does: 'startClock', clock: 'inspect' },
      ],
      tells: { who: 'reporter', template: 'tree.cleared' },
    },
    {
      key: 'inspect',
      name: '查看',
      from: ['cleared'],
      by: 'desk',
      permission: 'cases.followUp',
      form: passed,
      notBy: { moves: ['saw', 'pushAside'], organization: true },
      effects: [
        { does: 'mark', milestone: 'checked' },
        { does: 'stopClock', clock: 'inspect' },
      ],
      toWhen: [
        { field: 'passed', is: true, to: 'seen' },
        { field: 'passed', is: false, to: 'clearing', effects: [{ does: 'continueClock', clock: 'clear' }] },
      ],
    },
    { key: 'forget', name: '了结', from: ['seen'], to: 'gone', by: 'desk', permission: 'cases.dispatch' },
  ],
  notices: [],
})

/** Of its own kind: no duty for lamps answers for a tree. */
export const treeCategories: readonly Category[] = [
  { key: 'trees', name: '树', nameEn: 'Trees', examples: ['树倒了', '树枝断了'] },
  { key: 'walls', name: '墙', nameEn: 'Walls', examples: ['墙塌了'] },
]
