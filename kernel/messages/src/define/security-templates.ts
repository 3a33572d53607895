import { defineTemplate } from './template.ts'

/** What security administrators are told, by `alertSubscriber`. */
export const securityTemplates = [
  defineTemplate({
    key: 'security.reveal-limit',
    params: { account: 'account', org: 'label', count: 'count', at: 'instant' },
    zh: '{org} {account} 一小时内已查看联系方式 {count} 次，{at} 再查看时被拦下，请核查',
    en: '{account} of {org} looked at {count} contacts within an hour and was stopped at the next on {at}: please check',
  }),
  defineTemplate({
    key: 'security.export-night',
    params: { account: 'account', org: 'label', count: 'count', at: 'instant' },
    zh: '{org} {account} {at} 夜间要导出 {count} 行，已拦下，请到下载中心决定放行或不准',
    en: '{account} of {org} asked for an export of {count} rows at night, {at}. It is held: please decide in the download center',
  }),
  defineTemplate({
    key: 'security.export-volume',
    params: { account: 'account', org: 'label', count: 'count', at: 'instant' },
    zh: '{org} {account} 一天内导出过多，{at} 又要导出 {count} 行，已拦下，请到下载中心决定放行或不准',
    en: '{account} of {org} exported too much in one day and asked for {count} rows more on {at}. It is held: please decide in the download center',
  }),
]
