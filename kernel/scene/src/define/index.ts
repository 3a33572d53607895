export * from './check-scene.ts'
export * from './define-scene.ts'
export * from './labels.ts'
