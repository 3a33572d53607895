import { defineScene } from '@linli/scene/define'
import { assistance } from './assistance.ts'
import { categories } from './categories.ts'
import { en } from './locales/en.ts'
import { messages } from './messages.ts'

/** 请社区协助: what departments and townships ask of a community, which is self-government and may say no. */
export const communityAssistance = defineScene({
  key: 'community-assistance',
  name: '请社区协助',
  nameEn: 'Requests for assistance',
  because: '2.9 §(十九):完善社区公共服务目录及准入制度',
  caseTypes: [assistance],
  categories,
  messages,
  en,
})
