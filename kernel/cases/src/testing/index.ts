export { goldenDeadlines } from '../define/clock/golden.ts'
