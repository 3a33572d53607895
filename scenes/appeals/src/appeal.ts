import { defineCaseType } from '@linli/cases/define'
import { clocks } from './clocks.ts'
import * as forms from './forms.ts'

/** 居民诉求: taken in by the desk of the place, done by one organization, called back by someone else, rated by the resident. */
export const appeal = defineCaseType({
  key: 'appeals.appeal',
  kind: 'appeal',
  name: '居民诉求',
  because: '2.9 §(十二):推广接诉即办等基层经验，完善即时响应机制',
  form: forms.opening,
  stages: {
    submitted: { name: '待受理', publicName: '等待受理', holder: 'desk', queue: 'accept', clock: 'accept' },
    accepted: { name: '待派遣', publicName: '已受理，正在找承办单位', holder: 'desk', queue: 'dispatch', clock: 'dispatch' },
    dispatched: { name: '待签收', publicName: '已派给承办单位', holder: 'main', queue: 'handle', clock: 'department' },
    handling: { name: '办理中', publicName: '正在办理', holder: 'main', queue: 'handle', clock: 'department' },
    replied: { name: '待回访', publicName: '已答复，等待回访', holder: 'desk', queue: 'followUp', clock: 'followUp' },
    closed: { name: '已办结', publicName: '已办结', holder: 'none', final: 'closed' },
    rectifying: { name: '整改中', publicName: '正在按您的评价整改', holder: 'main', queue: 'rectify', clock: 'rectify' },
    verifying: { name: '待核实', publicName: '整改完了，正在核实', holder: 'desk', queue: 'verify', clock: 'verify' },
    refused: { name: '不予受理', publicName: '不予受理', holder: 'none', final: 'closed' },
    handedOver: { name: '已移交', publicName: '已移交有权机关', holder: 'none', final: 'closed' },
    withdrawn: { name: '已撤回', publicName: '您已撤回', holder: 'none', final: 'withdrawn' },
  },
  opens: 'submitted',
  openingTells: { who: 'desk', template: 'appeals.new-in-queue' },
  opensClocks: ['accept'],
  clocks,
  moves: [
    {
      key: 'accept', name: '受理', from: ['submitted'], to: 'accepted', by: 'desk', permission: 'cases.accept', form: forms.acceptance, primary: true,
      publicText: '受理了，期限从现在算起',
      effects: [
        { does: 'set', fact: 'appealType', from: 'appealType' }, { does: 'set', fact: 'category', from: 'category' }, { does: 'mark', milestone: 'accepted' },
        { does: 'stopClock', clock: 'accept' }, { does: 'startClock', clock: 'outer' }, { does: 'startClock', clock: 'dispatch' },
      ],
    },
    {
      key: 'refuse', name: '不予受理', from: ['submitted'], to: 'refused', by: 'desk', permission: 'cases.accept', form: forms.refusal, reply: 'reply',
      publicText: '不予受理', because: '诉讼仲裁复议中、信访已受理、涉密、没有实际内容的不受理（standards 4.1）',
    },
    {
      key: 'handOver', name: '移交', from: ['submitted', 'accepted'], to: 'handedOver', by: 'desk', permission: 'cases.handOver', form: forms.handOver,
      publicText: '移交：{reason}', because: '110、119、120、信访、纪检、法院的事移交有权机关',
    },
    {
      key: 'dispatch', name: '派遣', from: ['accepted'], to: 'dispatched', by: 'desk', permission: 'cases.dispatch', form: forms.dispatch, primary: true,
      publicText: '派给了承办单位', because: '按地点、类别和职责清单派遣；职责以外的不往下派',
      effects: [
        { does: 'setMain', from: 'orgId' }, { does: 'mark', milestone: 'dispatched' }, { does: 'stopClock', clock: 'dispatch' },
        { does: 'startClock', clock: 'department' }, { does: 'startClock', clock: 'contact' },
      ],
      tells: { who: 'main', template: 'appeals.dispatched-to-you' },
    },
    {
      key: 'redispatch', name: '改派', from: ['dispatched', 'handling'], to: 'dispatched', by: 'desk', permission: 'cases.dispatch', form: forms.dispatch,
      publicText: '改派给另一家承办单位', because: '改派从新单位的派遣时间起算它自己的钟，对居民的承诺不变',
      effects: [{ does: 'setMain', from: 'orgId' }, { does: 'startClock', clock: 'department' }, { does: 'startClock', clock: 'contact' }],
      tells: { who: 'main', template: 'appeals.dispatched-to-you' },
    },
    {
      key: 'claim', name: '签收', from: ['dispatched'], to: 'handling', by: 'main', permission: 'cases.handle', primary: true,
      publicText: '承办单位签收了', effects: [{ does: 'setHandler', from: 'actor' }],
    },
    {
      key: 'assign', name: '交办', from: ['dispatched', 'handling', 'rectifying'], by: 'main', permission: 'cases.handle', form: forms.assignment,
      effects: [{ does: 'setHandler', from: 'colleagueId' }],
    },
    {
      key: 'contact', name: '联系居民', from: ['dispatched', 'handling'], by: 'main', permission: 'cases.handle', form: forms.contact,
      publicText: '承办单位联系了您', effects: [{ does: 'mark', milestone: 'contacted' }, { does: 'stopClock', clock: 'contact' }],
    },
    {
      key: 'pause', name: '暂停', from: ['dispatched', 'handling', 'rectifying'], by: 'main', permission: 'cases.handle', form: forms.pause, only: [{ when: 'notPaused' }],
      publicText: '暂停计时：{reason}', because: '暂停要有理由和结束时间，到时自动恢复（standards 4.5）',
      effects: [{ does: 'pause', until: 'until', reason: 'reason' }],
    },
    {
      key: 'resume', name: '恢复', from: ['dispatched', 'handling', 'rectifying'], by: 'main', permission: 'cases.handle', only: [{ when: 'paused' }],
      publicText: '恢复计时', effects: [{ does: 'resume' }], primary: true,
    },
    {
      key: 'askExtension', name: '申请延期', from: ['dispatched', 'handling'], by: 'main', permission: 'cases.handle', form: forms.extensionRequest,
      only: [{ when: 'noExtensionYet' }, { when: 'extensible' }], because: '每件只能延期一次，经街道审批', effects: [{ does: 'askExtension', reason: 'reason' }],
      tells: { who: 'approver', template: 'appeals.extension-asked' },
    },
    {
      key: 'grantExtension', name: '同意延期', from: ['dispatched', 'handling'], by: 'desk', permission: 'cases.approveExtension', form: forms.reason,
      only: [{ when: 'extensionAsked' }], notBy: { moves: ['askExtension'], organization: true }, publicText: '同意延期：{reason}',
      effects: [{ does: 'grantExtension', clocks: ['outer', 'department'] }], primary: true,
    },
    {
      key: 'refuseExtension', name: '不同意延期', from: ['dispatched', 'handling'], by: 'desk', permission: 'cases.approveExtension', form: forms.reason,
      only: [{ when: 'extensionAsked' }], notBy: { moves: ['askExtension'], organization: true }, effects: [{ does: 'refuseExtension' }],
    },
    {
      key: 'reply', name: '答复', from: ['handling'], to: 'replied', by: 'main', permission: 'cases.handle', form: forms.reply, reply: 'reply', only: [{ when: 'notPaused' }],
      primary: true, publicText: '承办单位答复了',
      effects: [
        { does: 'mark', milestone: 'replied' }, { does: 'stopClock', clock: 'department' }, { does: 'stopClock', clock: 'contact' },
        { does: 'stopClock', clock: 'outer' }, { does: 'startClock', clock: 'followUp' },
      ],
      tells: { who: 'desk', template: 'appeals.replied' },
    },
    {
      key: 'followUp', name: '回访', from: ['replied'], to: 'closed', by: 'desk', permission: 'cases.followUp', form: forms.followUp, primary: true,
      notBy: { moves: ['reply'], organization: true }, publicText: '回访了您', because: '回访由承办单位以外的人做；没解决的退回接着办，期限不重算',
      effects: [{ does: 'mark', milestone: 'followedUp' }, { does: 'stopClock', clock: 'followUp' }],
      toWhen: [{ field: 'resolved', is: false, to: 'handling', effects: [{ does: 'continueClock', clock: 'outer' }, { does: 'continueClock', clock: 'department' }] }],
    },
    {
      key: 'rate', name: '评价', from: ['closed'], by: 'resident', form: forms.rating, only: [{ when: 'ratable' }],
      publicText: '您评价了', effects: [{ does: 'rate', score: 'score' }],
    },
    {
      key: 'openRectification', name: '开始整改', from: ['closed'], to: 'rectifying', by: 'system', publicText: '按您的评价开始整改',
      because: '差评由办理单位整改，办理人以外的人核实并回访（standards 4.2）', effects: [{ does: 'startClock', clock: 'rectify' }],
      tells: { who: 'main', template: 'appeals.rectification-opened' },
    },
    {
      key: 'submitRectification', name: '报整改结果', from: ['rectifying'], to: 'verifying', by: 'main', permission: 'cases.handle', form: forms.rectification, reply: 'reply',
      primary: true, publicText: '承办单位报来整改结果', effects: [{ does: 'stopClock', clock: 'rectify' }, { does: 'startClock', clock: 'verify' }],
      tells: { who: 'desk', template: 'appeals.replied' },
    },
    {
      key: 'verifyRectification', name: '核实整改', from: ['verifying'], to: 'closed', by: 'desk', permission: 'cases.verify', form: forms.verification, primary: true,
      notBy: { moves: ['submitRectification', 'reply'], organization: true }, publicText: '核实整改并回访了您', because: '差评整改由办理单位以外的人核实并回访（standards 4.2）',
      effects: [{ does: 'stopClock', clock: 'verify' }],
      toWhen: [{ field: 'resolved', is: false, to: 'rectifying', effects: [{ does: 'startClock', clock: 'rectify' }] }],
    },
    {
      key: 'note', name: '内部备注', by: 'party', permission: 'cases.read', form: forms.note,
      from: ['submitted', 'accepted', 'dispatched', 'handling', 'replied', 'rectifying', 'verifying', 'closed'],
    },
    {
      key: 'add', name: '补充', by: 'resident', form: forms.addition, publicText: '您补充了：{detail}',
      from: ['submitted', 'accepted', 'dispatched', 'handling', 'replied', 'rectifying', 'verifying'],
    },
    {
      key: 'withdraw', name: '撤回', from: ['submitted'], to: 'withdrawn', by: 'resident', publicText: '您撤回了',
      only: [{ when: 'within', seconds: 300, of: 'opening' }],
    },
    {
      key: 'reopen', name: '没解决，继续办', from: ['closed', 'refused'], to: 'accepted', by: 'resident', form: forms.reason, publicText: '您要求继续办：{reason}',
      only: [{ when: 'within', days: 30, of: 'closing' }], because: '平台默认：办结后三十天内可要求继续办',
      effects: [{ does: 'startRound' }, { does: 'startClock', clock: 'outer' }, { does: 'startClock', clock: 'dispatch' }],
      tells: { who: 'desk', template: 'appeals.reopened' },
    },
  ],
  notices: [
    { level: 1, at: 'amber', tells: ['holder'], template: 'appeals.due-soon' },
    { level: 2, at: 'due', tells: ['holder', 'approver'], template: 'appeals.overdue' },
    { level: 3, at: { afterDueHours: 24 }, tells: ['approver', 'county'], template: 'appeals.escalated' },
  ],
  rating: { move: 'rate', badAtMost: 2, rectifyBy: 'openRectification', verifiedBy: 'verifyRectification', because: '2.9 §(十二):推广社区服务“好差评”评价激励制度' },
})
