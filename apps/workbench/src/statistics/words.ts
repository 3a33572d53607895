import { addWords } from '../locales/add-words.ts'
import { statisticsZh } from '../locales/statistics-zh.ts'

addWords(statisticsZh)
