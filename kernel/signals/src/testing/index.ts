export * from './lamp-rules.ts'
export * from './signals-app.ts'
