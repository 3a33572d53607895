export * from './a-clock.ts'
export * from './an-actor.ts'
export * from './test-database.ts'
export * from './test-sessions.ts'
