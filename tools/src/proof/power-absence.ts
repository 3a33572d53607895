import { existsSync, readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseInstant } from '@linli/base/define'
import { nearBase } from '@linli/scene-elderly-care/pack'
import { replayBaseLoad } from '@linli/signals/define'
import { seededRandom } from '../harness/file-appeals.ts'

const file = fileURLToPath(new URL('../../../../shared/data/electricity/household-hourly.csv', import.meta.url))

export interface HourUsed {
  at: string
  kwh: number
}

/** One real household, hour by hour over eighteen months, where it lies beside the project; never copied anywhere. */
export function loadHousehold(): HourUsed[] | undefined {
  if (!existsSync(file)) return undefined
  const [, ...lines] = readFileSync(file, 'utf8').trim().split('\n')
  return lines.map((line) => {
    const [at = '', kwh] = line.split(',')
    return { at, kwh: Number(kwh) }
  })
}

/** What a home uses while nobody is there. */
const models = {
  median: 'the median of its nights (0 to 5 o’clock) of the four weeks before, each hour',
  wavering: 'that median, each hour 0.8 to 1.2 times',
  quiet: 'hours drawn from the quieter half of those nights',
  drawn: 'hours drawn from all of 2 to 5 o’clock of those nights, with what ran at night',
} as const
type Model = keyof typeof models
/** In the last one a heater or a dishwasher runs now and then as if somebody were at home; it is shown, and not asked for. */
const asked: readonly Model[] = ['median', 'wavering', 'quiet']

export interface PowerReport {
  months: number
  ordinary: number
  runs: number
  found: Record<Model, number>
  /** Hours from leaving to the notice, over the models that are asked for. */
  lags: number[]
  faults: string[]
}

const hourMs = 3_600_000
const weeks = 28 * 24
const awayHours = 72

/** Ordinary life as it was, and as many absences of three days at seeded times for each model, judged by the engine's own replay. */
export function provePower(hours: readonly HourUsed[], runs: number): PowerReport {
  const random = seededRandom(14)
  const at = hours.map((hour) => parseInstant(hour.at)!)
  const use = new Map(hours.map(({ kwh }, index) => [at[index]!, kwh]))
  const ordinary = replayBaseLoad(nearBase, use, Number.POSITIVE_INFINITY).length
  const months = hours.length / 730.5
  const found: Record<Model, number> = { median: 0, wavering: 0, quiet: 0, drawn: 0 }
  const lags: number[] = []
  for (let run = 0; run < runs; run++) {
    const start = weeks + Math.floor(random() * (hours.length - weeks - awayHours))
    for (const model of Object.keys(models) as Model[]) {
      const away = new Map(use)
      const draw = drawFrom(hours.slice(start - weeks, start), model, random)
      for (let hour = start; hour < start + awayHours; hour++) away.set(at[hour]!, draw())
      const recent = new Map([...away].slice(Math.max(0, start - weeks - 48), start + awayHours))
      const notice = replayBaseLoad(nearBase, recent, at[start]! + 36 * hourMs).find((one) => one.at > at[start]!)
      if (!notice) continue
      found[model]++
      if (asked.includes(model)) lags.push((notice.at - at[start]!) / hourMs)
    }
  }
  const faults = asked.flatMap((model) =>
    found[model] < runs ? [`${runs - found[model]} absences (${model}) not found within 36 hours`] : [],
  )
  if (ordinary / months > 0.1) faults.push(`${ordinary} notices in ${months.toFixed(1)} months of ordinary life`)
  return { months, ordinary, runs, found, lags: lags.sort((a, b) => a - b), faults }
}

function drawFrom(before: readonly HourUsed[], model: Model, random: () => number): () => number {
  const between = (from: number, to: number): number[] =>
    before
      .filter(({ at }) => Number(at.slice(11, 13)) >= from && Number(at.slice(11, 13)) < to)
      .map(({ kwh }) => kwh)
      .sort((a, b) => a - b)
  const nights = between(0, 5)
  const median = nights[Math.floor(nights.length / 2)]!
  const pick = (list: readonly number[]): number => list[Math.floor(random() * list.length)]!
  if (model === 'median') return () => median
  if (model === 'wavering') return () => median * (0.8 + random() * 0.4)
  if (model === 'quiet') return () => pick(nights.slice(0, nights.length / 2))
  const late = between(2, 5)
  return () => pick(late)
}

/** The report as a page for docs/proof; numbers only, no row of the record. */
export function powerPage({ months, ordinary, runs, found, lags, faults }: PowerReport): string {
  const at = (share: number): string => (lags[Math.min(lags.length - 1, Math.floor(lags.length * share))] ?? Number.NaN).toFixed(0)
  return `# Proof: a home that uses by day what it uses at night

Made by \`npm run proof -- power\` on ${new Date().toISOString().slice(0, 10)} (${cpus().length} cores, Node ${process.version}). The record is one real household of
${months.toFixed(1)} months (UCI household power, hourly, kept outside the project). \`elderly-care.no-power\` learns the median of the nights (1 to 5 o’clock) of four
weeks and speaks up when eighteen hours of the day (6 to 22 o’clock) in a row stay within twice of it. Judged by \`replayBaseLoad\`, which is what
\`npm run eval -- power\` runs and, hour by hour, what the platform asks. Absences of three days begin at ${runs} seeded hours.

| | |
|---|---|
| notices in ${months.toFixed(1)} months as they were | ${ordinary} (${(ordinary / months).toFixed(2)} a month) |
${(Object.keys(models) as Model[]).map((model) => `| found within 36 hours: ${models[model]} | ${found[model]} of ${runs} |`).join('\n')}
| hours to the notice, the first three: least, median, most | ${at(0)}, ${at(0.5)}, ${at(1)} |

The last kind of absence is shown and not asked for: in this household something heavy runs on many nights, and a home in which it also runs by day looks lived in.
The rule would rather miss that than call at the door in every vacation with a boiler. One household says nothing of others: the factor and the
hours are to be looked at again with the first meters of a county.

Faults: ${faults.join('; ') || 'none'}.
`
}
