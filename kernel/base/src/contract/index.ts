export * from './endpoint.ts'
export * from './problem.ts'
export * from './scalars.ts'
export * from './upload.ts'
