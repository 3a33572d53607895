export * from './security-templates.ts'
export * from './template.ts'
