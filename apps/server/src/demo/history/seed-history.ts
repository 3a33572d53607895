import type { WorkingCalendar } from '@linli/base/define'
import type { Ctx, Vault } from '@linli/base/server'
import type { CaseType } from '@linli/cases/define'
import { importHistories } from '@linli/cases/server'
import type { Town } from '../seed-town.ts'
import { communityPlans, placeCodes } from '../town-places.ts'
import { filingTimes } from './filing-times.ts'
import { settingOf } from './hands.ts'
import { type MadeCase, makeCase, type World } from './make-case.ts'
import { matters } from './matters.ts'
import { Random } from './random.ts'
import { inventResidents } from './residents.ts'
import { stageCases } from './staged.ts'
import { workTime } from './work-time.ts'

export interface HistoryOptions {
  vault: Vault
  calendar(): WorkingCalendar
  type: CaseType
  cases: number
}

const seed = 20_260_101
const days = 548
const batch = 250

/** Eighteen months of appeals up to this minute: the same people and matters every time, dated back from now. As system; answers how many. */
export async function seedHistory(system: Ctx, town: Town, options: HistoryOptions): Promise<number> {
  const cases = inventHistory(system.now, town, options)
  for (let i = 0; i < cases.length; i += batch) {
    await importHistories(
      system,
      options,
      options.type,
      cases.slice(i, i + batch).map(({ history }) => history),
    )
  }
  return cases.length
}

export function inventHistory(now: Date, town: Town, options: Pick<HistoryOptions, 'calendar' | 'type' | 'cases'>): MadeCase[] {
  const calendar = options.calendar()
  const work = workTime(calendar)
  const world: World = { type: options.type, town, calendar, work, now }
  const random = new Random(seed)
  const residents = inventResidents(random, homesOf(town))
  const { cases: staged } = stageCases(world, residents, seed)
  const times = filingTimes(random, work, { until: now, days, count: Math.max(0, options.cases - staged.length) })
  const usual = times.map((at, i) => {
    const own = new Random(seed + 1_000_000 + i * 7919)
    const resident = own.pick(residents)
    const setting = settingOf(resident.home)
    const matter = own.weigh(
      matters.filter(({ settings }) => settings.includes(setting)),
      ({ weight }) => weight,
    )
    return makeCase(world, { random: own, matter, resident, at, fate: {} })
  })
  return [...usual, ...staged].sort((a, b) => a.state.openedAt.getTime() - b.state.openedAt.getTime())
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
