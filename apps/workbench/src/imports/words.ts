import { addWords } from '../locales/add-words.ts'
import { importsZh } from '../locales/imports-zh.ts'

addWords(importsZh)
