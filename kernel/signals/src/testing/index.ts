export * from './a-certificate.ts'
export * from './lamp-rules.ts'
export * from './signals-app.ts'
