import { defineTemplate } from '@linli/messages/define'

/** What is told of a change of the duty lists: to whoever may decide it, and then to whoever proposed it. */
export const dutyTemplates = [
  defineTemplate({
    key: 'cases.duty-proposed',
    params: { account: 'account', area: 'label', clause: 'label' },
    zh: '{account} 提出变更 {area} 职责清单 {clause}，请到“职责清单”确认',
    en: '{account} proposes to change clause {clause} of the duty lists of {area}: please decide on the duty list page',
  }),
  defineTemplate({
    key: 'cases.duty-confirmed',
    params: { account: 'account', area: 'label', clause: 'label' },
    zh: '{area} 职责清单 {clause} 的变更已由 {account} 确认',
    en: '{account} confirmed your change of clause {clause} of the duty lists of {area}',
  }),
  defineTemplate({
    key: 'cases.duty-refused',
    params: { account: 'account', area: 'label', clause: 'label' },
    zh: '{area} 职责清单 {clause} 的变更 {account} 没有同意，理由见“职责清单”',
    en: '{account} did not agree to your change of clause {clause} of the duty lists of {area}: the reason is on the duty list page',
  }),
]
