import { defineTemplate } from './template.ts'

/** What security administrators are told, by `alertSubscriber`. */
export const securityTemplates = [
  defineTemplate({
    key: 'security.reveal-limit',
    params: { account: 'account', org: 'label', count: 'count', at: 'instant' },
    zh: '{org} {account} 一小时内已查看联系方式 {count} 次，{at} 再查看时被拦下，请核查',
    en: '{account} of {org} looked at {count} contacts within an hour and was stopped at the next on {at}: please check',
  }),
]
