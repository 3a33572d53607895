import { publishedCalendar } from '@linli/base/server'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aWalk, someCast } from '../testing/a-walk.ts'
import { aCaseType } from '../testing/street-lamp.ts'
import { findMove } from './case-type.ts'
import { applyEntry, type CaseState, type Entry, foldCase, isOpenTo, livePause, openState } from './fold.ts'
import { pictureOf, timesOf } from './view-clock.ts'

const type = aCaseType()
const calendar = publishedCalendar()
const [fixers, others] = someCast.orgIds as [string, string, string]
const [anna, boris] = someCast.accountIds as [string, string, string]

/** `log(['list', '+10m', {...}])`: a log whose times are told from the opening, Monday 2 March 2026 at nine. */
const start = Date.parse('2026-03-02T09:00:00+08:00')
type Line = [move: string, hours: number, data?: Record<string, unknown>, accountId?: string | null, orgId?: string | null]
const log = (...lines: Line[]): Entry[] => [
  { seq: 1, move: 'open', data: { detail: '路灯不亮' }, at: new Date(start), accountId: null, orgId: null },
  ...lines.map(([move, hours, data = {}, accountId = anna, orgId = fixers], i) => ({
    seq: i + 2,
    move,
    data,
    at: new Date(start + hours * 3_600_000),
    accountId,
    orgId,
  })),
]
const after = (...lines: Line[]): CaseState => foldCase(type, log(...lines))
const dueOf = (state: CaseState, key: string): string | undefined => {
  const clock = state.clocks.findLast((other) => other.key === key)
  return clock && timesOf(clock, calendar).dueAt?.toISOString()
}
const listed: Line = ['list', 0.5, { appealType: 'help', category: 'lights' }]
const sent: Line[] = [listed, ['send', 1, { orgId: fixers }]]
const mending: Line[] = [...sent, ['take', 2]]
const mended: Line[] = [...mending, ['mend', 20, { words: '换了灯泡' }]]
const done: Line[] = [...mended, ['call', 30, { resolved: true, contactedAt: '2026-03-03T10:00:00Z' }, boris, others]]

/** Shanghai midnight at the end of a day. */
const endOf = (day: string): string => new Date(Date.parse(`${day}T00:00:00+08:00`) + 86_400_000).toISOString()

describe('a case is what its entries say', () => {
  test('an opening starts the clocks of the type and nothing else', () => {
    const state = after()
    expect(state).toMatchObject({
      stage: 'reported',
      status: 'open',
      seq: 1,
      round: 1,
      mainOrgId: null,
      parties: [],
      rating: null,
      extension: 'none',
    })
    expect(state.clocks.map((clock) => clock.key)).toEqual(['accept'])
  })

  test('acceptance sets what kind of matter it is, and the promise counts from there', () => {
    const state = after(listed)
    expect(state).toMatchObject({ stage: 'listed', appealType: 'help', category: 'lights' })
    expect(dueOf(state, 'promise')).toBe(endOf('2026-03-09'))
    expect(state.clocks.find((clock) => clock.key === 'accept')!.stoppedAt).toEqual(new Date(start + 1_800_000))
  })

  test('a department has its own clock from its own dispatch; the promise to the resident stays', () => {
    const first = after(...sent)
    expect(dueOf(first, 'repair')).toBe(endOf('2026-03-06'))
    const second = after(...sent, ['resend', 24, { orgId: others }])
    expect(dueOf(second, 'repair')).toBe(endOf('2026-03-09'))
    expect(dueOf(second, 'promise')).toBe(dueOf(first, 'promise'))
    expect(
      second.clocks.filter((clock) => clock.key === 'repair').map(({ round, orgId, stoppedAt }) => [round, orgId, stoppedAt !== null]),
    ).toEqual([
      [1, fixers, true],
      [2, others, false],
    ])
    expect(second.parties).toEqual([
      { orgId: fixers, role: 'former' },
      { orgId: others, role: 'main' },
    ])
    expect(second.handlerId).toBeNull()
  })

  test('whoever takes a case handles it, until someone else is handed it', () => {
    expect(after(...mending).handlerId).toBe(anna)
    expect(after(...mending, ['pass', 3, { colleagueId: boris }]).handlerId).toBe(boris)
  })

  test('the first contact counts, a second one does not make the response later', () => {
    expect(after(...mending, ['ring', 3], ['ring', 9]).milestones.contacted).toEqual(new Date(start + 3 * 3_600_000))
  })

  test('an entry of a move that the type no longer knows changes nothing but the number of the last entry', () => {
    const before = after(...mending)
    const { seq, movedAt, ...rest } = after(...mending, ['dance', 5])
    expect(rest).toEqual(Object.fromEntries(Object.entries(before).filter(([key]) => key !== 'seq' && key !== 'movedAt')))
    expect([seq, movedAt]).toEqual([before.seq + 1, new Date(start + 5 * 3_600_000)])
  })
})

