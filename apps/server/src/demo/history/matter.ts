import type { OfficeName } from '../town-offices.ts'

/** Where a matter can happen: the old estate, the commercial one, the village, or a community without cells. */
export type Setting = 'old' | 'commercial' | 'village' | 'elsewhere'

/** Who handles it; some things are handled by whoever has them in that setting. */
export type Handler = OfficeName | 'police' | 'township' | 'estate' | 'committee'

/**
 * A kind of appeal to invent texts from. `{b}` is the building or place, `{t}` a time of day, `{night}` one of the night, `{d}` a span of days, `{n}` a small number,
 * `{who}` somebody, `{old}` somebody old. Lists are separated by `|`. Every sentence is made up; none is a row of any data set.
 */
export interface Matter {
  category: string
  types: readonly ('consult' | 'help' | 'complaint' | 'report' | 'suggest' | 'urgent')[]
  handler: Handler
  /** Whom a hasty dispatcher sends it to first. */
  mistaken: OfficeName
  settings: readonly Setting[]
  weight: number
  clause: string
  first: readonly string[]
  more: readonly string[]
  /** The answer to the first sentence at the same place of its list. */
  reply: readonly string[]
  /** Waiting for parts, tests or papers is part of it. */
  pauses?: '等待补充材料' | '检验检测' | '等待配件或施工条件' | '当事人要求' | '公示'
}

/** Alternatives, separated by `|`. */
interface Lines {
  first: string
  more: string
  reply: string
}

/** One matter as a row of the list; each beginning has the answer that belongs to it. */
export function matter(
  category: string,
  types: Matter['types'],
  [handler, mistaken, clause]: readonly [Handler, OfficeName, string],
  settings: readonly Setting[],
  weight: number,
  lines: Lines,
  pauses?: Matter['pauses'],
): Matter {
  const split = (text: string): string[] => text.split('|')
  if (split(lines.first).length !== split(lines.reply).length) throw new Error(`each beginning of ${lines.first} needs its own reply`)
  const made: Matter = {
    category,
    types,
    handler,
    mistaken,
    settings,
    weight,
    clause,
    first: split(lines.first),
    more: split(lines.more),
    reply: split(lines.reply),
  }
  return pauses ? { ...made, pauses } : made
}
