export * from './define-scene.ts'
