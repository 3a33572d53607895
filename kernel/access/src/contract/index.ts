export * from './administration.ts'
export * from './session.ts'
