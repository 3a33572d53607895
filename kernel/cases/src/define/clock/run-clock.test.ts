import { CalendarYearMissing, createWorkingCalendar, formatInstant, parseInstant } from '@linli/base/define'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ClockEntry, ClockInputInvalid, type ClockPolicy, type ClockReading, runClock } from './index.ts'

const minute = 60_000
const begin = parseInstant('2026-01-01 00:00')!
/** Weekends and one long festival; years enough that no random case runs out of calendar. */
const festival = Array.from({ length: 9 }, (_, i) => ({ day: `2026-02-${15 + i}`, isWorking: false, name: '春节' }))
const calendar = createWorkingCalendar(
  Array.from({ length: 40 }, (_, i) => 2026 + i),
  [...festival, { day: '2026-02-14', isWorking: true, name: '春节' }, { day: '2026-02-28', isWorking: true, name: '春节' }],
)

const instant = fc.integer({ min: 0, max: 90 * 1440 }).map((minutes) => formatInstant(begin + minutes * minute))
const later = (text: string, minutes: number): string => formatInstant(parseInstant(text)! + minutes * minute)
const countedPolicy: fc.Arbitrary<ClockPolicy & { amount: number }> = fc.oneof(
  fc.record({ kind: fc.constant('working-days' as const), amount: fc.integer({ min: 1, max: 30 }) }),
  fc.record({ kind: fc.constant('working-hours' as const), amount: fc.integer({ min: 1, max: 400 }).map((quarters) => quarters / 4) }),
  fc.record({ kind: fc.constant('elapsed' as const), amount: fc.integer({ min: 1, max: 400 }).map((quarters) => quarters / 4) }),
)
const policy: fc.Arbitrary<ClockPolicy> = fc.oneof(
  countedPolicy,
  instant.map((dueAt) => ({ kind: 'fixed' as const, dueAt })),
)
const moving: fc.Arbitrary<ClockEntry> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ at: instant, move: fc.constant('pause'), until: fc.option(instant) }) },
  { weight: 3, arbitrary: fc.record({ at: instant, move: fc.constant('resume') }) },
  { weight: 1, arbitrary: fc.record({ at: instant, move: fc.constant('extend'), until: fc.option(instant) }) },
  { weight: 1, arbitrary: fc.record({ at: instant, move: fc.constantFrom('close', 'reopen') }) },
)
/** Times apart from each other: on one and the same instant the order of the list is the order of the log. */
const log = fc.uniqueArray(moving, { maxLength: 12, selector: ({ at }) => at })
/** Another move on the same instant would leave the order between them to the list. */
const unlogged = (entries: ClockEntry[], entry: ClockEntry): boolean => entries.every(({ at }) => at !== entry.at)
const harmless = fc.array(
  fc.record({
    at: instant,
    move: fc.constantFrom('comment', 'edit', 'read', 'note', 'reply', 'transfer', 'remind', 'Pause', '__proto__', ''),
    until: fc.option(instant),
  }),
  { minLength: 1, maxLength: 6 },
)

/** An unknown deadline is later than every known one. */
const dueOf = ({ dueAt }: ClockReading): number => (dueAt === null ? Number.POSITIVE_INFINITY : Date.parse(dueAt))
const isOpen = (entries: ClockEntry[]): boolean => entries.every(({ move }) => move !== 'close' && move !== 'reopen')
const check = <T extends unknown[]>(property: fc.IProperty<T>): void => fc.assert(property, { numRuns: 500 })

