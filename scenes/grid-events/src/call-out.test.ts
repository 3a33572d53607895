import { type Actor, publishedCalendar } from '@linli/base/server'
import { type CaseState, type Entry, findMove, foldCase, isOpenTo, timesOf } from '@linli/cases/define'
import { mayMake } from '@linli/cases/server'
import { parseForm } from '@linli/forms/define'
import { expect, test } from 'vitest'
import { callOut } from './call-out.ts'

const calendar = publishedCalendar()
const at = (text: string): Date => new Date(`2026-${text}:00+08:00`)
const [lead, water, power] = [
  '11111111-1111-4111-8111-111111111111',
  '22222222-2222-4222-8222-222222222222',
  '33333333-3333-4333-8333-333333333333',
]
const township = '44444444-4444-4444-8444-444444444444'

class Told {
  readonly entries: Entry[]
  constructor(when: string, level = 'urgent') {
    this.entries = [{ seq: 1, move: 'open', at: at(when), data: { detail: '路口塌了', level }, accountId: 'grid', orgId: township }]
  }
  get state(): CaseState {
    return foldCase(callOut, this.entries)
  }
  move(key: string, when: string, data: Record<string, unknown>, by: string): this {
    const move = findMove(callOut, key)!
    expect(isOpenTo(callOut, this.state, move, at(when)), `${key} in ${this.state.stage}`).toBe(true)
    expect(parseForm(move.form, data, at(when)), key).toMatchObject({ ok: true })
    this.entries.push({ seq: this.entries.length + 1, move: key, at: at(when), data, accountId: by, orgId: by })
    return this
  }
  due(clock: string): (string | undefined)[] {
    return this.state.clocks.filter(({ key }) => key === clock).map((one) => timesOf(one, calendar).dueAt?.toISOString())
  }
}

const issued = (level = 'urgent') =>
  new Told('03-02T09:00', level).move(
    'issueCall',
    '03-02T09:05',
    { level, orgId: lead, first: water, second: power, part: '到路口查管线' },
    township,
  )

test.each([
  ['urgent', '2026-03-02T01:35:00.000Z'],
  ['pressing', '2026-03-02T03:05:00.000Z'],
  ['ordinary', '2026-03-03T16:00:00.000Z'],
])('each unit that is called has a clock of its own: %s until %s [GRID-05] (limits)', (level, due) => {
  const told = issued(level)
  expect(told.due('arrive')).toEqual([due])
  expect(told.due('report')).toEqual([due, due])
})

test('who comes reports in with time and place, the township confirms, the lead closes; who never came is a fact on record [GRID-05] (place is typed)', () => {
  const told = issued()
    .move('reportIn', '03-02T09:20', { arrivedAt: '塌陷路口东侧' }, water)
    .move('reportInAsLead', '03-02T09:28', { arrivedAt: '塌陷路口' }, lead)
    .move('confirmArrival', '03-02T09:50', { found: '先围挡，水务查漏' }, township)
    .move('settleCall', '03-02T18:00', { record: '围挡、查漏、回填，三家签字' }, lead)
  expect(told.state).toMatchObject({ stage: 'settled', status: 'closed', mainOrgId: lead })
  expect(told.state.tasks.map(({ orgId, status, result }) => ({ orgId, status, result }))).toEqual([
    { orgId: water, status: 'done', result: '塌陷路口东侧' },
    { orgId: power, status: 'lapsed', result: null },
  ])
})

const post = (orgId: string, reach: string, ...permissions: string[]) =>
  ({ accountId: orgId, orgId, reach, permissions: new Set(permissions) }) as unknown as Actor

test('only the township issues, only the named units report in, only the lead closes', () => {
  const called = new Told('03-02T09:00').state
  const may = (state: CaseState, key: string, actor: Actor) => mayMake(findMove(callOut, key)!, state, actor)
  expect(may(called, 'issueCall', post(township, 'township', 'cases.issueCallOut'))).toBe(true)
  expect(may(called, 'issueCall', post(township, 'community', 'cases.accept'))).toBe(false)
  const { state } = issued()
  expect(may(state, 'reportIn', post(water!, 'line', 'cases.handle'))).toBe(true)
  expect(may(state, 'reportIn', post(lead!, 'line', 'cases.handle'))).toBe(false)
  expect(may(state, 'reportInAsLead', post(lead!, 'line', 'cases.handle'))).toBe(true)
  expect(may(state, 'settleCall', post(water!, 'line', 'cases.handle'))).toBe(false)
})

test('a unit that is late stays called: it may still report in after the others began', () => {
  const told = issued()
    .move('reportInAsLead', '03-02T09:28', { arrivedAt: '塌陷路口' }, lead!)
    .move('confirmArrival', '03-02T09:50', { found: '先围挡' }, township)
    .move('reportIn', '03-02T10:40', { arrivedAt: '塌陷路口' }, power!)
  expect(told.state.tasks.map(({ status }) => status)).toEqual(['open', 'done'])
})
