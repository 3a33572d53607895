import { parseInstant } from '@linli/base/define'
import { instantIn, type WallTime } from './zone-time.ts'

/** Reads a text as an instant; undefined when it is none, or names a date that does not exist. */
export type TimeReader = (text: string) => number | undefined

/** A reader of times in this form. What carries an offset of its own is read by it, whatever the zone. */
export function timeReader(format: string | undefined, zone: string): TimeReader {
  const [pattern, keys] = format === undefined ? usual : compile(format)
  return (text) => {
    if (/[Zz]$|[+-]\d\d:?\d\d$/.test(text)) {
      const instant = parseInstant(text)
      if (instant !== undefined) return instant
    }
    // A date cell of a workbook is a date whatever its column was said to look like.
    return readWall(pattern, keys, text, zone) ?? (format === undefined ? undefined : readWall(...usual, text, zone))
  }
}

type Part = keyof WallTime | 'half'

/** 2026-03-02 09:30:00, 2026/3/2, 2026年3月2日 9时30分, 2026.3.2T09:30. */
const usual: readonly [RegExp, readonly Part[]] = [
  /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T\s]*(\d{1,2})[:时](\d{1,2})(?:[:分](\d{1,2})(?:[.,](\d{1,9}))?秒?|分)?)?$/,
  ['year', 'month', 'day', 'hour', 'minute', 'second', 'millisecond'],
]

const tokens: Readonly<Record<string, readonly [string, Part]>> = {
  yyyy: ['(\\d{4})', 'year'],
  MM: ['(\\d{1,2})', 'month'],
  M: ['(\\d{1,2})', 'month'],
  dd: ['(\\d{1,2})', 'day'],
  d: ['(\\d{1,2})', 'day'],
  HH: ['(\\d{1,2})', 'hour'],
  H: ['(\\d{1,2})', 'hour'],
  hh: ['(\\d{1,2})', 'hour'],
  h: ['(\\d{1,2})', 'hour'],
  mm: ['(\\d{1,2})', 'minute'],
  m: ['(\\d{1,2})', 'minute'],
  ss: ['(\\d{1,2})', 'second'],
  s: ['(\\d{1,2})', 'second'],
  SSS: ['(\\d{1,9})', 'millisecond'],
  a: ['([AaPp][Mm]|上午|下午)', 'half'],
}

function compile(format: string): readonly [RegExp, readonly Part[]] {
  const keys: Part[] = []
  const pattern = format.replace(/'([^']*)'|yyyy|MM|M|dd|d|HH|H|hh|h|mm|m|ss|s|SSS|a|[\\^$.*+?()[\]{}|/-]/g, (match, quoted?: string) => {
    const token = tokens[match]
    if (!token) return (quoted ?? match).replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
    keys.push(token[1])
    return token[0]
  })
  return [new RegExp(`^${pattern}$`), keys]
}

function readWall(pattern: RegExp, keys: readonly Part[], text: string, zone: string): number | undefined {
  const match = pattern.exec(text)
  if (!match) return undefined
  const wall: WallTime = { year: 0, month: 1, day: 1, hour: 0, minute: 0, second: 0, millisecond: 0 }
  let half: string | undefined
  for (const [i, key] of keys.entries()) {
    const found = match[i + 1]
    if (found === undefined) continue
    if (key === 'half') half = found.toLowerCase()
    else wall[key] = key === 'millisecond' ? Number(found.padEnd(3, '0').slice(0, 3)) : Number(found)
  }
  if (half !== undefined) {
    if (wall.hour < 1 || wall.hour > 12) return undefined
    wall.hour = (wall.hour % 12) + (half === 'pm' || half === '下午' ? 12 : 0)
  }
  return instantIn(zone, wall)
}