describe('pauses', () => {
  const until = '2026-03-05T09:00:00+08:00'
  const paused = [...mending, ['pause', 3, { reason: '等配件', until }]] as Line[]

  test('a pause moves what may be held by the days it lasts, and nothing that may not', () => {
    const state = after(...paused)
    // Paused from Monday to Thursday morning: Monday, Tuesday and Wednesday do not count.
    expect(dueOf(state, 'repair')).toBe(endOf('2026-03-10'))
    expect(dueOf(state, 'promise')).toBe(endOf('2026-03-11'))
    expect(dueOf(state, 'ring')).toBe(dueOf(after(...mending), 'ring'))
    expect(state.pause).toEqual({ until: new Date(until), reason: '等配件', at: new Date(start + 3 * 3_600_000) })
  })

  test('it ends by itself at its planned end, or earlier when work goes on', () => {
    expect(livePause(after(...paused).pause, new Date('2026-03-05T09:00:01+08:00'))).toBeNull()
    const resumed = after(...paused, ['resume', 8])
    expect(resumed.pause).toBeNull()
    // Paused and resumed on one day: nothing moved.
    expect(dueOf(resumed, 'repair')).toBe(dueOf(after(...mending), 'repair'))
  })

  test('a clock that starts while the case stands still is held as well', () => {
    const state = after(...paused, ['resend', 4, { orgId: others }])
    expect(timesOf(state.clocks.findLast((clock) => clock.key === 'repair')!, calendar).dueAt?.toISOString()).toBe(endOf('2026-03-10'))
    expect(pictureOf(state.clocks.at(-2)!, calendar, new Date(start + 5 * 3_600_000)).state).toBe('paused')
  })

  test('answers wait for the end of the pause', () => {
    const state = after(...paused)
    const mend = findMove(type, 'mend')!
    expect(isOpenTo(type, state, mend, new Date(start + 4 * 3_600_000))).toBe(false)
    expect(isOpenTo(type, state, mend, new Date(until))).toBe(true)
    expect(isOpenTo(type, state, findMove(type, 'resume')!, new Date(until))).toBe(false)
  })
})

describe('extensions', () => {
  const granted: Line[] = [...mending, ['askExtension', 3, { reason: '要订货' }], ['grantExtension', 4, { reason: '同意' }, boris, others]]

  test('the one extension adds its days to the promise and to the department', () => {
    const state = after(...granted)
    expect(state.extension).toBe('granted')
    expect([dueOf(state, 'promise'), dueOf(state, 'repair')]).toEqual([endOf('2026-03-16'), endOf('2026-03-13')])
  })

  test('it is had once: neither asked for nor given a second time', () => {
    const state = after(...granted)
    const now = new Date(start + 5 * 3_600_000)
    expect(isOpenTo(type, state, findMove(type, 'askExtension')!, now)).toBe(false)
    expect(isOpenTo(type, state, findMove(type, 'grantExtension')!, now)).toBe(false)
    // Even an entry that slipped in adds nothing.
    expect(dueOf(after(...granted, ['grantExtension', 6, { reason: '再来' }, boris, others]), 'promise')).toBe(dueOf(state, 'promise'))
  })

  test('asking alone moves nothing, and neither does a refusal', () => {
    const asked: Line[] = [...mending, ['askExtension', 3, { reason: '要订货' }]]
    const refused = after(...asked, ['refuseExtension', 4, { reason: '不行' }, boris, others])
    for (const state of [after(...asked), refused]) expect(dueOf(state, 'promise')).toBe(dueOf(after(...mending), 'promise'))
    expect(isOpenTo(type, refused, findMove(type, 'askExtension')!, new Date(start))).toBe(false)
  })

  test('an urgent matter cannot be extended at all', () => {
    const state = after(['list', 0.5, { appealType: 'urgent' }], ['send', 1, { orgId: fixers }])
    expect(isOpenTo(type, state, findMove(type, 'askExtension')!, new Date(start + 7_200_000))).toBe(false)
    expect(
      dueOf(after(['list', 0.5, { appealType: 'urgent' }], ['send', 1, { orgId: fixers }], ['grantExtension', 3, {}]), 'promise'),
    ).toBe(dueOf(state, 'promise'))
  })
})

