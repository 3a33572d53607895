/** A moment as a wall clock shows it, without saying where. */
export interface WallTime {
  year: number
  /** 1 to 12. */
  month: number
  day: number
  hour: number
  minute: number
  second: number
  millisecond: number
}

const day = 86_400_000

/**
 * The instant at which clocks in a zone show this; undefined when there is no such date. Of an hour that comes twice it is the first; an
 * hour that is skipped is read as the one after it, the way clocks were put forward.
 */
export function instantIn(zone: string, wall: WallTime): number | undefined {
  const local = utcOf(wall)
  if (local === undefined) return undefined
  const [before, after] = [offsetAt(zone, local - day), offsetAt(zone, local + day)]
  const found = [local - before, local - after].filter((instant) => instant + offsetAt(zone, instant) === local)
  return found.length > 0 ? Math.min(...found) : local - before
}

function utcOf({ year, month, day: date, hour, minute, second, millisecond }: WallTime): number | undefined {
  if (year < 1000 || year > 9999 || hour > 24 || minute > 59 || second > 59) return undefined
  // 24:00 is the end of its day.
  if (hour === 24 && (minute > 0 || second > 0 || millisecond > 0)) return undefined
  const midnight = new Date(Date.UTC(year, month - 1, date))
  if (midnight.getUTCMonth() !== month - 1 || midnight.getUTCDate() !== date) return undefined
  return midnight.getTime() + ((hour * 60 + minute) * 60 + second) * 1000 + millisecond
}

const quarter = 900_000
const known = new Map<string, number>()
const formats = new Map<string, Intl.DateTimeFormat>()

/** No zone changes its offset but at a quarter of an hour, so one answer serves all of it. */
function offsetAt(zone: string, instant: number): number {
  const key = `${zone} ${Math.floor(instant / quarter)}`
  const before = known.get(key)
  if (before !== undefined) return before
  if (known.size > 200_000) known.clear()
  const offset = readOffset(zone, Math.floor(instant / quarter) * quarter)
  known.set(key, offset)
  return offset
}

function readOffset(zone: string, instant: number): number {
  let format = formats.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    formats.set(zone, format)
  }
  const parts = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]))
  return Date.UTC(parts.year!, parts.month! - 1, parts.day, parts.hour, parts.minute, parts.second) - instant
}
