import { defineScene } from '@linli/scene/define'
import { en } from './locales/en.ts'
import { fireContacts, smoke } from './rules.ts'

/** 平安建设: danger seen early. */
export const publicSafety = defineScene({
  key: 'public-safety',
  name: '平安建设',
  nameEn: 'Public safety',
  because: '汇编 3 §二(二)：发展实时监测、智能预警、应急管理和疫情防控智能应用',
  caseTypes: [],
  categories: [],
  messages: [],
  rules: [smoke],
  ladders: [fireContacts],
  en,
})
