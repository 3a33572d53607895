import { addWords } from '../locales/add-words.ts'
import { scenesZh } from '../locales/scenes-zh.ts'

addWords(scenesZh)
