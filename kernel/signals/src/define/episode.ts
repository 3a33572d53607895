import type { Level } from './rule.ts'

/** How an alarm may end (standards 9). */
export const outcomes = {
  REAL: ['确有其事', 'Real'],
  FALSE_ENV: ['误报：环境所致', 'False: surroundings'],
  FALSE_DEVICE: ['误报：设备所致', 'False: device'],
  TEST: ['测试', 'Test'],
  DUPLICATE: ['重复', 'Duplicate'],
  UNREACHABLE: ['联系不上，已另行处置', 'Unreachable, handled otherwise'],
} as const satisfies Record<string, readonly [zh: string, en: string]>
export type Outcome = keyof typeof outcomes

export type EpisodeStage = 'raised' | 'acknowledged' | 'departed' | 'arrived' | 'settled'
/** In the order of the work; an alarm only goes forward. */
export const episodeStages: readonly EpisodeStage[] = ['raised', 'acknowledged', 'departed', 'arrived', 'settled']

/** What people do with an alarm; `note` adds words and moves nothing. */
export type EpisodeMove = 'acknowledge' | 'depart' | 'arrive' | 'note' | 'settle'

export const stageOfMove: Readonly<Record<EpisodeMove, EpisodeStage | undefined>> = {
  acknowledge: 'acknowledged',
  depart: 'departed',
  arrive: 'arrived',
  note: undefined,
  settle: 'settled',
}

/** One line of an alarm's log. `raise`, `join`, `level` and `sign` (something came after all) are the platform's, `visit` says what was found at the door, `heard` and `reply` are those of the person and the family, the others are those of people on duty. */
export interface EpisodeEntry {
  readonly seq: number
  readonly move: EpisodeMove | 'raise' | 'join' | 'level' | 'sign' | 'heard' | 'reply' | 'visit'
  readonly data: { readonly level?: Level; readonly outcome?: Outcome; readonly caseId?: string | null }
  /** ISO 8601 */
  readonly at: string
}

export interface EpisodeState {
  stage: EpisodeStage
  level: Level
  highestLevel: Level
  acknowledgedAt: string | null
  departedAt: string | null
  arrivedAt: string | null
  settledAt: string | null
  outcome: Outcome | null
  caseId: string | null
  seq: number
}

/** What an alarm is, from its entries alone. Whoever is first decides an instant; later ones add their line and change nothing. */
export function foldEpisode(entries: readonly EpisodeEntry[]): EpisodeState {
  const [first, ...rest] = entries
  if (first?.move !== 'raise' || !first.data.level) throw new Error('an alarm begins with being raised')
  const { level } = first.data
  const state: EpisodeState = {
    stage: 'raised',
    level,
    highestLevel: level,
    acknowledgedAt: null,
    departedAt: null,
    arrivedAt: null,
    settledAt: null,
    outcome: null,
    caseId: null,
    seq: first.seq,
  }
  for (const entry of rest) apply(state, entry)
  return state
}

function apply(state: EpisodeState, { seq, move, data, at }: EpisodeEntry): void {
  state.seq = seq
  if (move === 'level' && data.level) {
    state.level = data.level
    state.highestLevel = Math.min(state.highestLevel, data.level) as Level
  }
  const stage = isOfPeople(move) ? stageOfMove[move] : undefined
  if (!stage) return
  // Whoever stands at the door has also answered.
  if (stage !== 'settled') state.acknowledgedAt ??= at
  if (stage === 'departed') state.departedAt ??= at
  if (stage === 'arrived') state.arrivedAt ??= at
  if (stage === 'settled') {
    state.settledAt ??= at
    state.outcome ??= data.outcome ?? null
    state.caseId ??= data.caseId ?? null
  }
  if (episodeStages.indexOf(stage) > episodeStages.indexOf(state.stage)) state.stage = stage
}

const isOfPeople = (move: EpisodeEntry['move']): move is EpisodeMove => move in stageOfMove

/** What may be done with an alarm at a stage. */
export function movesAt(stage: EpisodeStage): EpisodeMove[] {
  if (stage === 'settled') return ['note']
  const all: EpisodeMove[] = ['acknowledge', 'depart', 'arrive', 'note', 'settle']
  return all.filter((move) => {
    const to = stageOfMove[move]
    return !to || episodeStages.indexOf(to) > episodeStages.indexOf(stage)
  })
}
