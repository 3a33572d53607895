import { publishedCalendar } from '@linli/base/server'
import { type CaseType, findMove, foldCase, formOf, isOpenTo } from '@linli/cases/define'
import { parseForm } from '@linli/forms/define'
import { gridEvents } from '@linli/scene-grid-events/pack'
import { expect, test } from 'vitest'
import { eventMatters } from './event-matters.ts'
import { inventEvents } from './make-event.ts'
import { paperTown } from './paper-town.ts'
import { stagedEvents } from './staged-events.ts'

const type: CaseType = gridEvents.caseTypes[0]!
const calendar = publishedCalendar()
const town = paperTown()
const invent = (now: string, events = 200) => [...inventEvents(new Date(now), town, { calendar: () => calendar, type, events })]

/** A morning before the office opens, an afternoon, a Sunday, the middle of the spring festival, the eve of a long holiday. */
const instants = [
  '2026-03-02T08:10:00+08:00',
  '2026-06-17T15:20:00+08:00',
  '2026-11-22T11:00:00+08:00',
  '2026-02-18T20:00:00+08:00',
  '2026-09-30T17:29:00+08:00',
]

test.each(instants)('at %s every desk finds the events that it should', (now) => {
  const wanted = stagedEvents.reduce((sum, { count }) => sum + count, 0)
  expect(invent(now, 0)).toHaveLength(wanted)
})

test.each(instants)('at %s nothing happened to an event in the future or before what it follows', (now) => {
  for (const { history } of invent(now)) {
    const times = history.entries.map(({ at }) => at.getTime())
    expect(times).toEqual([...times].sort((a, b) => a - b))
    expect(times.at(-1)).toBeLessThanOrEqual(Date.parse(now))
  }
})

test('every step of an event was open when it was made, its form filled as the case wants it', () => {
  for (const { history } of invent(instants[2]!)) {
    history.entries.forEach((entry, i) => {
      if (i === 0) return
      const move = findMove(type, entry.move)!
      const before = foldCase(type, history.entries.slice(0, i))
      expect(isOpenTo(type, before, move, entry.at), entry.move).toBe(true)
      const { superior: _superior, ...data } = entry.data
      expect(parseForm(formOf(move, before), data, entry.at), entry.move).toMatchObject({ ok: true })
    })
  }
})

test('history has been through everything that can happen to an event, and nobody checked his own work', () => {
  const events = invent(instants[1]!, 2400)
  const moves = new Set(events.flatMap(({ history }) => history.entries.map(({ move }) => move)))
  // What came from another system was not lived here.
  expect([...type.moves.map(({ key }) => key), 'open'].filter((key) => !moves.has(key))).toEqual(['endElsewhere'])
  const stages = new Set(events.map(({ state }) => state.stage))
  expect(Object.keys(type.stages).filter((key) => !stages.has(key))).toEqual(['endedElsewhere'])
  expect(new Set(events.map(({ state }) => state.category))).toEqual(new Set(gridEvents.categories.map(({ key }) => key)))
  const checks = events.flatMap(({ state }) => (state.madeBy.check ? [[state.madeBy.check, state.madeBy.finish]] : []))
  expect(checks.filter(([check, finish]) => check!.orgId === finish!.orgId)).toEqual([])
  expect(eventMatters.every(({ category }) => gridEvents.categories.some(({ key }) => key === category))).toBe(true)
})

test('the same moment gives the same events, and no phone but those of the demo block', () => {
  const [first, second] = [invent(instants[1]!, 120), invent(instants[1]!, 120)]
  expect(second.map(({ history }) => history)).toEqual(first.map(({ history }) => history))
  for (const { history } of first) expect(history.contact?.phone ?? '19999990000').toMatch(/^1999999\d{4}$/)
})
