import type { Outcome } from './episode.ts'

/** What was found at the door (走访结果). */
export type VisitResult = 'well' | 'concern' | 'help' | 'notMet'

export const visitWords: Readonly<Record<VisitResult, readonly [zh: string, en: string]>> = {
  well: ['走访：平安', 'Visit: safe and well'],
  concern: ['走访：要多留意', 'Visit: needs an eye on'],
  help: ['走访：需要帮助', 'Visit: needs help'],
  notMet: ['走访：没见到人', 'Visit: nobody met'],
}

/** How an alarm ends by what was found; where nobody was met it stays open, for nobody knows yet how the person is. */
export const outcomeOfVisit: Readonly<Record<VisitResult, Outcome | undefined>> = {
  well: 'FALSE_ENV',
  concern: 'REAL',
  help: 'REAL',
  notMet: undefined,
}

/** Endings that say that the person is fine, in need or not to be found: somebody must have gone to see. */
export const saysHowThePersonIs: ReadonlySet<Outcome> = new Set(['REAL', 'FALSE_ENV', 'UNREACHABLE'])
