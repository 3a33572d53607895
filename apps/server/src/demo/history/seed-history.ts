import type { WorkingCalendar } from '@linli/base/define'
import { type Ctx, loadPersonKey, type Vault } from '@linli/base/server'
import type { CaseType } from '@linli/cases/define'
import { type CaseHistory, type DutyBook, importHistories, linkReporter } from '@linli/cases/server'
import { findByPhone } from '@linli/registry/server'
import type { Town } from '../seed-town.ts'
import { communityPlans, placeCodes } from '../town-places.ts'
import { filingTimes } from './filing-times.ts'
import { settingOf } from './hands.ts'
import { type MadeCase, makeCase, type World } from './make-case.ts'
import { matters } from './matter-list.ts'
import { Random } from './random.ts'
import { inventResidents } from './residents.ts'
import { stageCases } from './staged.ts'
import { workTime } from './work-time.ts'

export interface HistoryOptions {
  vault: Vault
  calendar(): WorkingCalendar
  type: CaseType
  cases: number
  dutyFor?: DutyBook
}

const seed = 20_260_101
const days = 548
const batch = 250
/** The elder of the stories and the son who acts for her, whose matters their files lead to. */
const storyPhones = ['19999991000', '19999991001']

/** Eighteen months of appeals up to this minute: the same people and matters every time, dated back from now. As system; answers how many. */
export async function seedHistory(system: Ctx, town: Town, options: HistoryOptions): Promise<number> {
  let count = 0
  let waiting: CaseHistory[] = []
  const flush = async (): Promise<void> => {
    await importHistories(system, options, options.type, waiting)
    count += waiting.length
    waiting = []
  }
  const ofStory: string[] = []
  for (const { history } of inventHistory(system.now, town, options)) {
    if (storyPhones.includes(history.contact?.phone ?? '')) ofStory.push(history.caseId)
    waiting.push(history)
    if (waiting.length === batch) await flush()
  }
  await flush()
  const { vault } = options
  const keys = { vault, loadPersonKey: (ctx: Ctx, keyId: string) => loadPersonKey(ctx, vault, keyId) }
  for (const caseId of ofStory) await linkReporter(system, keys, (found, phone) => findByPhone(found, vault, phone), caseId)
  return count
}

/** The cases in the order in which they were filed, invented as they are asked for. */
export function* inventHistory(now: Date, town: Town, options: Pick<HistoryOptions, 'calendar' | 'type' | 'cases'>): Generator<MadeCase> {
  const calendar = options.calendar()
  const work = workTime(calendar)
  const world: World = { type: options.type, town, calendar, work, now }
  const random = new Random(seed)
  const residents = inventResidents(random, homesOf(town))
  const staged = stageCases(world, residents, seed).cases.sort((a, b) => a.state.openedAt.getTime() - b.state.openedAt.getTime())
  const times = filingTimes(random, work, { until: now, days, count: Math.max(0, options.cases - staged.length) })
  for (const [i, at] of times.entries()) {
    while (staged[0] && staged[0].state.openedAt < at) yield staged.shift()!
    const own = new Random(seed + 1_000_000 + i * 7919)
    const resident = own.pick(residents)
    const setting = settingOf(resident.home)
    const fitting = matters.filter(({ settings }) => settings.includes(setting))
    yield makeCase(world, { random: own, matter: own.weigh(fitting, ({ weight }) => weight), resident, at, fate: {} })
  }
  yield* staged
}

/** How many people of each place turn to the platform. */
export function homesOf(town: Town): { code: string; buildings: string[]; count: number }[] {
  const homes = Object.values(communityPlans).flatMap((plan) =>
    plan.cells.map(({ suffix }, i) => ({
      code: `${plan.code}${suffix}`,
      buildings: town.buildings.get(`${plan.code}${suffix}`)!.map(({ name }) => name),
      count:
        { [communityPlans.oldEstate.code]: [70, 62, 48, 52], [communityPlans.commercialEstate.code]: [58, 60, 50, 34] }[plan.code]?.[i] ??
        32,
    })),
  )
  return [...homes, { code: placeCodes.songhua, buildings: [], count: 46 }, { code: placeCodes.chengnan, buildings: [], count: 30 }]
}
