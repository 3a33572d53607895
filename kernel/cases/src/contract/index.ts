export * from './case.ts'
export * from './case-file.ts'
export * from './public-case.ts'
export * from './statistics.ts'
