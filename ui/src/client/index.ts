export { newId } from '@linli/base/define'
export * from './client.ts'
