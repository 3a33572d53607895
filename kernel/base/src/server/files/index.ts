export * from './file-error.ts'
export * from './file-store.ts'
export * from './keep-files.ts'
export * from './upload-file.ts'
