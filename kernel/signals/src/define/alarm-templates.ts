import { defineTemplate } from '@linli/messages/define'

/** What the rungs of a ladder are told. */
export const alarmTemplates = [
  defineTemplate({
    key: 'signals.alarm',
    params: { rule: 'term', place: 'label', at: 'instant', number: 'caseNumber', attempt: 'count' },
    zh: '【提醒】{rule}：{place}，{at}。请立即确认、联系并到场（第 {attempt} 次通知，{number}）',
    en: 'Alarm: {rule}, {place}, {at}. Please answer, call and go there at once (notice {attempt}, {number})',
  }),
]
