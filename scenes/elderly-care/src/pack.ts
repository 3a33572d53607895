import { defineScene } from '@linli/scene/define'
import { en } from './locales/en.ts'
import { helpContacts, sos } from './rules.ts'

/** 智慧养老: help when it is called for. */
export const elderlyCare = defineScene({
  key: 'elderly-care',
  name: '智慧养老',
  nameEn: 'Elderly care',
  because: '汇编 2.9 §(十三)：发展实时监测、智能预警、应急救援救护和智慧养老等社区惠民服务应用',
  caseTypes: [],
  categories: [],
  messages: [],
  rules: [sos],
  ladders: [helpContacts],
  en,
})
