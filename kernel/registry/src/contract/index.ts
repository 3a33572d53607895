export * from './address.ts'
export * from './person.ts'
