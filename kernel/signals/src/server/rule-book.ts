import {
  type Absence,
  type Expiring,
  isSign,
  kindsOf,
  type Ladder,
  type Low,
  type NearBase,
  type Offline,
  pathsOf,
  type Rule,
  raises,
  type TakenOver,
  timedOf,
} from '../define/index.ts'
import type { DeviceFacts } from './device-book.ts'

/** The rules of all scenes, found by what devices send. */
export interface RuleBook {
  readonly all: readonly Rule[]
  rule(key: string): Rule | undefined
  ladder(key: string): Ladder
  /** Those that these values of this device raise at this instant, where their scene is on. */
  raisedBy(device: DeviceFacts, values: Readonly<Record<string, number>>, now: Date): Rule[]
  /** Whether these values may end what another message began. */
  mayClear(device: DeviceFacts, values: Readonly<Record<string, number>>): boolean
  /** Those that wait for these values of this device. */
  signsIn(device: DeviceFacts, values: Readonly<Record<string, number>>): WatchRule[]
  /** Those that watch over a person. */
  readonly watching: readonly WatchRule[]
  /** Those that say that a device is away. */
  readonly offline: readonly { rule: Rule; offline: Offline }[]
  /** Those that say that a value of a device is low. */
  readonly low: readonly { rule: Rule; low: Low }[]
  /** Those that say that the certificate of a device ends. */
  readonly expiring: readonly { rule: Rule; expiring: Expiring }[]
  /** Those that say that a device is not the only one of its name. */
  readonly takenOver: readonly { rule: Rule; takenOver: TakenOver }[]
  /** Whether the scene of a rule is on at a place. */
  isOn(rule: string, areaPath: string): boolean
}

/** A rule that waits for something that does not come. */
export interface WatchRule extends Rule {
  readonly timed: Absence | NearBase
}

/** Who lives in a dwelling is whom its devices are about; otherwise a device is about what it is bound to. */
export const isAbout = ({ subject }: Rule, bound: string): boolean => subject === bound || (subject === 'person' && bound === 'dwelling')

function watchRule(rule: Rule): WatchRule[] {
  const timed = timedOf(rule.when)
  return timed?.op === 'absence' || timed?.op === 'nearBase' ? [{ ...rule, timed }] : []
}

/** What puts an absence off, or what a meter has read. */
const isHeard = ({ timed }: WatchRule, kind: string, values: Readonly<Record<string, number>>): boolean =>
  timed.op === 'nearBase' ? kind === timed.kind && values[timed.value] !== undefined : isSign(timed.of, kind, values)

export interface RuleBookOptions {
  rules: readonly Rule[]
  ladders: readonly Ladder[]
  /** Whether the scene of a rule is on at a place. */
  isOn(rule: string, areaPath: string): boolean
}

export function openRuleBook({ rules, ladders, isOn }: RuleBookOptions): RuleBook {
  const byKey = new Map(rules.map((rule) => [rule.key, rule]))
  const ladderByKey = new Map(ladders.map((ladder) => [ladder.key, ladder]))
  const byKind = new Map<string, Rule[]>()
  for (const rule of rules) {
    for (const kind of kindsOf(rule.when)) byKind.set(kind, [...(byKind.get(kind) ?? []), rule])
  }
  const watching = rules.flatMap(watchRule)
  const watchingByKind = new Map<string, WatchRule[]>()
  for (const rule of watching) for (const kind of kindsOf(rule.timed)) watchingByKind.set(kind, [...(watchingByKind.get(kind) ?? []), rule])
  const clearing = new Set(rules.filter(({ worse }) => worse).flatMap(({ when }) => pathsOf(when)))
  const isPaused = (rule: Rule, device: DeviceFacts, now: Date): boolean =>
    rule.pauses && device.state === 'suspended' && device.suspendedUntil !== null && device.suspendedUntil > now
  return {
    all: rules,
    rule: (key) => byKey.get(key),
    ladder: (key) => {
      const ladder = ladderByKey.get(key)
      if (!ladder) throw new Error(`no ladder ${key}`)
      return ladder
    },
    raisedBy: (device, values, now) =>
      (byKind.get(device.model.key) ?? []).filter(
        (rule) => raises(rule, device.model.key, values) && !isPaused(rule, device, now) && isOn(rule.key, device.areaPath),
      ),
    signsIn: ({ model, subjectKind }, values) =>
      (watchingByKind.get(model.key) ?? []).filter((rule) => isAbout(rule, subjectKind) && isHeard(rule, model.key, values)),
    watching: watching.filter(({ subject }) => subject === 'person'),
    offline: rules.flatMap((rule) => {
      const timed = timedOf(rule.when)
      return timed?.op === 'offline' ? [{ rule, offline: timed }] : []
    }),
    low: rules.flatMap((rule) => {
      const timed = timedOf(rule.when)
      return timed?.op === 'low' ? [{ rule, low: timed }] : []
    }),
    expiring: rules.flatMap((rule) => {
      const timed = timedOf(rule.when)
      return timed?.op === 'expiring' ? [{ rule, expiring: timed }] : []
    }),
    takenOver: rules.flatMap((rule) => {
      const timed = timedOf(rule.when)
      return timed?.op === 'takenOver' ? [{ rule, takenOver: timed }] : []
    }),
    isOn,
    mayClear: (device, values) => Object.keys(values).some((value) => clearing.has(`${device.model.key}.${value}`)),
  }
}
