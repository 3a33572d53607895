import { defineScene } from '@linli/scene/define'
import { callOut } from './call-out.ts'
import { categories } from './categories.ts'
import { event } from './event.ts'
import { en } from './locales/en.ts'
import { messages } from './messages.ts'

/** 网格事件: what grid workers find and report on their rounds. */
export const gridEvents = defineScene({
  key: 'grid-events',
  name: '网格事件',
  nameEn: 'Grid events',
  because: '3 §二(二):推行“社区输入+网上推送+部门响应”工作模式',
  caseTypes: [event, callOut],
  categories,
  messages,
  en,
})
