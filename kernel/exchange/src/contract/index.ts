export * from './export.ts'
export * from './import.ts'
export * from './import-mapping.ts'
export * from './view.ts'
