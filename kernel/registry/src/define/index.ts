export * from './care-groups.ts'
export * from './fold-person.ts'
export * from './identity-number.ts'
export * from './person-fields.ts'
