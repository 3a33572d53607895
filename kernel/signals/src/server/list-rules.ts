import { type Ctx, sql, sqlAnd } from '@linli/base/server'
import type { ConditionPart, RuleView } from '../contract/rule.ts'
import { type Condition, isReplayed, type Rule } from '../define/index.ts'
import type { SignalsDeps } from './deps.ts'
import { episodeConditions } from './list-episodes.ts'

const dayMs = 86_400_000
const falses = ['FALSE_ENV', 'FALSE_DEVICE']
/** What says something about a rule: somebody looked, and it was neither a test nor a second copy. */
const judgements = ['REAL', 'UNREACHABLE', ...falses]
/** Fewer say nothing about a device; above the share it is mended (standards 9 [D]: over 30 % false in 30 days). */
const leastJudged = 3
const noisyShare = 0.3

/** The rules of all scenes as a person can check them, with what became of their alarms in the acting post's area. */
export async function listRules(ctx: Ctx, { rules }: SignalsDeps, days: number) {
  const since = new Date(ctx.now.getTime() - days * dayMs)
  const [figures, noisy] = [await countOutcomes(ctx, since), await findNoisy(ctx, since)]
  const items = rules.all.map((rule): RuleView => {
    const own = figures.filter((row) => row.rule_key === rule.key)
    const byOutcome = Object.fromEntries(own.flatMap(({ outcome, alarms }) => (outcome ? [[outcome, alarms]] : [])))
    const count = (outcomes: readonly string[]): number => outcomes.reduce((sum, outcome) => sum + (byOutcome[outcome] ?? 0), 0)
    const judged = count(judgements)
    return {
      ...sayRule(rule),
      ladder: sayLadder(rules.ladder(rule.ladder)),
      isOn: ctx.actor.areaPath !== null && rules.isOn(rule.key, ctx.actor.areaPath),
      raised: own.reduce((sum, { alarms }) => sum + alarms, 0),
      open: own.find(({ outcome }) => outcome === null)?.alarms ?? 0,
      byOutcome,
      judged,
      falseShare: judged === 0 ? null : count(falses) / judged,
      noisy: noisy.filter((row) => row.rule_key === rule.key).map(({ rule_key: _, ...device }) => device),
    }
  })
  return { items, since: since.toISOString(), asOf: ctx.now.toISOString() }
}

const countOutcomes = (ctx: Ctx, since: Date) =>
  ctx.rows(sql<{ rule_key: string; outcome: string | null; alarms: number }>`
    SELECT e.rule_key, e.outcome, count(*)::int AS alarms FROM signals.episode e
    WHERE ${sqlAnd(episodeConditions(ctx, { state: 'all' }))} AND e.raised_at >= ${since} GROUP BY e.rule_key, e.outcome`)

const findNoisy = (ctx: Ctx, since: Date) =>
  ctx.rows(sql<RuleView['noisy'][number] & { rule_key: string }>`
    SELECT e.rule_key, d.device_id AS "deviceId", d.code, d.place, count(*)::int AS judged, (count(*) FILTER (WHERE e.outcome = ANY (${falses})))::int AS falses
    FROM signals.episode e JOIN signals.device d USING (device_id)
    WHERE ${sqlAnd(episodeConditions(ctx, { state: 'all' }))} AND e.raised_at >= ${since} AND e.outcome = ANY (${judgements})
    GROUP BY e.rule_key, d.device_id, d.code, d.place
    HAVING count(*) >= ${leastJudged} AND count(*) FILTER (WHERE e.outcome = ANY (${falses})) > ${noisyShare}::numeric * count(*)
    ORDER BY falses DESC, d.code LIMIT 50`)

function sayRule({ key, name, because, subject, level, when, unless, worse, calmer, consent, pauses }: Rule) {
  const parts = [...sayParts(when), ...(unless ? sayParts(unless, true) : [])]
  return {
    key,
    name,
    because,
    subject,
    level,
    parts,
    isAny: when.op === 'any' && !unless,
    worse: worse ?? null,
    calmer: calmer ? { level: calmer.level, within: calmer.within, because: calmer.because } : null,
    needsConsent: consent !== undefined,
    pauses,
    mayTry: isReplayed(when),
  }
}

/** Conditions are data; what a page says of them is made of their parts. */
function sayParts(condition: Condition, isNot = false): ConditionPart[] {
  if (condition.op === 'all' || condition.op === 'any') return condition.of.flatMap((part) => sayParts(part, isNot))
  if (condition.op === 'not') return sayParts(condition.of, !isNot)
  const part = { op: condition.op, isNot, of: [], kinds: [], for: null, times: null, own: null, careGroup: null, blackout: null }
  switch (condition.op) {
    case 'threshold':
      return [{ ...part, of: [said(condition)] }]
    case 'count':
      return [{ ...part, of: [said(condition.of)], times: condition.times, for: condition.for }]
    case 'lasting':
      return [{ ...part, of: [said(condition.of)], for: condition.for }]
    case 'absence':
      return [{ ...part, of: condition.of.map(said), for: condition.for, own: condition.own ?? null }]
    case 'offline':
      return [{ ...part, kinds: [...condition.kinds], for: condition.for }]
    case 'low':
      return [
        {
          ...part,
          kinds: [...condition.kinds],
          of: [said({ ...condition, kind: condition.kinds[0]!, is: 'below', than: condition.below })],
        },
      ]
    case 'expiring':
      return [{ ...part, kinds: [...condition.kinds], for: condition.within }]
    case 'takenOver':
      return [
        {
          ...part,
          kinds: [...condition.kinds],
          times: condition.times,
          for: condition.for,
        },
      ]
    case 'nearBase':
      return [
        {
          ...part,
          of: [said({ ...condition, is: 'below', than: condition.factor })],
          for: condition.for,
          blackout: { ...condition.blackout },
        },
      ]
    case 'tagged':
      return [{ ...part, careGroup: condition.careGroup }]
  }
}

const said = ({ kind, value, is, than }: { kind: string; value: string; is: 'atLeast' | 'below'; than: number }) => ({
  kind,
  value,
  is,
  than,
})

const sayLadder = ({ key, name, because, arriveWithin, rungs }: ReturnType<SignalsDeps['rules']['ladder']>): RuleView['ladder'] => ({
  key,
  name,
  because,
  arriveWithin,
  rungs: rungs.map((rung) => ({ name: rung.name, waits: rung.waits, attempts: rung.attempts })),
})
