export * from './word-faults.ts'
