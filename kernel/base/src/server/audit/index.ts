export * from './anchor-book.ts'
export * from './sealer.ts'
export * from './search-audit.ts'
export * from './verify-audit.ts'
