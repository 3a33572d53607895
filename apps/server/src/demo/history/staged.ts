import { timesOf } from '@linli/cases/define'
import type { OfficeName } from '../town-offices.ts'
import { communityPlans, placeCodes } from '../town-places.ts'
import { officeFor, settingOf } from './hands.ts'
import type { Fate } from './live.ts'
import { type MadeCase, makeCase, type World } from './make-case.ts'
import { matters } from './matter-list.ts'
import { Random } from './random.ts'
import type { Resident } from './residents.ts'

/** What a desk should find at first sight, whatever day it is; ordinary chance alone would leave some of them empty. */
interface Wanted {
  count: number
  home: readonly string[]
  office?: OfficeName
  /** Who has a part of it. */
  co?: OfficeName
  stage: string
  clock?: 'onTime' | 'dueSoon' | 'overdue' | 'paused'
  extension?: 'asked'
  /** Filed between so many working hours ago. */
  ago: readonly [number, number]
  fate: Fate
}

const cells = (code: string): string[] => ['001', '002', '003', '004'].map((suffix) => `${code}${suffix}`)
const [oldFirst] = cells(communityPlans.oldEstate.code) as [string]
const old = cells(communityPlans.oldEstate.code)
const commercial = cells(communityPlans.commercialEstate.code)
const village = cells(communityPlans.village.code)
const stillHandling: Fate = { pace: 9, asksExtension: false, pauses: false, bounces: false }

const wanted: readonly Wanted[] = [
  { count: 2, home: old, stage: 'submitted', ago: [0.2, 1.5], fate: { until: 'open' } },
  { count: 1, home: old, stage: 'submitted', clock: 'overdue', ago: [2.3, 5], fate: { until: 'open' } },
  { count: 2, home: commercial, stage: 'submitted', ago: [0.2, 1.8], fate: { until: 'open' } },
  { count: 1, home: village, stage: 'submitted', ago: [0.2, 1.8], fate: { until: 'open' } },
  { count: 1, home: [placeCodes.songhua], stage: 'submitted', ago: [0.2, 1.8], fate: { until: 'open' } },
  { count: 3, home: [...old, ...commercial], stage: 'accepted', ago: [0.5, 2.5], fate: { until: 'accept' } },
  { count: 1, home: [...old, ...commercial], stage: 'accepted', clock: 'overdue', ago: [3, 6], fate: { until: 'accept' } },
  { count: 1, home: village, stage: 'accepted', ago: [0.5, 2.5], fate: { until: 'accept' } },
  { count: 1, home: [placeCodes.songhua, placeCodes.chengnan], stage: 'accepted', ago: [0.5, 2.5], fate: { until: 'accept' } },
  { count: 1, home: old, stage: 'accepted', ago: [45, 110], fate: { reopens: true, until: 'reopen', pace: 0.4, score: 4 } },
  { count: 2, home: [oldFirst], office: 'housing', stage: 'dispatched', ago: [1, 5], fate: { until: 'dispatch', bounces: false } },
  { count: 2, home: [...old, ...commercial], stage: 'accepted', ago: [4, 9], fate: { until: 'rejectDispatch', bounces: true } },
  { count: 1, home: [...old, ...commercial], stage: 'ruling', clock: 'onTime', ago: [6, 16], fate: { bounces: true, disputed: 900 } },
  { count: 2, home: [...old, ...commercial], stage: 'ruling', clock: 'overdue', ago: [24, 60], fate: { bounces: true, disputed: 900 } },
  { count: 1, home: village, stage: 'ruling', ago: [6, 40], fate: { bounces: true, disputed: 900 } },
  { count: 2, home: old, office: 'housing', stage: 'handling', clock: 'onTime', ago: [4, 14], fate: stillHandling },
  { count: 2, home: old, office: 'housing', stage: 'handling', clock: 'dueSoon', ago: [14, 70], fate: stillHandling },
  { count: 2, home: [oldFirst, ...commercial], office: 'housing', stage: 'handling', clock: 'overdue', ago: [30, 90], fate: stillHandling },
  {
    count: 1,
    home: old,
    office: 'housing',
    stage: 'handling',
    clock: 'paused',
    ago: [4, 12],
    fate: { pauses: true, until: 'pause', bounces: false },
  },
  {
    count: 1,
    home: [...old, ...commercial],
    office: 'housing',
    stage: 'handling',
    clock: 'onTime',
    extension: 'asked',
    ago: [8, 70],
    fate: { asksExtension: true, until: 'askExtension', pauses: false, pace: 9 },
  },
  {
    count: 1,
    home: [...old, ...commercial],
    office: 'housing',
    stage: 'handling',
    clock: 'dueSoon',
    extension: 'asked',
    ago: [14, 100],
    fate: { asksExtension: true, until: 'askExtension', pauses: false, pace: 9 },
  },
  {
    count: 2,
    home: [...old, ...commercial, ...village],
    co: 'housing',
    stage: 'handling',
    ago: [4, 20],
    fate: { ...stillHandling, shares: true, until: 'addTask' },
  },
  { count: 2, home: [...old, ...commercial], stage: 'handling', ago: [20, 60], fate: { ...stillHandling, watched: true } },
  { count: 2, home: old, office: 'housing', stage: 'replied', ago: [10, 40], fate: { until: 'reply', pace: 0.35 } },
  {
    count: 1,
    home: [oldFirst],
    office: 'housing',
    stage: 'rectifying',
    ago: [40, 90],
    fate: { until: 'openRectification', score: 2, pace: 0.4, reopens: false },
  },
  {
    count: 1,
    home: old,
    office: 'housing',
    stage: 'verifying',
    ago: [70, 160],
    fate: { until: 'submitRectification', score: 1, pace: 0.4, reopens: false },
  },
  { count: 2, home: commercial, office: 'propertyCompany', stage: 'dispatched', ago: [1, 5], fate: { until: 'dispatch', bounces: false } },
  { count: 2, home: commercial, office: 'propertyCompany', stage: 'handling', clock: 'onTime', ago: [4, 14], fate: stillHandling },
  { count: 1, home: commercial, office: 'propertyCompany', stage: 'handling', clock: 'overdue', ago: [30, 90], fate: stillHandling },
  {
    count: 1,
    home: commercial,
    office: 'propertyCompany',
    stage: 'handling',
    clock: 'paused',
    ago: [4, 12],
    fate: { pauses: true, until: 'pause', bounces: false },
  },
  {
    count: 1,
    home: commercial,
    office: 'propertyCompany',
    stage: 'rectifying',
    ago: [40, 90],
    fate: { until: 'openRectification', score: 1, pace: 0.4, reopens: false },
  },
  { count: 1, home: commercial, stage: 'replied', ago: [10, 40], fate: { until: 'reply', pace: 0.35 } },
  {
    count: 1,
    home: [...old, ...commercial],
    office: 'lawEnforcement',
    stage: 'handling',
    clock: 'overdue',
    ago: [40, 110],
    fate: stillHandling,
  },
  { count: 1, home: village, office: 'agriculture', stage: 'handling', clock: 'overdue', ago: [30, 100], fate: stillHandling },
  { count: 1, home: [oldFirst], office: 'oldEstateCommittee', stage: 'handling', clock: 'onTime', ago: [3, 12], fate: stillHandling },
]

