export * from './a-registry.ts'
