export { formWordsEn, formWordsZh, parseForm } from '@linli/forms/define'
export * from './entry-facts.ts'
export * from './form-draft.ts'
