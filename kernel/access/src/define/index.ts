export * from './organization-kinds.ts'
export * from './roles.ts'
