export { goldenDeadlines } from '../define/clock/golden.ts'
export { aCaseType, streetLamp } from './street-lamp.ts'
