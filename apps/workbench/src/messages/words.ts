import { addWords } from '../locales/add-words.ts'
import { reachZh } from '../locales/reach-zh.ts'

addWords(reachZh)
