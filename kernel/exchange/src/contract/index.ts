export * from './export.ts'
export * from './view.ts'
