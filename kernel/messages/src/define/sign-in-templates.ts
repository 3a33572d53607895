import { defineTemplate } from './template.ts'

/** The code with which a resident signs in. */
export const signInTemplates = [
  defineTemplate({
    key: 'access.sign-in-code',
    params: { code: 'label', minutes: 'count' },
    zh: '【邻里】验证码 {code}，{minutes} 分钟内有效。请不要告诉任何人，工作人员不会问您要。',
    en: 'Linli: your code is {code}, good for {minutes} minutes. Tell it to nobody; staff never ask for it.',
  }),
]
