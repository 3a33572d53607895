import { type CaseType, type Effect, type FactIs, type Milestone, type Move, residentMoves, type Stage } from './case-type.ts'
import { handoverMove } from './fold.ts'

/** Written into every log by the platform itself, under no definition. */
const platformMoves = ['open', handoverMove]

/** What is wrong with a case type, as sentences; empty when it may run. */
export function checkCaseType(type: CaseType): string[] {
  return [
    ...checkStages(type),
    ...type.moves.flatMap((move) => checkMove(type, move)),
    ...checkRating(type),
    ...checkOrigin(type),
    ...checkAsking(type),
    ...checkNotices(type),
    ...checkMerging(type),
    ...checkForms(type),
    ...checkReachable(type),
  ].map((problem) => `${type.key}: ${problem}`)
}

function checkStages(type: CaseType): string[] {
  const problems: string[] = []
  if (!type.because) problems.push('has no basis (because)')
  if (!type.stages[type.opens]) problems.push(`opens in the undeclared stage ${type.opens}`)
  for (const [key, stage] of Object.entries(type.stages)) {
    if (stage.clock && !type.clocks[stage.clock]) problems.push(`stage ${key} runs the undeclared clock ${stage.clock}`)
    if (!stage.publicName) problems.push(`stage ${key} says nothing to the resident`)
    if (stage.final ? stage.holder !== 'none' : stage.holder === 'none')
      problems.push(`stage ${key} is ${stage.final ? 'final and still held' : 'held by nobody'}`)
    if (stage.final && (stage.queue || stage.clock)) problems.push(`stage ${key} is final and still waits`)
  }
  for (const key of type.opensClocks) if (!type.clocks[key]) problems.push(`opens the undeclared clock ${key}`)
  for (const [key, rule] of Object.entries(type.clocks)) if (!rule.because) problems.push(`clock ${key} has no basis (because)`)
  const keys = type.moves.map((move) => move.key)
  for (const key of new Set(keys.filter((key, i) => keys.indexOf(key) !== i))) problems.push(`two moves are called ${key}`)
  for (const key of platformMoves) if (keys.includes(key)) problems.push(`move ${key} is the platform's own`)
  return problems
}

/** Voluntary, five grades; a bad one is put right by the handling unit and verified by someone else (standards 4.2). */
function checkRating({ rating, moves }: CaseType): string[] {
  if (!rating) return []
  const problems: string[] = []
  const find = (key: string) => {
    const move = moves.find((other) => other.key === key)
    if (!move) problems.push(`the rating names the unknown move ${key}`)
    return move
  }
  const [rate, rectify, verify] = [find(rating.move), find(rating.rectifyBy), find(rating.verifiedBy)]
  if (rate && (rate.by !== 'resident' || !rate.effects?.some((effect) => effect.does === 'rate')))
    problems.push(`move ${rating.move} does not rate, or not for the resident`)
  if (rectify && rectify.by !== 'system') problems.push(`move ${rating.rectifyBy} must follow by itself`)
  if (verify && !verify.notBy?.organization) problems.push(`move ${rating.verifiedBy} must be kept from the organization that handled`)
  if (!(rating.badAtMost >= 1 && rating.badAtMost < 5)) problems.push('the rating calls no grade bad, or all of them')
  if (!rating.because) problems.push('the rating has no basis (because)')
  return problems
}

/** What came over stands where a matter opens, and the platform ends it from there. */
function checkOrigin({ endsElsewhere, moves, opens, stages }: CaseType): string[] {
  if (!endsElsewhere) return []
  const move = moves.find(({ key }) => key === endsElsewhere)
  if (!move) return [`what comes over ends by the unknown move ${endsElsewhere}`]
  const isEnd = move.by === 'system' && move.from.includes(opens) && move.to !== undefined && stages[move.to]?.final === 'closed'
  return isEnd ? [] : [`move ${endsElsewhere} does not end by itself what was just opened`]
}

