export * from './address.ts'
export * from './change.ts'
export * from './person.ts'
export * from './person-values.ts'
