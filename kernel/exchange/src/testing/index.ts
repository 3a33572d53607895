export * from './exports-app.ts'
export * from './lamp-list.ts'
export * from './read-sheet.ts'
