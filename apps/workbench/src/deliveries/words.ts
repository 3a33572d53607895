import { addWords } from '../locales/add-words.ts'
import { deliveriesZh } from '../locales/deliveries-zh.ts'

addWords(deliveriesZh)
