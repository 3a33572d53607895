export * from './form.ts'
export * from './form-words.ts'
export * from './json-schema.ts'
export * from './parse-form.ts'
