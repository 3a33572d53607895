import { defineTemplate } from '@linli/messages/define'

const number = { number: 'caseNumber' } as const
/** A notice also names the clock that it is about. */
const ofClock = { number: 'caseNumber', clock: 'term' } as const

/** What staff read in their inbox: numbers and names of clocks only, no text of a resident. */
export const messages = [
  defineTemplate({
    key: 'appeals.due-soon',
    params: ofClock,
    zh: '{number}：“{clock}”的时间用掉了八成，请抓紧',
    en: '{number}: 80 % of the time is used ({clock})',
  }),
  defineTemplate({ key: 'appeals.overdue', params: ofClock, zh: '{number}：“{clock}”超时了', en: '{number}: overdue ({clock})' }),
  defineTemplate({
    key: 'appeals.escalated',
    params: ofClock,
    zh: '{number}：“{clock}”超时一天还没有办，请过问',
    en: '{number}: overdue for a day, please step in ({clock})',
  }),
  defineTemplate({
    key: 'appeals.new-in-queue',
    params: number,
    zh: '{number}：新来一件，等待受理',
    en: '{number}: new, waits to be accepted',
  }),
  defineTemplate({
    key: 'appeals.dispatched-to-you',
    params: number,
    zh: '{number}：派给了本单位，请签收',
    en: '{number}: dispatched to your unit, please claim it',
  }),
  defineTemplate({
    key: 'appeals.rejected',
    params: number,
    zh: '{number}：承办单位退单，请改派或提请裁定',
    en: '{number}: given back by the unit, dispatch it elsewhere or ask for a ruling',
  }),
  defineTemplate({
    key: 'appeals.to-rule',
    params: number,
    zh: '{number}：退单两次或有争议，等您裁定',
    en: '{number}: rejected and disputed, waits for your ruling',
  }),
  defineTemplate({
    key: 'appeals.ruled',
    params: number,
    zh: '{number}：上级裁定由本单位办理，请签收',
    en: '{number}: ruled to be yours, please claim it',
  }),
  defineTemplate({
    key: 'appeals.task-for-you',
    params: number,
    zh: '{number}：请本单位协办，请看要办的部分和期限',
    en: '{number}: a part of it is yours, see what and until when',
  }),
  defineTemplate({
    key: 'appeals.task-done',
    params: number,
    zh: '{number}：协办单位报来结果',
    en: '{number}: a co-working unit reported its part',
  }),
  defineTemplate({
    key: 'appeals.task-rejected',
    params: number,
    zh: '{number}：协办单位退回，请另请或自己办',
    en: '{number}: a co-working unit gave its part back',
  }),
  defineTemplate({ key: 'appeals.urged', params: number, zh: '{number}：派遣台催办，请抓紧', en: '{number}: the desk asks you to hurry' }),
  defineTemplate({
    key: 'appeals.supervised',
    params: number,
    zh: '{number}：上级督办，请看要求',
    en: '{number}: a superior watches it, see what is asked',
  }),
  defineTemplate({
    key: 'appeals.extension-asked',
    params: number,
    zh: '{number}：承办单位申请延期，等您审批',
    en: '{number}: the handling unit asks for an extension',
  }),
  defineTemplate({
    key: 'appeals.replied',
    params: number,
    zh: '{number}：承办单位答复了，请回访或核实',
    en: '{number}: the unit replied, please call back or verify',
  }),
  defineTemplate({
    key: 'appeals.rectification-opened',
    params: number,
    zh: '{number}：居民评价不满意，请整改',
    en: '{number}: rated badly, please rectify',
  }),
  defineTemplate({
    key: 'appeals.reopened',
    params: number,
    zh: '{number}：居民说没解决，要求继续办',
    en: '{number}: not solved, reopened by the resident',
  }),
]