describe('call back, rating, reopening', () => {
  test('an unresolved call back sends the case back, and the clocks run on with the deadlines they had', () => {
    const back = after(...mended, ['call', 30, { resolved: false, contactedAt: '2026-03-03T10:00:00Z' }, boris, others])
    expect(back.stage).toBe('mending')
    for (const key of ['promise', 'repair']) {
      expect(dueOf(back, key)).toBe(dueOf(after(...mending), key))
      expect(back.clocks.filter((clock) => clock.key === key).map((clock) => clock.stoppedAt)).toEqual([null])
    }
  })

  test('an end stops every clock and every pause', () => {
    const state = after(...done)
    expect(state).toMatchObject({ status: 'closed', closedAt: new Date(start + 30 * 3_600_000) })
    expect(state.clocks.every((clock) => clock.stoppedAt !== null)).toBe(true)
  })

  test('a rating keeps the time of closing, and belongs to the unit that handled the matter then', () => {
    const state = after(...done, ['grade', 40, { score: 1 }, null, null], ['remend', 40, {}, null, null])
    expect(state).toMatchObject({ stage: 'remending', rating: { score: 1, orgId: fixers, rectifiedAt: null } })
    expect(dueOf(state, 'remend')).toBe(endOf('2026-03-25'))
    const checked = foldCase(
      type,
      log(
        ...done,
        ['grade', 40, { score: 1 }, null, null],
        ['remend', 40, {}, null, null],
        ['showRemend', 50, { words: '又换了' }],
        ['checkRemend', 60, { resolved: false }, boris, others],
        ['showRemend', 70, { words: '再换' }],
        ['checkRemend', 80, { resolved: true }, boris, others],
      ),
    )
    expect(checked.rating).toMatchObject({ score: 1, rectifiedAt: new Date(start + 80 * 3_600_000) })
    expect(checked.ratings).toEqual([checked.rating])
    expect(isOpenTo(type, checked, findMove(type, 'grade')!, checked.movedAt)).toBe(false)
  })

  test('reopening is a new round: fresh clocks, a new extension and one more rating; the old one stays on record', () => {
    const state = after(...done, ['grade', 40, { score: 5 }, null, null], ['reopen', 50, { reason: '又坏了' }, null, null])
    expect(state).toMatchObject({ stage: 'listed', status: 'open', round: 2, rating: null, extension: 'none', closedAt: null })
    expect(state.ratings).toMatchObject([{ score: 5 }])
    expect(dueOf(state, 'promise')).toBe(endOf('2026-03-11'))
    expect(state.clocks.filter((clock) => clock.key === 'promise').map((clock) => clock.round)).toEqual([1, 2])
  })

  test('a resident may take back for five minutes and reopen for thirty days', () => {
    const [withdraw, reopen] = [findMove(type, 'withdraw')!, findMove(type, 'reopen')!]
    expect(isOpenTo(type, after(), withdraw, new Date(start + 300_000))).toBe(true)
    expect(isOpenTo(type, after(), withdraw, new Date(start + 300_001))).toBe(false)
    const closed = after(...done)
    const thirtyDays = closed.closedAt!.getTime() + 30 * 86_400_000
    expect(isOpenTo(type, closed, reopen, new Date(thirtyDays))).toBe(true)
    expect(isOpenTo(type, closed, reopen, new Date(thirtyDays + 1))).toBe(false)
  })

  test('a tip-off seals its reporter for good, whenever it turns out to be one', () => {
    expect(after(listed).reporterSealed).toBe(false)
    expect(after(['list', 1, { appealType: 'report' }]).reporterSealed).toBe(true)
    const opened = openState(type, { ...log()[0]!, data: { appealType: 'report' } })
    expect(applyEntry(type, opened, log(listed)[1]!)).toMatchObject({ appealType: 'help', reporterSealed: true })
  })
})

