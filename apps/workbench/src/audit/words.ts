import { addWords } from '../locales/add-words.ts'
import { auditZh } from '../locales/audit-zh.ts'

addWords(auditZh)
