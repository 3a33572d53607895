import { type ClockPolicy, type ClockRule, defineCaseType } from '@linli/cases/define'
import * as forms from './call-out-forms.ts'

const days = (amount: number): ClockPolicy => ({ kind: 'working-days', amount })
const elapsed = (amount: string): ClockPolicy => ({ kind: 'elapsed', amount })
const arriving = {
  byFact: 'level',
  values: { critical: elapsed('PT30M'), urgent: elapsed('PT30M'), pressing: elapsed('PT2H') },
  otherwise: days(1),
} as const
const limits = '紧急三十分钟、较急两小时、一般一天到场（standards 2.5 [D]），由县里改'

const clocks = {
  approve: {
    name: '核准吹哨',
    owner: 'desk',
    policy: {
      byFact: 'level',
      values: { critical: elapsed('PT10M'), urgent: elapsed('PT10M') },
      otherwise: { kind: 'working-hours', amount: 2 },
    },
    pausable: false,
    because: '平台默认，由县里改',
  },
  arrive: { name: '牵头报到', owner: 'main', policy: arriving, pausable: false, because: limits },
  report: { name: '报到', owner: 'co', policy: arriving, pausable: false, because: limits },
  resolve: { name: '联合处置', owner: 'main', policy: days(5), pausable: true, because: '平台默认，由县里改' },
} as const satisfies Record<string, ClockRule>

/** 吹哨报到: a cell or community asks, the township issues, departments report in, the township confirms, the lead closes. */
export const callOut = defineCaseType({
  key: 'grid-events.call-out',
  kind: 'callOut',
  name: '吹哨',
  because: '1 §二(一):利用信息化手段实现“网格吹哨、部门报到”',
  form: forms.calling,
  stages: {
    called: { name: '待核准', publicName: '等待街道核准', holder: 'desk', queue: 'dispatch', clock: 'approve' },
    issued: { name: '待报到', publicName: '部门正在赶来', holder: 'main', queue: 'handle', clock: 'arrive' },
    gathered: { name: '联合处置', publicName: '几家部门正在一起处置', holder: 'main', queue: 'handle', clock: 'resolve' },
    settled: { name: '哨已办结', publicName: '已办结', holder: 'none', final: 'closed' },
    declined: { name: '不予吹哨', publicName: '不予吹哨', holder: 'none', final: 'closed' },
    calledOff: { name: '哨已撤回', publicName: '已撤回', holder: 'none', final: 'withdrawn' },
  },
  opens: 'called',
  openingTells: [{ who: 'approver', template: 'grid-events.called' }],
  taskTells: 'grid-events.come',
  opensClocks: ['approve'],
  clocks,
  moves: [
    {
      key: 'issueCall',
      name: '核准并吹哨',
      from: ['called'],
      to: 'issued',
      by: 'desk',
      permission: 'cases.issueCallOut',
      form: forms.issuing,
      primary: true,
      because: '街道核准后吹哨，点名的部门按时报到',
      effects: [
        { does: 'set', fact: 'level', from: 'level' },
        { does: 'mark', milestone: 'accepted' },
        { does: 'mark', milestone: 'dispatched' },
        { does: 'stopClock', clock: 'approve' },
        { does: 'setMain', from: 'orgId' },
        { does: 'openTask', org: 'first', part: 'part', serial: 'serial', clock: 'report' },
        { does: 'openTask', org: 'second', part: 'part', serial: 'serial', clock: 'report' },
        { does: 'openTask', org: 'third', part: 'part', serial: 'serial', clock: 'report' },
        { does: 'startClock', clock: 'arrive' },
      ],
      tells: { who: 'main', template: 'grid-events.come' },
    },
    {
      key: 'declineCall',
      name: '不予吹哨',
      from: ['called'],
      to: 'declined',
      by: 'desk',
      permission: 'cases.issueCallOut',
      form: forms.why,
      because: '一家部门能办的走派遣，不吹哨',
      tells: { who: 'reporter', template: 'grid-events.declined' },
    },
    {
      key: 'reportInAsLead',
      name: '牵头报到',
      from: ['issued', 'gathered'],
      by: 'main',
      permission: 'cases.handle',
      form: forms.arrival,
      only: [{ when: 'running', clock: 'arrive' }],
      primary: true,
      effects: [
        { does: 'mark', milestone: 'contacted' },
        { does: 'stopClock', clock: 'arrive' },
      ],
    },
    {
      key: 'reportIn',
      name: '报到',
      from: ['issued', 'gathered'],
      by: 'co',
      permission: 'cases.handle',
      form: forms.arrival,
      primary: true,
      effects: [{ does: 'finishTask', result: 'arrivedAt' }],
    },
    {
      key: 'confirmArrival',
      name: '确认到场',
      from: ['issued'],
      to: 'gathered',
      by: 'desk',
      permission: 'cases.issueCallOut',
      form: forms.confirmation,
      primary: true,
      because: '街道确认到场；没到的照实列出，不给人排名',
      effects: [
        { does: 'mark', milestone: 'followedUp' },
        { does: 'startClock', clock: 'resolve' },
      ],
    },
    {
      key: 'settleCall',
      name: '办结',
      from: ['gathered'],
      to: 'settled',
      by: 'main',
      permission: 'cases.handle',
      form: forms.joint,
      reply: 'record',
      primary: true,
      because: '牵头部门办结，形成一份联合记录',
      effects: [
        { does: 'mark', milestone: 'replied' },
        { does: 'stopClock', clock: 'resolve' },
      ],
      tells: { who: 'reporter', template: 'grid-events.settled' },
    },
    {
      key: 'callOff',
      name: '撤回吹哨',
      from: ['called'],
      to: 'calledOff',
      by: 'desk',
      permission: 'cases.open',
      form: forms.why,
    },
  ],
  notices: [
    { level: 1, at: 'amber', tells: ['holder'], template: 'grid-events.due-soon' },
    { level: 2, at: 'due', tells: ['holder', 'approver'], template: 'grid-events.overdue' },
  ],
})
