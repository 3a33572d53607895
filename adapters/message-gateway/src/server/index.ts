export { gatewayAdapter } from './gateway.ts'
export { startPhones } from './start-phones.ts'
