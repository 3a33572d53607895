import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const file = fileURLToPath(new URL('../../../../shared/data/living-alone/home-a-events.csv', import.meta.url))

/** One real home of one person over fourteen days, where it lies beside the project; never copied anywhere. */
export function loadHome(): { start: string; end: string; sensor: string; place: string }[] | undefined {
  if (!existsSync(file)) return undefined
  const [, ...lines] = readFileSync(file, 'utf8').trim().split('\n')
  return lines.map((line) => {
    const [start = '', end = '', sensor = '', , place = ''] = line.trim().split(',')
    return { start, end, sensor, place }
  })
}
