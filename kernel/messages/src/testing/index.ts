export * from './sse-client.ts'
