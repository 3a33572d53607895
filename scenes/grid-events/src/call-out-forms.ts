import { defineForm } from '@linli/forms/define'
import { levels } from './forms.ts'

const text = (key: string, label: string, basis: string, max = 500) =>
  ({ key, label, type: 'text', min: 2, max, lines: 3, required: true, basis }) as const
const level = {
  key: 'level',
  label: '紧急程度',
  type: 'choice',
  options: levels,
  required: true,
  basis: '到场时限按紧急程度定',
} as const
const unit = (key: string, label: string) => ({ key, label, type: 'organization' }) as const

export const calling = defineForm(
  { key: 'detail', label: '要一起解决什么', type: 'text', max: 20_000, lines: 6, required: true, basis: '部门到场前要知道为什么来' },
  level,
  { key: 'place', label: '在哪里集合', type: 'text', max: 120 },
)

export const issuing = defineForm(
  level,
  { ...unit('orgId', '牵头部门'), required: true, basis: '牵头部门负责办结' },
  unit('first', '参加部门'),
  unit('second', '参加部门'),
  unit('third', '参加部门'),
  text('part', '请部门做什么', '报到要有任务'),
)

export const arrival = defineForm(text('arrivedAt', '到了哪里', '报到记时间和当时的地点，别的时候不记位置', 120))

export const confirmation = defineForm(text('found', '现场商定', '街道确认谁到了、商定了什么', 1000))

export const joint = defineForm(
  { ...text('record', '联合记录', '一件事一份记录，各部门做了什么都在里面', 2000), lines: 6 },
  { key: 'attachments', label: '现场照片', type: 'files', max: 6 },
)

export const why = defineForm(text('reason', '理由', '要写明理由'))
