/** One entry of the log as the API sends it. */
export interface LoggedEntry {
  seq: number
  move: string
  moveName: string
  stageName: string
  isPublic: boolean
  data: Record<string, unknown>
  byName: string
  orgName: string | null
  at: string
  attachments?: readonly { fileId: string; mediaType: string }[]
}

export type Fact =
  | { kind: 'words'; key: string; text: string }
  | { kind: 'short'; key: string; text: string }
  | { kind: 'yesNo'; key: string; yes: boolean }
  | { kind: 'time'; key: string; at: string }

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/
/** Fields that hold somebody's own sentence: quoted, without a label. */
const sentences = new Set([
  'text',
  'reply',
  'note',
  'reason',
  'detail',
  'remark',
  'basis',
  'part',
  'result',
  'words',
  'found',
  'record',
  'arrivedAt',
  'outcome',
  'outcomeReported',
  'explanation',
  'finding',
])

/** What an entry says beyond its move, in reading order: sentences first. Ids are shown only by a name that is known, keys by theirs where they have one. */
export function factsOf(data: Record<string, unknown>, names?: ReadonlyMap<string, string>): Fact[] {
  const facts: Fact[] = []
  for (const [key, value] of Object.entries(data)) {
    if (typeof value === 'boolean') facts.push({ kind: 'yesNo', key, yes: value })
    else if (typeof value === 'number') facts.push({ kind: 'short', key, text: String(value) })
    else if (typeof value === 'string' && uuid.test(value)) {
      const name = names?.get(value)
      if (name !== undefined) facts.push({ kind: 'short', key, text: name })
    } else if (typeof value === 'string' && value !== '') {
      if (instant.test(value) && !Number.isNaN(Date.parse(value))) facts.push({ kind: 'time', key, at: value })
      else facts.push(sentences.has(key) ? { kind: 'words', key, text: value } : { kind: 'short', key, text: names?.get(value) ?? value })
    }
  }
  const rank = (fact: Fact): number => (fact.kind === 'words' ? 0 : 1)
  return facts.sort((a, b) => rank(a) - rank(b))
}

/**
 * Entries with a pause between them and the entry before: where the line that leads back from them is drawn broken.
 * A pause ends by being resumed, or by itself when its time is over.
 */
export function pausedStretch(entries: readonly Pick<LoggedEntry, 'seq' | 'move' | 'data' | 'at'>[]): Set<number> {
  const paused = new Set<number>()
  let until: number | undefined
  for (const entry of [...entries].sort((a, b) => a.seq - b.seq)) {
    if (until !== undefined) {
      paused.add(entry.seq)
      if (entry.move === 'resume' || Date.parse(entry.at) >= until) until = undefined
    }
    if (entry.move === 'pause') until = typeof entry.data.until === 'string' ? Date.parse(entry.data.until) : Number.POSITIVE_INFINITY
  }
  return paused
}
