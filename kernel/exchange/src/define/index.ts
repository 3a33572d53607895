export * from './cell-text.ts'
export * from './export-column.ts'
export * from './export-rule.ts'
