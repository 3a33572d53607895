export type { ClockEntry, ClockPolicy, ClockState, Time } from './policy.ts'
export { ClockInputInvalid } from './policy.ts'
export type { ClockReading, ClockSpan } from './run-clock.ts'
export { runClock } from './run-clock.ts'
