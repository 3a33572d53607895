import { dayLength, dayOf, startOfDay } from '@linli/base/define'
import type { Random } from './random.ts'
import type { WorkTime } from './work-time.ts'

const hour = 3_600_000

/** How many people write in each hour of the day: after breakfast, after lunch, in the evening. */
const hours = [0.3, 0.2, 0.1, 0.1, 0.1, 0.3, 1, 3, 6, 9, 9, 7, 4, 4, 6, 8, 8, 7, 6, 6, 7, 5, 3, 1]

/** Instants of filing over the past months, in order: more on working days, more as the platform gets known, none later than `until`. */
export function filingTimes(random: Random, work: WorkTime, { until, days, count }: { until: Date; days: number; count: number }): Date[] {
  const today = dayOf(until.getTime())
  const weights: number[] = []
  for (let back = days; back >= 0; back--) {
    const day = startOfDay(today - back)
    const known = 0.7 + 0.5 * (1 - back / days)
    const share = back === 0 ? shareOfToday(until.getTime() - day) : 1
    weights.push((work.isWorkingDay(new Date(day + 12 * hour)) ? 1 : 0.55) * known * share)
  }
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const times: Date[] = []
  let index = 0
  let passed = weights[0] ?? 0
  for (let i = 0; i < count; i++) {
    const mark = ((i + random.next()) / count) * total
    while (passed < mark && index < days) passed += weights[++index] ?? 0
    times.push(new Date(timeOn(random, startOfDay(today - days + index), until)))
  }
  return times.sort((a, b) => a.getTime() - b.getTime())
}

function timeOn(random: Random, day: number, until: Date): number {
  const open = hours.map((weight, i) => (day + i * hour < until.getTime() - 10 * 60_000 ? weight : 0))
  const slot = random.weigh([...open.keys()], (i) => open[i]!)
  const start = day + slot * hour
  const end = Math.min(start + hour, until.getTime() - 60_000)
  return Math.floor(random.between(start, Math.max(start + 1000, end)))
}

function shareOfToday(elapsed: number): number {
  const all = hours.reduce((sum, weight) => sum + weight, 0)
  return hours.reduce((sum, weight, i) => sum + weight * Math.max(0, Math.min(1, (elapsed - i * hour) / hour)), 0) / all || 1 / dayLength
}
