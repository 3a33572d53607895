export * from './plan.tsx'
export * from './projection.ts'
