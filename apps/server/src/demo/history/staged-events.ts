import type { OfficeName } from '../town-offices.ts'
import { communityPlans } from '../town-places.ts'
import type { Level } from './event-matters.ts'
import type { EventFate } from './live-event.ts'

/** What a desk should find at first sight, whatever day it is. */
export interface WantedEvent {
  count: number
  home: readonly string[]
  office?: OfficeName
  level?: Level
  stage: string
  /** Whoever reported it may check it. */
  byReporter?: true
  /** Reported between so many working hours ago. */
  ago: readonly [number, number]
  fate: EventFate
}

const cells = (code: string): string[] => ['001', '002', '003', '004'].map((suffix) => `${code}${suffix}`)
const old = cells(communityPlans.oldEstate.code)
const commercial = cells(communityPlans.commercialEstate.code)
const village = cells(communityPlans.village.code)
const first = [old[0]!]
const still: EventFate = { pace: 9, bounces: false, selfHandles: false }

export const stagedEvents: readonly WantedEvent[] = [
  { count: 2, home: old, stage: 'reported', ago: [0.1, 1.5], fate: { until: 'open' } },
  { count: 1, home: commercial, stage: 'reported', ago: [3, 6], fate: { until: 'open' } },
  { count: 1, home: village, stage: 'reported', ago: [0.1, 1.5], fate: { until: 'open' } },
  { count: 2, home: [...old, ...commercial], stage: 'listed', ago: [0.6, 2.2], fate: { until: 'register' } },
  { count: 1, home: [...old, ...commercial], stage: 'listed', ago: [4, 8], fate: { until: 'register' } },
  { count: 1, home: [...old, ...commercial], stage: 'listed', ago: [6, 14], fate: { until: 'rejectDispatch', bounces: true } },
  { count: 1, home: [...old, ...commercial], stage: 'ruling', ago: [8, 40], fate: { bounces: true, disputed: 900 } },
  { count: 1, home: old, office: 'housing', stage: 'dispatched', ago: [0.8, 4], fate: { until: 'dispatch', bounces: false } },
  {
    count: 1,
    home: commercial,
    office: 'propertyCompany',
    stage: 'dispatched',
    ago: [0.8, 4],
    fate: { until: 'dispatch', bounces: false },
  },
  { count: 2, home: [...old, ...commercial], office: 'housing', stage: 'inHand', ago: [6, 40], fate: still },
  { count: 2, home: commercial, office: 'propertyCompany', stage: 'inHand', ago: [30, 60], fate: still },
  { count: 2, home: [...old, ...commercial], office: 'lawEnforcement', stage: 'inHand', ago: [30, 60], fate: still },
  { count: 2, home: first, stage: 'done', byReporter: true, ago: [6, 16], fate: { until: 'finish', pace: 0.2, bounces: false } },
  { count: 2, home: [...old.slice(1), ...commercial], stage: 'done', ago: [6, 30], fate: { until: 'finish', pace: 0.2, bounces: false } },
  { count: 1, home: village, stage: 'done', ago: [6, 30], fate: { until: 'finish', pace: 0.2, bounces: false } },
  {
    count: 2,
    home: [...old, ...commercial],
    level: 'pressing',
    stage: 'selfHandled',
    ago: [2, 9],
    fate: { until: 'selfHandle', selfHandles: true },
  },
  { count: 2, home: [...old, ...commercial], stage: 'checked', ago: [10, 30], fate: { until: 'check', pace: 0.2, bounces: false } },
]
