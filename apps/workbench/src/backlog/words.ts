import { addWords } from '../locales/add-words.ts'
import { backlogZh } from '../locales/backlog-zh.ts'

addWords(backlogZh)
