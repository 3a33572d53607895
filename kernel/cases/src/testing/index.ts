export { goldenDeadlines } from '../define/clock/golden.ts'
export { anAnswer, aWalk, type Cast, openMoves, type Stride, someCast } from './a-walk.ts'
export { type Answer, type By, type CasesApp, casesApp, type LampStage, type MoveToOptions, type OpenedCase } from './cases-app.ts'
export { aCaseType, aCatalogue, streetLamp } from './street-lamp.ts'