/** One asks, another answers: who asked holds stages and makes moves only where somebody asks, and whoever is asked is put down by kind. */
function checkAsking({ asks, stages, moves, form }: CaseType): string[] {
  const held = Object.entries(stages as Readonly<Record<string, Stage>>).filter(([, { holder }]) => holder === 'requester')
  const made = moves.filter((move) => move.by === 'requester')
  const declined = moves.filter((move) => move.effects?.some(({ does }) => does === 'decline'))
  const problems = moves.flatMap((move) =>
    (move.only ?? []).flatMap((one) =>
      one.when === 'notMade' && !moves.some(({ key }) => key === one.move)
        ? [`move ${move.key} waits for the unknown move ${one.move}`]
        : [],
    ),
  )
  if (!asks) {
    const names = [...held.map(([key]) => `stage ${key}`), ...[...made, ...declined].map(({ key }) => `move ${key}`)]
    return [...problems, ...names.map((name) => `${name} is about a request, and nobody asks`)]
  }
  if (!asks.because) problems.push('asks without a basis (because)')
  if (!form.fields.some(({ key, required }) => key === 'category' && required))
    problems.push('asks without a category to look up in the duty lists')
  if (declined.length === 0) problems.push('asks without a way to refuse')
  return problems
}

function checkNotices(type: CaseType): string[] {
  const levels = type.notices.map((notice) => notice.level)
  const problems = levels.filter((level, i) => levels.indexOf(level) !== i).map((level) => `two notices have level ${level}`)
  for (const notice of type.notices) if (notice.tells.length === 0) problems.push(`notice ${notice.level} tells nobody`)
  return problems
}

/** Who reported a matter that others had reported is told of it to its end. */
function checkMerging(type: CaseType): string[] {
  if (!type.moves.some(({ effects }) => effects?.some(({ does }) => does === 'merge'))) return []
  const problems: string[] = []
  for (const [what, key] of [
    ['told', type.mergedTells],
    ['ended', type.mergedEnds],
  ] as const) {
    const move = type.moves.find((one) => one.key === key)
    if (move?.by !== 'system') problems.push(`what is merged is not ${what} by itself`)
  }
  return problems
}

function checkMove(type: CaseType, move: Move): string[] {
  const problems: string[] = []
  const fields = new Set(move.form?.fields.map((field) => field.key))
  const stages = [...move.from, ...(move.to ? [move.to] : []), ...(move.toWhen ?? []).map((branch) => branch.to)]
  for (const stage of stages) if (!type.stages[stage]) problems.push(`move ${move.key} names the undeclared stage ${stage}`)
  if (move.from.length === 0) problems.push(`move ${move.key} starts nowhere`)
  if (!move.permission && move.by !== 'resident' && move.by !== 'system') problems.push(`move ${move.key} asks no permission`)
  const offered: string[] = [...residentMoves, type.rating?.move ?? '']
  if (move.by === 'resident' && !offered.includes(move.key)) problems.push(`move ${move.key} is the resident's, but no page offers it`)
  for (const branch of move.toWhen ?? []) {
    if ('field' in branch && !fields.has(branch.field)) problems.push(`move ${move.key} branches on the missing field ${branch.field}`)
    if ('fact' in branch) problems.push(...checkFact(type, move, branch))
    if ('from' in branch && !move.from.includes(branch.from))
      problems.push(`move ${move.key} branches on ${branch.from}, where it does not start`)
  }
  for (const { field, when, basis } of move.requires ?? []) {
    if (!fields.has(field)) problems.push(`move ${move.key} demands the missing field ${field}`)
    if (!basis) problems.push(`move ${move.key} demands ${field} without a basis`)
    problems.push(...checkFact(type, move, when))
  }
  if (marks(move, 'checked') && !move.form?.fields.some((field) => field.key === 'passed' && field.type === 'yesNo'))
    problems.push(`move ${move.key} checks without saying whether it passed`)
  problems.push(...checkRuling(type, move))
  if (move.isPassedOn && !move.publicText) problems.push(`move ${move.key} passes on words that it has not`)
  if (move.reply && !fields.has(move.reply)) problems.push(`move ${move.key} replies with the missing field ${move.reply}`)
  for (const key of move.notBy?.moves ?? []) {
    if (!platformMoves.includes(key) && !type.moves.some((other) => other.key === key))
      problems.push(`move ${move.key} is kept from the maker of the unknown move ${key}`)
  }
  for (const effect of [...(move.effects ?? []), ...(move.toWhen ?? []).flatMap((branch) => branch.effects ?? [])]) {
    problems.push(...checkEffect(type, move, effect, fields))
  }
  return problems
}

/** A fact that the opening or a step sets by a choice has one of its values: a misspelt one would never hold. */
function checkFact(type: CaseType, move: Move, { fact, in: values }: FactIs): string[] {
  const setters = [type.form, ...type.moves.flatMap(({ form }) => form ?? [])].flatMap(({ fields }) =>
    fields.filter(({ key }) => key === fact),
  )
  const known = new Set(setters.flatMap((field) => (field.type === 'choice' ? field.options.map(({ value }) => value) : [])))
  const isFree = setters.some((field) => field.type !== 'choice')
  return isFree ? [] : values.filter((value) => !known.has(value)).map((value) => `move ${move.key} asks for the unknown ${fact} ${value}`)
}

