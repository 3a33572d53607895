export * from './a-scene.ts'
