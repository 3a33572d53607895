import { type HourlyUse, isDark } from './hourly-use.ts'
import { waitMs } from './ladder.ts'

/** When the dark of a home is the dark of its building, and says nothing of who is at home. */
export interface Blackout {
  /** More than this share of the other meters of the building that count went dark too. */
  readonly share: number
  /** ISO 8601 duration: a meter counts that measured use so lately before. After as long in the dark nobody speaks for the power company any more, and somebody looks. */
  readonly within: string
}

/** Another meter of the building. */
export interface Neighbor {
  readonly use: HourlyUse
  /** Since when it is suspended for maintenance, as it stands; undefined: it is not. */
  readonly mendedFrom?: number | undefined
}

const hourMs = 3_600_000

/**
 * Whether the building was without power in this hour, by its other meters: most of those that used something lately read nothing, went silent
 * with the power, or are being mended. An empty flat was dark before and says nothing; one line that went silent alone is no blackout.
 */
export function isBlackout({ share, within }: Blackout, neighbors: readonly Neighbor[], hour: number): boolean {
  const reach = waitMs(within)
  const counting = neighbors.flatMap(({ use, mendedFrom }): Dark[] => {
    if (mendedFrom !== undefined && hour + hourMs > mendedFrom && hour < mendedFrom + reach) return ['surely']
    if (!usedBefore(use, hour, reach)) return []
    return [use.has(hour) ? isDark(use, hour) && 'surely' : 'silent']
  })
  const dark = counting.filter((one) => one !== false)
  return (dark.length > 1 || dark.includes('surely')) && dark.length > counting.length * share
}

type Dark = 'surely' | 'silent' | false

function usedBefore(use: HourlyUse, hour: number, reach: number): boolean {
  for (let at = hour - hourMs; at >= hour - reach; at -= hourMs) if (use.has(at) && !isDark(use, at)) return true
  return false
}
