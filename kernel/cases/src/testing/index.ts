export { goldenDeadlines } from '../define/clock/golden.ts'
export { anAnswer, aWalk, type Cast, openMoves, type Stride, someCast } from './a-walk.ts'
export { aCaseType, streetLamp } from './street-lamp.ts'
