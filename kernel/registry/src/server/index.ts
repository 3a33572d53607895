export * from './deps.ts'
export * from './import-persons.ts'
export * from './routes.ts'
