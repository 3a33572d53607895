import { defineScene } from '@linli/scene/define'
import { appeal } from './appeal.ts'
import { categories } from './categories.ts'
import { en } from './locales/en.ts'
import { messages } from './messages.ts'

/** 居民诉求: one door for what residents ask, complain about, report and suggest. */
export const appeals = defineScene({
  key: 'appeals',
  name: '居民诉求',
  nameEn: 'Appeals of residents',
  because: '2.9 §(十二):推广接诉即办等基层经验，完善即时响应机制',
  caseTypes: [appeal],
  categories,
  messages,
  en,
})
