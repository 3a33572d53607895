import { defineTemplate } from './template.ts'

const params = { handover: 'record', area: 'label', cases: 'count', buildings: 'count' } as const

/** What those are told who give, take over or must know, by `handoverSubscriber`. */
export const handoverTemplates = [
  defineTemplate({
    key: 'handover.gives',
    params,
    zh: '{area}的工作已移交：未办结 {cases} 件、楼栋 {buildings} 栋，请看交接清单并当面交清',
    en: 'Work of {area} was handed over: {cases} open matters, {buildings} buildings. Please go through the handover list with whoever takes over',
  }),
  defineTemplate({
    key: 'handover.takes',
    params,
    zh: '{area}的工作由您接手：未办结 {cases} 件、楼栋 {buildings} 栋，请看交接清单',
    en: 'You take over work of {area}: {cases} open matters, {buildings} buildings. Please read the handover list',
  }),
  defineTemplate({
    key: 'handover.knows',
    params,
    zh: '{area}有工作交接：未办结 {cases} 件、楼栋 {buildings} 栋，清单已留存',
    en: 'Work was handed over in {area}: {cases} open matters, {buildings} buildings. The list is on record',
  }),
  defineTemplate({
    key: 'deputy.stands-in',
    params: { holder: 'account', area: 'label', from: 'label', until: 'label' },
    zh: '{from} 到 {until}，您替 {holder} 代班（{area}），换到这个岗位即可办理',
    en: 'From {from} until {until} you stand in for {holder} ({area}): take that post to do the work',
  }),
  defineTemplate({
    key: 'deputy.is-set',
    params: { deputy: 'account', area: 'label', from: 'label', until: 'label' },
    zh: '{from} 到 {until}，{area}的岗位由 {deputy} 代班',
    en: 'From {from} until {until} {deputy} stands in for you at {area}',
  }),
]
