import type { WorkingCalendar } from '@linli/base/define'
import { publishedCalendar } from '@linli/base/server'
import { type CaseType, findMove, foldCase, isOpenTo } from '@linli/cases/define'
import { parseForm } from '@linli/forms/define'
import { appeals } from '@linli/scene-appeals/pack'
import { expect, test } from 'vitest'
import { filingTimes } from './filing-times.ts'
import { matters } from './matter-list.ts'
import { paperTown } from './paper-town.ts'
import { Random } from './random.ts'
import { inventResidents } from './residents.ts'
import { homesOf, inventHistory } from './seed-history.ts'
import { stageCases } from './staged.ts'
import { workTime } from './work-time.ts'

const calendar: WorkingCalendar = publishedCalendar()
const type: CaseType = appeals.caseTypes[0]!
const town = paperTown()
const work = workTime(calendar)
const invent = (now: string, cases = 400) => [...inventHistory(new Date(now), town, { calendar: () => calendar, type, cases })]

/** A morning before the office opens, an afternoon, a Sunday, the middle of the spring festival, the eve of a long holiday. */
const instants = [
  '2026-03-02T08:10:00+08:00',
  '2026-06-17T15:20:00+08:00',
  '2026-11-22T11:00:00+08:00',
  '2026-02-18T20:00:00+08:00',
  '2026-09-30T17:29:00+08:00',
]

test.each(instants)('at %s every desk finds what it should', (now) => {
  const world = { type, town, calendar, work, now: new Date(now) }
  expect(stageCases(world, inventResidents(new Random(1), homesOf(town)), 1).missing).toEqual([])
})

test.each(instants)('at %s nothing was done in the future or before what it follows', (now) => {
  for (const { history } of invent(now)) {
    const times = history.entries.map(({ at }) => at.getTime())
    expect(times).toEqual([...times].sort((a, b) => a - b))
    expect(times.at(-1)).toBeLessThanOrEqual(Date.parse(now))
  }
})

test('every step was open when it was made, and its form was filled as the form wants it', () => {
  for (const { history } of invent(instants[2]!)) {
    history.entries.forEach((entry, i) => {
      if (i === 0) return
      const move = findMove(type, entry.move)!
      expect(isOpenTo(type, foldCase(type, history.entries.slice(0, i)), move, entry.at)).toBe(true)
      // The platform's own word on who is to rule is in no form.
      const { superior: _superior, ...data } = entry.data
      expect(parseForm(move.form, data, entry.at)).toMatchObject({ ok: true })
    })
  }
})

test('numbers follow the order of filing', () => {
  const openings = invent(instants[3]!, 300).map(({ history }) => history.entries[0]!.at.getTime())
  expect(openings).toHaveLength(300)
  expect(openings).toEqual([...openings].sort((a, b) => a - b))
})

test('the same moment gives the same history', () => {
  const [first, second] = [invent(instants[1]!, 120), invent(instants[1]!, 120)]
  expect(second.map(({ history }) => history)).toEqual(first.map(({ history }) => history))
})

test('history has been through everything that can happen to an appeal', () => {
  const cases = invent(instants[1]!, 2600)
  const moves = new Set(cases.flatMap(({ history }) => history.entries.map(({ move }) => move)))
  // Merging takes two cases; a history is lived one by one, and here.
  expect([...type.moves.map(({ key }) => key), 'open'].filter((key) => !moves.has(key))).toEqual([
    'merge',
    'join',
    'unmerge',
    'passOn',
    'closeTogether',
    'endElsewhere',
  ])
  const stages = new Set(cases.map(({ state }) => state.stage))
  expect(Object.keys(type.stages).filter((key) => !stages.has(key))).toEqual(['merged', 'endedElsewhere'])
  const open = cases.filter(({ state }) => state.status === 'open')
  expect(open.length).toBeGreaterThan(55)
  expect(open.length).toBeLessThan(110)
  expect(cases.some(({ state }) => state.round > 1)).toBe(true)
})

test('no phone but those of the demo block, no number that looks like an identity card', () => {
  for (const { history } of invent(instants[0]!, 600)) {
    expect(history.contact?.phone ?? '19999990000').toMatch(/^1999999\d{4}$/)
    expect(JSON.stringify(history.entries.map(({ data }) => ({ ...data, orgId: '', colleagueId: '' })))).not.toMatch(
      /(?<![\d.])(1[3-9]\d{9}|\d{17}[\dXx])(?!\d)/,
    )
  }
})

test('every matter has blanks that are filled, an answer to each beginning, and a unit in each setting', () => {
  const text = JSON.stringify(invent(instants[0]!, 600).map(({ history }) => history.entries.map(({ data }) => data)))
  expect(text).not.toMatch(/\{\w+\}|undefined/)
  const categories = new Set(matters.map(({ category }) => category))
  expect(categories).toEqual(new Set(appeals.categories.map(({ key }) => key)))
})

test('people file by day, most on working days, and never later than now', () => {
  const until = new Date('2026-11-22T11:00:00+08:00')
  const times = filingTimes(new Random(3), work, { until, days: 548, count: 4000 })
  const hourOf = (at: Date) => new Date(at.getTime() + 8 * 3_600_000).getUTCHours()
  expect(times.every((at) => at <= until)).toBe(true)
  expect(until.getTime() - times[0]!.getTime()).toBeGreaterThan(540 * 86_400_000)
  expect(times.filter((at) => hourOf(at) >= 7 && hourOf(at) < 22).length / times.length).toBeGreaterThan(0.9)
  expect(times.filter((at) => work.isWorkingDay(at)).length / times.length).toBeGreaterThan(0.7)
})

test('working hours forward and back again are the same instant', () => {
  const random = new Random(7)
  for (let i = 0; i < 500; i++) {
    const start = work.after(new Date(random.between(Date.parse('2025-06-01'), Date.parse('2026-10-01'))), random.between(0.01, 5))
    const hours = random.between(0.01, 60)
    expect(Math.abs(work.before(work.after(start, hours), hours).getTime() - start.getTime())).toBeLessThan(2)
  }
  expect(work.after(new Date('2026-10-01T10:00:00+08:00'), 1).toISOString()).toBe(new Date('2026-10-08T10:00:00+08:00').toISOString())
})
