export * from './deps.ts'
export * from './hand-over-people.ts'
export * from './import-persons.ts'
export * from './routes.ts'
