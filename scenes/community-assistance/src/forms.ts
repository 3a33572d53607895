import { sentence } from '@linli/cases/define'
import { defineForm } from '@linli/forms/define'
import { categories } from './categories.ts'

const support = {
  key: 'support',
  label: '带来的支持',
  type: 'choice',
  required: true,
  basis: '请社区做事要给条件：没有支持，社区可以不接',
  options: [
    { value: 'staff', label: '人员' },
    { value: 'funds', label: '经费' },
    { value: 'equipment', label: '设备' },
    { value: 'training', label: '培训' },
    { value: 'none', label: '没有' },
  ],
} as const
const supportDetail = { key: 'supportDetail', label: '支持的具体内容', type: 'text', max: 500, lines: 2 } as const
const wantedBy = {
  key: 'wantedBy',
  label: '在什么时候以前',
  type: 'instant',
  when: 'future',
  required: true,
  basis: '社区要知道什么时候做，协助的时限按它算',
} as const

export const asking = defineForm(
  {
    key: 'category',
    label: '请协助的事',
    type: 'choice',
    required: true,
    basis: '先对照职责清单，已收回的不能请',
    options: categories.map(({ key, name }) => ({ value: key, label: name })),
  },
  {
    key: 'detail',
    label: '请社区做什么',
    type: 'text',
    min: 5,
    max: 2000,
    lines: 5,
    required: true,
    basis: '说清做什么、在哪里、做到什么程度',
  },
  sentence('clause', '依据', '写明职责清单的条款或法规，不在清单内的写明理由'),
  support,
  supportDetail,
  wantedBy,
  { key: 'liaison', label: '联系人和办公电话', type: 'text', min: 2, max: 60, required: true, basis: '社区有事要找得到人' },
)

export const admission = defineForm(sentence('basis', '准入依据', '清单内写条款；清单外写为什么可以请'))

export const acceptance = defineForm({ key: 'remark', label: '说明', type: 'text', max: 500, lines: 2 })

export const refusal = defineForm(
  {
    key: 'refusal',
    label: '不接的原因',
    type: 'choice',
    required: true,
    basis: '社区可以不接，要有原因和说明',
    options: [
      { value: 'notListed', label: '不在职责清单' },
      { value: 'noSupport', label: '没有支持或支持不够' },
      { value: 'notNow', label: '眼下做不了' },
      { value: 'repeated', label: '和以前请过的重复' },
    ],
  },
  sentence('explanation', '说明', '请的部门看得到，写清要什么条件'),
)

export const otherDate = defineForm(wantedBy, sentence('reason', '理由', '要写明理由'))

export const again = defineForm(support, supportDetail, wantedBy, sentence('reason', '补充说明', '说清和上次有什么不同'))

export const disputed = defineForm(sentence('reason', '理由', '要写明理由'))

export const decision = defineForm(
  { key: 'needed', label: '确需社区协助吗', type: 'yesNo', required: true, basis: '裁定要写明要不要社区协助' },
  sentence('basis', '裁定依据', '裁定要写明依据，两家的依据和裁定都留痕', 1000),
)

export const report = defineForm({ ...sentence('outcomeReported', '做了什么', '做了什么、没做成什么，供对方确认', 2000), lines: 4 })

export const confirmation = defineForm(
  { key: 'passed', label: '完成了吗', type: 'yesNo', required: true, basis: '没有完成的退回继续，时限不重算' },
  { key: 'finding', label: '确认情况', type: 'text', max: 1000, lines: 3 },
)

export const why = defineForm(sentence('reason', '理由', '要写明理由'))

export const note = defineForm({ ...sentence('note', '内部备注', '备注不能空', 2000), hint: '居民看不到' })