const tries = 200

/** Files cases until each desk has what it should find. Answers what could not be found as well, so that a test can insist on none. */
export function stageCases(world: World, residents: readonly Resident[], seed: number): { cases: MadeCase[]; missing: Wanted[] } {
  const cases: MadeCase[] = []
  const missing: Wanted[] = []
  wanted.forEach((want, w) => {
    for (let c = 0; c < want.count; c++) {
      const made = tryCases(world, residents, want, seed + w * 10_000 + c * 1000)
      if (made) cases.push(made)
      else missing.push(want)
    }
  })
  return { cases, missing }
}

function tryCases(world: World, residents: readonly Resident[], want: Wanted, seed: number): MadeCase | undefined {
  const living = residents.filter(({ home }) => want.home.includes(home))
  for (let attempt = 0; attempt < tries; attempt++) {
    const random = new Random(seed + attempt)
    const resident = random.pick(living)
    const fitting = matters.filter(
      (matter) =>
        matter.settings.includes(settingOf(resident.home)) &&
        (!want.co || matter.mistaken === want.co) &&
        (!want.office || officeFor(matter.handler, resident.home) === want.office) &&
        (!want.fate.pauses || matter.pauses) &&
        (!want.fate.asksExtension || !matter.types.includes('urgent')),
    )
    if (fitting.length === 0) continue
    const at = new Date(world.work.before(world.now, random.between(...want.ago)).getTime() - random.integer(0, 50_000))
    const made = makeCase(world, { random, matter: random.pick(fitting), resident, at, fate: want.fate })
    if (isWanted(world, want, made)) return made
  }
  return undefined
}

function isWanted({ type, calendar, now }: World, want: Wanted, { state }: MadeCase): boolean {
  if (state.stage !== want.stage || (want.extension && state.extension !== want.extension)) return false
  if (!want.clock) return true
  const clock = state.clocks.findLast((one) => one.key === type.stages[state.stage]?.clock)
  if (!clock) return false
  const { dueAt, amberAt } = timesOf(clock, calendar)
  const isPaused = state.pause !== null && state.pause.until > now
  const reached = (at: Date | null): boolean => at !== null && at <= now
  const is = reached(dueAt) ? 'overdue' : isPaused ? 'paused' : reached(amberAt) ? 'dueSoon' : 'onTime'
  return is === want.clock
}
