import { defineScene } from '@linli/scene/define'
import { en } from './locales/en.ts'
import { nearBase, noPower } from './power.ts'
import { helpContacts, sos } from './rules.ts'
import { noExit, silence, watchContacts } from './watching.ts'

export { nearBase, noExit, noPower, silence }

/** 智慧养老: help when it is called for, and somebody who looks in when nothing is heard. */
export const elderlyCare = defineScene({
  key: 'elderly-care',
  name: '智慧养老',
  nameEn: 'Elderly care',
  because: '汇编 2.9 §(十三)：发展实时监测、智能预警、应急救援救护和智慧养老等社区惠民服务应用',
  caseTypes: [],
  categories: [],
  messages: [],
  rules: [sos, silence, noExit, noPower],
  ladders: [helpContacts, watchContacts],
  en,
})
