import { defineTemplate } from '@linli/messages/define'

const number = { number: 'caseNumber' } as const
/** A notice also names the clock that it is about. */
const ofClock = { number: 'caseNumber', clock: 'term' } as const

/** What staff read in their inbox: numbers and names of clocks only, no text of anybody. */
export const messages = [
  defineTemplate({
    key: 'grid-events.due-soon',
    params: ofClock,
    zh: '{number}：“{clock}”的时间用掉了八成，请抓紧',
    en: '{number}: 80 % of the time is used ({clock})',
  }),
  defineTemplate({ key: 'grid-events.overdue', params: ofClock, zh: '{number}：“{clock}”超时了', en: '{number}: overdue ({clock})' }),
  defineTemplate({
    key: 'grid-events.escalated',
    params: ofClock,
    zh: '{number}：“{clock}”超时一天还没有办，请过问',
    en: '{number}: overdue for a day, please step in ({clock})',
  }),
  defineTemplate({
    key: 'grid-events.new-in-queue',
    params: number,
    zh: '{number}：新上报一件网格事件，等待核实立案',
    en: '{number}: a grid event was reported, waits to be registered',
  }),
  defineTemplate({
    key: 'grid-events.urgent',
    params: number,
    zh: '{number}：紧急网格事件，各级同时收到',
    en: '{number}: urgent grid event, told to every level at once',
  }),
  defineTemplate({
    key: 'grid-events.dispatched-to-you',
    params: number,
    zh: '{number}：网格事件派给了本单位，请签收或附依据退单',
    en: '{number}: grid event dispatched to your unit, claim it or reject it with a basis',
  }),
  defineTemplate({
    key: 'grid-events.rejected',
    params: number,
    zh: '{number}：承办单位退单，请改派或提请裁定',
    en: '{number}: given back by the unit, dispatch it elsewhere or ask for a ruling',
  }),
  defineTemplate({
    key: 'grid-events.to-rule',
    params: number,
    zh: '{number}：退单两次或有争议，等您裁定',
    en: '{number}: rejected and disputed, waits for your ruling',
  }),
  defineTemplate({
    key: 'grid-events.ruled',
    params: number,
    zh: '{number}：上级裁定由本单位办理，请签收',
    en: '{number}: ruled to be yours, please claim it',
  }),
  defineTemplate({
    key: 'grid-events.urged',
    params: number,
    zh: '{number}：派遣台催办，请抓紧',
    en: '{number}: the desk asks you to hurry',
  }),
  defineTemplate({
    key: 'grid-events.supervised',
    params: number,
    zh: '{number}：上级督办，请看要求',
    en: '{number}: a superior watches it, see what is asked',
  }),
  defineTemplate({
    key: 'grid-events.extension-asked',
    params: number,
    zh: '{number}：承办单位申请延期，等您审批',
    en: '{number}: the handling unit asks for an extension',
  }),
  defineTemplate({
    key: 'grid-events.to-check',
    params: number,
    zh: '{number}：处置完了，请到现场核查',
    en: '{number}: handled, please check it on the spot',
  }),
  defineTemplate({
    key: 'grid-events.rework',
    params: number,
    zh: '{number}：核查没有通过，请返工',
    en: '{number}: the check failed, please do it again',
  }),
  defineTemplate({
    key: 'grid-events.reopened',
    params: number,
    zh: '{number}：报事的居民说没解决，要求继续办',
    en: '{number}: not solved, reopened by the resident who reported it',
  }),
  defineTemplate({
    key: 'grid-events.called',
    params: number,
    zh: '{number}：网格吹哨，等您核准',
    en: '{number}: a call-out waits for your approval',
  }),
  defineTemplate({
    key: 'grid-events.come',
    params: number,
    zh: '{number}：街道吹哨，请本单位按时到场报到',
    en: '{number}: the township calls your unit out, report in on time',
  }),
  defineTemplate({ key: 'grid-events.declined', params: number, zh: '{number}：不予吹哨，请看理由', en: '{number}: no call-out, see why' }),
  defineTemplate({ key: 'grid-events.settled', params: number, zh: '{number}：吹哨的事办结了', en: '{number}: the call-out is closed' }),
]
