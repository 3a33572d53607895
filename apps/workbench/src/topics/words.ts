import { addWords } from '../locales/add-words.ts'
import { topicsZh } from '../locales/topics-zh.ts'

addWords(topicsZh)
