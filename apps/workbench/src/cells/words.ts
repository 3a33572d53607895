import { addWords } from '../locales/add-words.ts'
import { cellsZh } from '../locales/cells-zh.ts'

addWords(cellsZh)
