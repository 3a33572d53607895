export * from './open-vault.ts'
export * from './person-keys.ts'
