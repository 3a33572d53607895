export * from './delivery.ts'
export * from './handover-templates.ts'
export * from './security-templates.ts'
export * from './template.ts'
