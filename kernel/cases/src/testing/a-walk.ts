import type { Field, FormDefinition } from '@linli/forms/define'
import type { CaseType, Move } from '../define/case-type.ts'
import { applyEntry, type CaseState, type Entry, isOpenTo, openState } from '../define/fold.ts'

/** One choice of a walk: which of the moves that are open, how long after the step before, and what to answer. */
export interface Stride {
  pick: number
  minutes: number
}

/** Whoever there is to name in a form. */
export interface Cast {
  orgIds: readonly string[]
  accountIds: readonly string[]
}

const uuid = (kind: number, n: number): string => `018f0000-0000-7000-8000-00${kind}00000000${n}`
export const someCast: Cast = { orgIds: [1, 2, 3].map((n) => uuid(1, n)), accountIds: [1, 2, 3].map((n) => uuid(2, n)) }

/** Answers that fit the form, which ones is decided by `pick`. */
export function anAnswer(form: FormDefinition | undefined, pick: number, now: Date, cast: Cast = someCast): Record<string, unknown> {
  const asked = (form?.fields ?? []).filter((field) => field.type !== 'files' && (field.required || pick % 3 === 0))
  const units = asked.filter(({ type }) => type === 'organization')
  // Several units of one form are not all the same one.
  return Object.fromEntries(asked.map((field) => [field.key, answerTo(field, pick + Math.max(0, units.indexOf(field)), now, cast)]))
}

function answerTo(field: Field, pick: number, now: Date, { orgIds, accountIds }: Cast): unknown {
  switch (field.type) {
    case 'text':
      return field.key === 'category' ? 'lights' : '路灯'.padEnd(field.min ?? 1, '灯')
    case 'choice':
      return field.options[pick % field.options.length]!.value
    case 'yesNo':
      return pick % 2 === 0
    case 'number':
      return (field.min ?? 0) + (pick % ((field.max ?? 10) - (field.min ?? 0) + 1))
    case 'instant':
      return new Date(now.getTime() + (field.when === 'future' ? (1 + (pick % 20)) * 86_400_000 : 0)).toISOString()
    case 'organization':
      return orgIds[pick % orgIds.length]
    case 'colleague':
      return accountIds[pick % accountIds.length]
    case 'files':
      return []
  }
}

/** The moves that the state is open to, whoever may make them. */
export const openMoves = (type: CaseType, state: CaseState, now: Date): Move[] =>
  type.moves.filter((move) => isOpenTo(type, state, move, now))

/** A log as it might be lived: at each step some move that is open then, by someone, with a form that fits. */
export function aWalk(
  type: CaseType,
  strides: readonly Stride[],
  start = new Date('2026-03-02T01:00:00Z'),
  cast: Cast = someCast,
  /** Who opens it, and what else stands in the opening: of whom something is asked. */
  opened: { by?: string; data?: Record<string, unknown> } = {},
): Entry[] {
  const opening: Entry = {
    seq: 1,
    move: 'open',
    data: { detail: '路灯不亮', appealType: null, category: null, ...opened.data },
    at: start,
    accountId: null,
    orgId: opened.by ?? null,
  }
  const entries = [opening]
  let state = openState(type, opening)
  for (const { pick, minutes } of strides) {
    const at = new Date(state.movedAt.getTime() + minutes * 60_000)
    // Steps that lead on are six times as likely, or most walks would never leave the first stages.
    const open = openMoves(type, state, at).flatMap((move) => (move.to ? [move, move, move, move, move, move] : [move]))
    const move = open[pick % Math.max(1, open.length)]
    if (!move) break
    const choice = Math.floor(pick / 37)
    const isStaff = move.by !== 'resident' && move.by !== 'system'
    const entry: Entry = {
      seq: state.seq + 1,
      move: move.key,
      // What the platform would write of a ruling; other steps do not look at it.
      data: { ...anAnswer(move.form, choice, at, cast), superior: { areaId: cast.orgIds[0], name: '清河县', level: 'county' } },
      at,
      accountId: isStaff ? cast.accountIds[choice % cast.accountIds.length]! : null,
      orgId: isStaff ? makerOf(move, state, cast.orgIds[choice % cast.orgIds.length]!) : null,
    }
    entries.push(entry)
    state = applyEntry(type, state, entry)
  }
  return entries
}

/** The organization that may make a move; `other` where it may be any. */
function makerOf({ by }: Move, state: CaseState, other: string): string | null {
  if (by === 'main') return state.mainOrgId
  if (by === 'requester') return state.requesterOrgId ?? other
  const parts = state.tasks.filter(({ status }) => status === 'open')
  return by === 'co' && parts.length > 0 ? parts[0]!.orgId : other
}
