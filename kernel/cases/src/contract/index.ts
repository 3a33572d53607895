export * from './case.ts'
export * from './public-case.ts'
