import { addWords } from '../locales/add-words.ts'
import { signalsZh } from '../locales/signals-zh.ts'

addWords(signalsZh)