describe('the clock', () => {
  test('is moved by no comment, edit, read or unknown move [GRID-06]', () => {
    check(
      fc.property(policy, instant, log, harmless, instant, fc.nat(), (rule, openedAt, entries, noise, now, place) => {
        const mixed = entries.toSpliced(place % (entries.length + 1), 0, ...noise)
        expect(runClock(rule, openedAt, mixed, calendar, now)).toEqual(runClock(rule, openedAt, entries, calendar, now))
      }),
    )
  })

  test('does not even read an entry that moves nothing', () => {
    const comments = [
      { at: '2026-03-20 10:00', move: 'comment' },
      { at: 'some day', move: 'edit', until: 'never' },
    ]
    const rule: ClockPolicy = { kind: 'working-days', amount: 5 }
    expect(runClock(rule, '2026-03-02 10:00', comments, calendar)).toEqual(runClock(rule, '2026-03-02 10:00', [], calendar))
  })

  test('reads the same from every order of the same entries', () => {
    const shuffled = log.chain((entries) => fc.tuple(fc.constant(entries), fc.shuffledSubarray(entries, { minLength: entries.length })))
    check(
      fc.property(policy, instant, shuffled, instant, (rule, openedAt, [entries, other], now) => {
        expect(runClock(rule, openedAt, other, calendar, now)).toEqual(runClock(rule, openedAt, entries, calendar, now))
      }),
    )
  })

  test('is never set earlier by a pause [GRID-06]', () => {
    check(
      fc.property(policy, instant, log, instant, fc.option(instant), (rule, openedAt, entries, at, until) => {
        const extra = { at, move: 'pause', until }
        fc.pre(unlogged(entries, extra))
        const [before, after] = [runClock(rule, openedAt, entries, calendar), runClock(rule, openedAt, [...entries, extra], calendar)]
        expect(dueOf(after)).toBeGreaterThanOrEqual(dueOf(before))
      }),
    )
  })

  test('keeps the planned end of a pause that a further one without an end prolonged, when it is closed meanwhile', () => {
    const planned = { at: '2025-12-31T16:00:00Z', move: 'pause', until: '2026-01-01T01:01:00Z' }
    const entries = [planned, { at: '2025-12-31T16:01:00Z', move: 'pause' }, { at: '2025-12-31T16:02:00Z', move: 'close' }]
    const rule = { kind: 'elapsed', amount: 1 } as const
    expect(runClock(rule, '2025-12-31T16:00:00Z', entries, calendar).dueAt).toBe('2026-01-01T02:01:00.000Z')
  })

  test('is never set earlier by an extension, and only once later', () => {
    check(
      fc.property(policy, instant, log, instant, fc.option(instant), (rule, openedAt, entries, at, until) => {
        const extra = { at, move: 'extend', until }
        fc.pre(unlogged(entries, extra) && entries.every(({ move }) => move !== 'extend'))
        const extended = runClock(rule, openedAt, [...entries, extra], calendar)
        expect(dueOf(extended)).toBeGreaterThanOrEqual(dueOf(runClock(rule, openedAt, entries, calendar)))
        const again = { at: '2026-06-01T00:00:00.000Z', move: 'extend', until: '2026-12-31T00:00:00Z' }
        fc.pre(isOpen(entries) && (rule.kind !== 'fixed' || until !== null))
        expect(runClock(rule, openedAt, [...entries, extra, again], calendar).dueAt).toBe(extended.dueAt)
      }),
    )
  })

  test('gives no less time for a larger amount', () => {
    check(
      fc.property(countedPolicy, fc.integer({ min: 0, max: 20 }), instant, log, (rule, more, openedAt, entries) => {
        const larger = { ...rule, amount: rule.amount + more }
        expect(dueOf(runClock(larger, openedAt, entries, calendar))).toBeGreaterThanOrEqual(
          dueOf(runClock(rule, openedAt, entries, calendar)),
        )
      }),
    )
  })

  test('turns amber no later than red, and never before it was opened [GRID-06]', () => {
    check(
      fc.property(countedPolicy, instant, log, (rule, openedAt, entries) => {
        const { amberAt, dueAt } = runClock(rule, openedAt, entries, calendar)
        if (dueAt !== null) expect(amberAt).not.toBeNull()
        if (amberAt !== null) expect(Date.parse(amberAt)).toBeGreaterThan(Date.parse(openedAt))
        if (amberAt !== null && dueAt !== null) expect(Date.parse(amberAt)).toBeLessThanOrEqual(Date.parse(dueAt))
      }),
    )
  })

  test('is drawn from opening on, without overlap and with gaps only between closing and reopening', () => {
    check(
      fc.property(policy, instant, log, (rule, openedAt, entries) => {
        const { spans } = runClock(rule, openedAt, entries, calendar)
        const gaps = entries
          .filter(({ move }) => move === 'reopen')
          .map(({ at }) => Math.max(Date.parse(at as string), Date.parse(openedAt)))
        let reached = Date.parse(openedAt)
        spans.forEach(({ from, to }, index) => {
          const start = Date.parse(from)
          if (start !== reached) expect(gaps).toContain(start)
          expect(start).toBeGreaterThanOrEqual(reached)
          expect(to === null).toBe(to === null && index === spans.length - 1)
          reached = to === null ? Number.POSITIVE_INFINITY : Date.parse(to)
          expect(reached).toBeGreaterThan(start)
        })
        if (isOpen(entries)) expect(spans.at(-1)!.to).toBeNull()
      }),
    )
  })

  test('starts afresh when a closed case is reopened', () => {
    const next = fc
      .uniqueArray(moving, { maxLength: 6, selector: ({ at }) => at })
      .map((entries) => entries.map((entry) => ({ ...entry, at: later(entry.at as string, 200 * 1440) })))
    check(
      fc.property(policy, instant, log, next, (rule, openedAt, entries, more) => {
        const [closedAt, reopenedAt] = ['2026-06-01T00:00:00.000Z', '2026-06-02T00:00:00.000Z']
        const reopened = [...entries, { at: closedAt, move: 'close' }, { at: reopenedAt, move: 'reopen' }, ...more]
        const { spans: _, ...after } = runClock(rule, openedAt, reopened, calendar)
        const { spans: __, ...fresh } = runClock(rule, reopenedAt, more, calendar)
        expect(after).toEqual(fresh)
      }),
    )
  })

  test('of a department runs from its own dispatch', () => {
    const rule: ClockPolicy = { kind: 'working-days', amount: 3 }
    expect(runClock(rule, '2026-03-02 10:00', [], calendar).dueAt).toBe('2026-03-05T16:00:00.000Z')
    expect(runClock(rule, '2026-03-04 10:00', [], calendar).dueAt).toBe('2026-03-09T16:00:00.000Z')
  })

  test('throws for an unknown year even where a careless calendar would answer', () => {
    const careless = { ...calendar, has: (year: number) => year === 2026, isWorkingDay: () => true }
    expect(() => runClock({ kind: 'working-days', amount: 1 }, '2026-12-31 10:00', [], careless)).toThrow(CalendarYearMissing)
  })

  test.each([
    [{ kind: 'working-days', amount: 1.5 }, 'policy.amount'],
    [{ kind: 'working-days', amount: 0 }, 'policy.amount'],
    [{ kind: 'working-days' }, 'policy.amount'],
    [{ kind: 'working-hours', amount: -1 }, 'policy.amount'],
    [{ kind: 'working-hours', amount: Number.NaN }, 'policy.amount'],
    [{ kind: 'elapsed', amount: 'P1M' }, 'policy.amount'],
    [{ kind: 'elapsed', amount: 'PT' }, 'policy.amount'],
    [{ kind: 'elapsed', amount: '24' }, 'policy.amount'],
    [{ kind: 'elapsed', amount: Number.POSITIVE_INFINITY }, 'policy.amount'],
    [{ kind: 'fixed', dueAt: '2026-03-02' }, 'policy.dueAt'],
    [{ kind: 'fixed', dueAt: '2026-02-30T10:00:00Z' }, 'policy.dueAt'],
    [{ kind: 'moon-phases', amount: 1 }, 'policy.kind'],
  ])('refuses %j by its field', (rule, field) => {
    expect(() => runClock(rule as ClockPolicy, '2026-03-02 10:00', [], calendar)).toThrow(expect.objectContaining({ field }))
  })

  test('refuses an unreadable entry by its place in the list', () => {
    const entries = [
      { at: '2026-03-03 10:00', move: 'comment' },
      { at: '2026-03-03 10:00', move: 'pause', until: 'tomorrow' },
    ]
    expect(() => runClock({ kind: 'working-days', amount: 1 }, '2026-03-02 10:00', entries, calendar)).toThrow(
      new ClockInputInvalid('entries[1].until', 'an ISO 8601 date and time'),
    )
  })

  test('takes dates as well as text', () => {
    const openedAt = new Date('2026-03-02T02:00:00Z')
    expect(runClock({ kind: 'elapsed', amount: 'PT1,5H' }, openedAt, [], calendar, openedAt)).toMatchObject({
      dueAt: '2026-03-02T03:30:00.000Z',
      state: 'onTime',
    })
  })
})
