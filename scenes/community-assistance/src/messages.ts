import { defineTemplate } from '@linli/messages/define'

const number = { number: 'caseNumber' } as const
/** A notice also names the clock that it is about. */
const ofClock = { number: 'caseNumber', clock: 'term' } as const

/** What staff read in their inbox: numbers and names of clocks only, no text of anybody. */
export const messages = [
  defineTemplate({
    key: 'community-assistance.to-admit',
    params: number,
    zh: '{number}：有部门请社区协助，等您审核准入',
    en: '{number}: a community is asked for assistance, please review the request',
  }),
  defineTemplate({
    key: 'community-assistance.not-admitted',
    params: number,
    zh: '{number}：请社区协助没有准入，理由见事项',
    en: '{number}: your request for assistance was not let through; the reason is with it',
  }),
  defineTemplate({
    key: 'community-assistance.asked',
    params: number,
    zh: '{number}：请您社区协助，可以接受、另提时间或不接',
    en: '{number}: your community is asked for assistance; you may take it on, propose another date or refuse',
  }),
  defineTemplate({
    key: 'community-assistance.asked-again',
    params: number,
    zh: '{number}：对方补充了条件，再请您社区协助',
    en: '{number}: your community is asked again, on other terms',
  }),
  defineTemplate({
    key: 'community-assistance.taken-on',
    params: number,
    zh: '{number}：社区接受了',
    en: '{number}: the community took it on',
  }),
  defineTemplate({
    key: 'community-assistance.turned-down',
    params: number,
    zh: '{number}：社区没有接，可以补充条件再请、提请裁定或作罢',
    en: '{number}: the community refused; ask again on other terms, ask for a ruling, or let it go',
  }),
  defineTemplate({
    key: 'community-assistance.other-date',
    params: number,
    zh: '{number}：社区另提了时间，请您答复',
    en: '{number}: the community proposes another date, please answer',
  }),
  defineTemplate({
    key: 'community-assistance.date-agreed',
    params: number,
    zh: '{number}：对方同意您提的时间，请按时协助',
    en: '{number}: the date that you proposed was agreed to',
  }),
  defineTemplate({
    key: 'community-assistance.to-rule',
    params: number,
    zh: '{number}：社区不接、部门仍请，等您裁定要不要协助',
    en: '{number}: refused and still asked for, waits for your ruling',
  }),
  defineTemplate({
    key: 'community-assistance.ruled',
    params: number,
    zh: '{number}：裁定请您社区协助，依据见事项',
    en: '{number}: it was ruled that your community is asked to assist; the basis is with it',
  }),
  defineTemplate({
    key: 'community-assistance.not-needed',
    params: number,
    zh: '{number}：裁定不需社区协助，依据见事项',
    en: '{number}: it was ruled that the community need not assist; the basis is with it',
  }),
  defineTemplate({
    key: 'community-assistance.to-confirm',
    params: number,
    zh: '{number}：社区报告做完了，请您确认',
    en: '{number}: the community reports it done, please confirm',
  }),
  defineTemplate({
    key: 'community-assistance.confirmed',
    params: number,
    zh: '{number}：对方确认完成',
    en: '{number}: confirmed as done',
  }),
  defineTemplate({
    key: 'community-assistance.not-done',
    params: number,
    zh: '{number}：对方认为还没有做完，请看说明',
    en: '{number}: not yet done, as the requester sees it; please read why',
  }),
  defineTemplate({
    key: 'community-assistance.due-soon',
    params: ofClock,
    zh: '{number}：“{clock}”的时间用掉了八成，请抓紧',
    en: '{number}: 80 % of the time is used ({clock})',
  }),
  defineTemplate({
    key: 'community-assistance.overdue',
    params: ofClock,
    zh: '{number}：“{clock}”超时了',
    en: '{number}: overdue ({clock})',
  }),
]
