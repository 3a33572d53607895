export * from './likeness.ts'
export { sayingsIn } from './shared-words.ts'
