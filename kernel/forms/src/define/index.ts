export * from './form.ts'
export * from './json-schema.ts'
export * from './parse-form.ts'
