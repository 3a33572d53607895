import { addWords } from '../locales/add-words.ts'
import { personsZh } from '../locales/persons-zh.ts'

addWords(personsZh)
