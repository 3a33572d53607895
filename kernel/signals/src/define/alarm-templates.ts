import { defineTemplate } from '@linli/messages/define'

const toPosts = { rule: 'term', place: 'label', at: 'instant', number: 'caseNumber', attempt: 'count' } as const
const ofStorm = { rule: 'term', place: 'label', at: 'instant', count: 'count' } as const
/** Where somebody lives does not leave the house for a family that knows it. */
const toFamily = { rule: 'term', at: 'instant', number: 'caseNumber' } as const

/** What the rungs of a ladder are told: on a page, by SMS and by a voice; and what a family is. */
export const alarmTemplates = [
  defineTemplate({
    key: 'signals.alarm',
    params: toPosts,
    zh: '【提醒】{rule}：{place}，{at}。请立即确认、联系并到场（第 {attempt} 次通知，{number}）',
    en: 'Alarm: {rule}, {place}, {at}. Please answer, call and go there at once (notice {attempt}, {number})',
    isLaddered: true,
  }),
  defineTemplate({
    key: 'signals.alarm-call',
    params: toPosts,
    zh: '这里是社区平台。{rule}，{place}，{at}，还没有人接警，这是第 {attempt} 次通知，编号 {number}。接警请按 1。',
    en: 'This is the community platform. {rule}, {place}, {at}. Nobody has answered; this is notice {attempt}, number {number}. To answer, press 1.',
  }),
  defineTemplate({
    key: 'signals.storm',
    params: ofStorm,
    zh: '【提醒】{rule}：{place}，{at}起已有 {count} 起，通知已合并。请打开告警值守，逐一确认、联系并到场',
    en: 'Alarms: {rule}, {place}, {count} since {at}, told together. Please open the alarm desk, answer each and go there',
    isLaddered: true,
  }),
  defineTemplate({
    key: 'signals.storm-call',
    params: ofStorm,
    zh: '这里是社区平台。{rule}，{place}，{at}起已有 {count} 起，还有没接警的。请打开告警值守，逐一接警。',
    en: 'This is the community platform. {rule}, {place}, {count} since {at}, and not all are answered. Please open the alarm desk and answer each.',
  }),
  defineTemplate({
    key: 'signals.family-message',
    params: toFamily,
    zh: '【提醒】{rule}：留了您号码的家人，{at}。网格员和社区已收到，请尽快联系；危及生命请拨 120（{number}）',
    en: 'Alarm: {rule}, from the relative who named you, {at}. Grid worker and community are told. Please call; if it is a matter of life, dial 120 ({number})',
  }),
  defineTemplate({
    key: 'signals.family-call',
    params: toFamily,
    zh: '这里是社区平台。{rule}，来自留了您号码的家人，{at}，编号 {number}。还没有人接警，请尽快联系。听到了请按 1。危及生命请拨 120。',
    en: 'This is the community platform. {rule}, from the relative who named you, {at}, number {number}. Nobody has answered yet: please call. To say that you heard this, press 1. If it is a matter of life, dial 120.',
  }),
]
