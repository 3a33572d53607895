import { sentence } from '@linli/cases/define'
import { defineForm } from '@linli/forms/define'
import { categories } from './categories.ts'

export const levels = [
  { value: 'ordinary', label: '一般' },
  { value: 'pressing', label: '较急' },
  { value: 'urgent', label: '紧急' },
  { value: 'critical', label: '特急' },
] as const

const level = {
  key: 'level',
  label: '紧急程度',
  type: 'choice' as const,
  options: levels,
  required: true as const,
  basis: '时限按紧急程度定，紧急、特急同时通知各级',
}
const category = {
  key: 'category',
  label: '类别',
  type: 'choice' as const,
  options: categories.map(({ key, name }) => ({ value: key, label: name })),
  required: true as const,
  basis: '派给谁看类别和职责清单',
}
/** A picture is asked for where the type needs it, never as a trace of work. */
const attachments = { key: 'attachments', label: '现场照片', type: 'files' as const, max: 6 }

export const opening = defineForm(
  { key: 'detail', label: '事情', type: 'text', max: 20_000, lines: 6, required: true, basis: '没有内容就无从办理' },
  level,
  category,
  { key: 'place', label: '地点', type: 'text', max: 120 },
  { key: 'occurredAt', label: '发生时间', type: 'instant', when: 'past', hint: '不知道就空着；用来算“第一时间”' },
)

export const registration = defineForm(level, category)

export const dismissal = defineForm(
  {
    key: 'dismissal',
    label: '不予立案的情形',
    type: 'choice',
    required: true,
    basis: '不予立案要有依据',
    options: [
      { value: 'absent', label: '现场没有这种情况' },
      { value: 'settled', label: '到场时已经解决' },
      { value: 'duplicate', label: '同一件事已经立案' },
      { value: 'outside', label: '不属于网格事件' },
    ],
  },
  sentence('reason', '理由', '要写明理由'),
)

export const outcome = defineForm({ ...sentence('outcome', '处置结果', '办了什么、现在怎样，供核查对照', 2000), lines: 4 }, attachments)

export const pause = defineForm(
  {
    key: 'reason',
    label: '暂停原因',
    type: 'choice',
    required: true,
    basis: '暂停要有理由，报事的人看得到',
    options: [
      { value: '检验检测', label: '检验检测' },
      { value: '公示', label: '公示' },
      { value: '等待配件或施工条件', label: '等待配件或施工条件' },
    ],
  },
  { key: 'until', label: '暂停到', type: 'instant', when: 'future', required: true, basis: '暂停要有结束时间，到时自动恢复' },
  { key: 'remark', label: '说明', type: 'text', max: 500, lines: 2 },
)

export const check = defineForm(
  { key: 'passed', label: '核查通过吗', type: 'yesNo', required: true, basis: '没有处置到位就返工，时限不重算' },
  { key: 'finding', label: '核查情况', type: 'text', max: 1000, lines: 3 },
  attachments,
)

export const note = defineForm({ ...sentence('note', '内部备注', '备注不能空', 2000), hint: '居民看不到' })

export const addition = defineForm(
  { ...sentence('detail', '补充', '补充不能空', 2000), min: 1 },
  { key: 'attachments', label: '照片', type: 'files', max: 9 },
)
