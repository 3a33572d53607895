import { defineForm } from '@linli/forms/define'
import type { ClockPolicy } from '../define/index.ts'
import type { Category } from '../server/catalogue.ts'

export const days = (amount: number): ClockPolicy => ({ kind: 'working-days', amount })
export const hours = (amount: number): ClockPolicy => ({ kind: 'working-hours', amount })
export const because = '测试:路灯坏了要有人修'
export const words = (key: string, label: string) => ({
  key,
  label,
  type: 'text' as const,
  min: 2,
  max: 500,
  required: true as const,
  basis: because,
})

export const reason = defineForm(words('reason', '理由'))
export const work = defineForm(words('words', '修了什么'), { key: 'photos', label: '照片', type: 'files', max: 3 })
export const call = defineForm(
  { key: 'contactedAt', label: '回访时间', type: 'instant', when: 'past', required: true, basis: because },
  { key: 'resolved', label: '亮了吗', type: 'yesNo', required: true, basis: because },
  { key: 'satisfied', label: '满意吗', type: 'yesNo' },
)

export const lampCategories: Category[] = [
  { key: 'lights', name: '路灯', nameEn: 'Street lamps', examples: ['路灯不亮', '灯杆歪了'], sharedSayings: ['路灯不亮'] },
  { key: 'roads', name: '道路', nameEn: 'Roads', examples: ['坑', '井盖'] },
]