const marks = (move: Move, milestone: Milestone): boolean =>
  move.effects?.some((effect) => effect.does === 'mark' && effect.milestone === milestone) ?? false

/** What is to be ruled waits in a stage of the superior, and there alone a superior moves. */
function checkRuling(type: CaseType, move: Move): string[] {
  const problems: string[] = []
  const isSuperiors = (stage: string | undefined): boolean => stage !== undefined && type.stages[stage]?.holder === 'superior'
  for (const { to, effects } of [move, ...(move.toWhen ?? [])]) {
    if (effects?.some((effect) => effect.does === 'askRuling') && !isSuperiors(to))
      problems.push(`move ${move.key} asks for a ruling and leads to no superior`)
  }
  if (move.by === 'superior' && !move.from.every(isSuperiors)) problems.push(`move ${move.key} is a superior's where none is asked`)
  if (move.effects?.some((effect) => effect.does === 'settleRuling') && move.by !== 'superior')
    problems.push(`move ${move.key} lets somebody else than the superior rule`)
  return problems
}

function checkEffect(type: CaseType, move: Move, effect: Effect, fields: Set<string>): string[] {
  const problems: string[] = []
  const clocks = 'clock' in effect ? [effect.clock] : 'clocks' in effect ? effect.clocks : []
  for (const clock of clocks) if (!type.clocks[clock]) problems.push(`move ${move.key} touches the undeclared clock ${clock}`)
  const read = [
    'from' in effect && effect.from !== 'actor' ? effect.from : undefined,
    'until' in effect ? effect.until : undefined,
    'reason' in effect ? effect.reason : undefined,
    'basis' in effect ? effect.basis : undefined,
    'score' in effect ? effect.score : undefined,
    'into' in effect ? effect.into : undefined,
  ]
  if (effect.does === 'grantExtension' && !effect.clocks.some((clock) => Object.keys(type.clocks[clock]?.extension ?? {}).length > 0)) {
    problems.push(`move ${move.key} extends clocks that cannot be extended`)
  }
  if (effect.does === 'pause') problems.push(...checkPause(move, effect))
  for (const field of read)
    if (field !== undefined && !fields.has(field)) problems.push(`move ${move.key} reads the missing field ${field}`)
  return problems
}

/** A pause needs a reason and an end (standards 4.5). */
function checkPause(move: Move, pause: Effect & { does: 'pause' }): string[] {
  const field = (key: string) => move.form?.fields.find((other) => other.key === key)
  const problems: string[] = []
  const until = field(pause.until)
  if (until && !(until.type === 'instant' && until.when === 'future' && until.required))
    problems.push(`move ${move.key} pauses without an end`)
  const reason = field(pause.reason)
  if (reason && !reason.required) problems.push(`move ${move.key} pauses without a reason`)
  return problems
}

function checkForms(type: CaseType): string[] {
  const forms = [type.form, ...type.moves.flatMap((move) => (move.form ? [move.form] : []))]
  return forms.flatMap((form) =>
    form.fields.filter((field) => field.required && !field.basis).map((field) => `the required field ${field.key} says no basis`),
  )
}

/** Every stage can be reached, and from every stage a final one. */
function checkReachable(type: CaseType): string[] {
  const next = new Map<string, Set<string>>()
  const link = (from: string, to: string) => next.set(from, (next.get(from) ?? new Set()).add(to))
  for (const move of type.moves) {
    for (const from of move.from) {
      if (move.to) link(from, move.to)
      for (const branch of move.toWhen ?? []) if (!('from' in branch) || branch.from === from) link(from, branch.to)
    }
  }
  const reach = (start: string): Set<string> => {
    const seen = new Set([start])
    for (const stage of seen) for (const to of next.get(stage) ?? []) seen.add(to)
    return seen
  }
  const fromStart = reach(type.opens)
  const problems: string[] = []
  for (const key of Object.keys(type.stages)) {
    if (!fromStart.has(key)) problems.push(`stage ${key} cannot be reached`)
    if (![...reach(key)].some((stage) => type.stages[stage]?.final)) problems.push(`stage ${key} never ends`)
  }
  return problems
}
