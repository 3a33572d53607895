export * from './fake-phones.ts'
export * from './sse-client.ts'
