export * from './administration.ts'
export * from './cells.ts'
export * from './deputies.ts'
export * from './session.ts'
