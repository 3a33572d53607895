export * from './division-codes.ts'
export * from './organization-kinds.ts'
export * from './roles.ts'
export * from './session-rules.ts'