describe('whatever happens', () => {
  const walks = fc
    .array(fc.record({ pick: fc.nat({ max: 100_000 }), minutes: fc.nat({ max: 3000 }) }), { maxLength: 40 })
    .map((strides) => aWalk(type, strides))

  const freeze = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return
    Object.freeze(value)
    for (const part of Object.values(value)) freeze(part)
  }

  test('every beginning of a log folds, one entry at a time or all at once, and the same log always to the same', () => {
    fc.assert(
      fc.property(walks, (entries) => {
        freeze(entries)
        let state = openState(type, entries[0]!)
        for (const [i, entry] of entries.entries()) {
          if (i > 0) state = applyEntry(type, state, entry)
          freeze(state)
          expect(foldCase(type, entries.slice(0, i + 1))).toEqual(state)
        }
      }),
      { numRuns: 60 },
    )
  })

  test('a comment, an addition or a read never moves a deadline [GRID-06]', () => {
    const words: [string, Record<string, unknown>][] = [
      ['note', { note: '看过了' }],
      ['add', { detail: '还是黑的' }],
    ]
    const comments = fc.array(fc.record({ after: fc.nat({ max: 40 }), word: fc.constantFrom(...words), minutes: fc.nat({ max: 600 }) }), {
      minLength: 1,
      maxLength: 8,
    })
    fc.assert(
      fc.property(walks, comments, fc.nat({ max: 400_000 }), (entries, said, readAfter) => {
        const plain = foldCase(type, entries)
        const lines = [...entries]
        for (const { after: place, word, minutes } of said) {
          const i = 1 + (place % lines.length)
          const at = new Date(Math.min(lines[i - 1]!.at.getTime() + minutes * 60_000, lines[i]?.at.getTime() ?? Number.POSITIVE_INFINITY))
          lines.splice(i, 0, { seq: 0, move: word[0], data: word[1], at, accountId: anna, orgId: fixers })
        }
        const commented = foldCase(
          type,
          lines.map((line, i) => ({ ...line, seq: i + 1 })),
        )
        expect(commented.clocks).toEqual(plain.clocks)
        const readAt = new Date(plain.movedAt.getTime() + readAfter * 60_000)
        for (const clock of plain.clocks) {
          const { dueAt, amberAt } = pictureOf(clock, calendar, readAt)
          expect({ dueAt, amberAt }).toMatchObject({ dueAt: timesOf(clock, calendar).dueAt, amberAt: timesOf(clock, calendar).amberAt })
        }
      }),
      { numRuns: 100 },
    )
  })

  test('an ended case has no running clock and no pause; an open one always has the clock of its stage', () => {
    fc.assert(
      fc.property(walks, (entries) => {
        const state = foldCase(type, entries)
        const stage = type.stages[state.stage]!
        const running = state.clocks.filter((clock) => clock.stoppedAt === null)
        if (state.status === 'open') return state.closedAt === null && running.some((clock) => clock.key === stage.clock)
        return running.length === 0 && state.pause === null && state.closedAt !== null && stage.final === state.status
      }),
      { numRuns: 300 },
    )
  })

  test('of each clock at most one runs for an organization, and none is due before it started', () => {
    fc.assert(
      fc.property(walks, (entries) => {
        const { clocks } = foldCase(type, entries)
        for (const key of Object.keys(type.clocks)) {
          const same = clocks.filter((clock) => clock.key === key)
          const running = same.filter((clock) => clock.stoppedAt === null)
          if (type.clocks[key]!.owner !== 'co' && running.length > 1) return false
          if (new Set(running.map((clock) => clock.orgId)).size < running.length) return false
          if (same.some((clock, i) => clock.round !== i + 1)) return false
        }
        return clocks.every((clock) => timesOf(clock, calendar).dueAt! > clock.startedAt)
      }),
      { numRuns: 150 },
    )
  })

  test('walks reach every stage, so that these properties are about all of them', () => {
    const seen = new Set<string>()
    for (const entries of fc.sample(walks, { numRuns: 2000, seed: 7 }))
      for (let i = 1; i <= entries.length; i++) seen.add(foldCase(type, entries.slice(0, i)).stage)
    expect([...seen].sort()).toEqual(Object.keys(type.stages).sort())
  })
})
