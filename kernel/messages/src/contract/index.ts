export * from './delivery.ts'
export * from './inbox.ts'
export * from './preference.ts'
