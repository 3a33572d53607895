import type { SceneAnnouncement, SceneMessage } from '@linli/scene/define'

/** What staff read in their inbox. Numbers and names of clocks only: no text of a resident, no contact. */
export const messages: readonly SceneMessage[] = [
  { key: 'appeals.due-soon', zh: '{number}：“{clock}”的时间用掉了八成，请抓紧', en: '{number}: 80 % of the time for "{clock}" is used' },
  { key: 'appeals.overdue', zh: '{number}：“{clock}”超时了', en: '{number}: "{clock}" is overdue' },
  { key: 'appeals.escalated', zh: '{number}：“{clock}”超时一天还没有办，请过问', en: '{number}: "{clock}" has been overdue for a day; please step in' },
  { key: 'appeals.new-in-queue', zh: '{number}：新来一件，等待受理', en: '{number}: a new appeal waits to be accepted' },
  { key: 'appeals.dispatched-to-you', zh: '{number}：派给了本单位，请签收', en: '{number}: dispatched to your unit; please claim it' },
  { key: 'appeals.assigned-to-you', zh: '{number}：交给您办', en: '{number}: assigned to you' },
  { key: 'appeals.extension-asked', zh: '{number}：承办单位申请延期，等您审批', en: '{number}: the handling unit asks for an extension' },
  { key: 'appeals.extension-decided', zh: '{number}：延期申请有结果了', en: '{number}: the extension was decided' },
  { key: 'appeals.replied', zh: '{number}：已答复，等待回访', en: '{number}: replied; waits for the call back' },
  { key: 'appeals.rectification-opened', zh: '{number}：居民评价不满意，请整改', en: '{number}: rated badly; please rectify' },
  { key: 'appeals.rectified', zh: '{number}：整改结果报上来了，请核实', en: '{number}: rectified; please verify' },
  { key: 'appeals.reopened', zh: '{number}：居民说没解决，要求继续办', en: '{number}: reopened by the resident' },
]

/** Which step tells whom. Deadlines tell by the notices of the case type. */
export const announcements: readonly SceneAnnouncement[] = [
  { caseType: 'appeals.appeal', move: 'open', tells: 'desk', template: 'appeals.new-in-queue' },
  { caseType: 'appeals.appeal', move: 'dispatch', tells: 'main', template: 'appeals.dispatched-to-you' },
  { caseType: 'appeals.appeal', move: 'redispatch', tells: 'main', template: 'appeals.dispatched-to-you' },
  { caseType: 'appeals.appeal', move: 'assign', tells: 'handler', template: 'appeals.assigned-to-you' },
  { caseType: 'appeals.appeal', move: 'askExtension', tells: 'lead', template: 'appeals.extension-asked' },
  { caseType: 'appeals.appeal', move: 'grantExtension', tells: 'main', template: 'appeals.extension-decided' },
  { caseType: 'appeals.appeal', move: 'refuseExtension', tells: 'main', template: 'appeals.extension-decided' },
  { caseType: 'appeals.appeal', move: 'reply', tells: 'desk', template: 'appeals.replied' },
  { caseType: 'appeals.appeal', move: 'openRectification', tells: 'main', template: 'appeals.rectification-opened' },
  { caseType: 'appeals.appeal', move: 'submitRectification', tells: 'desk', template: 'appeals.rectified' },
  { caseType: 'appeals.appeal', move: 'reopen', tells: 'desk', template: 'appeals.reopened' },
]
