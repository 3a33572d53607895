import { type Actor, publishedCalendar } from '@linli/base/server'
import { type CaseState, type Entry, findMove, foldCase, formOf, isOpenTo, timesOf } from '@linli/cases/define'
import { mayMake } from '@linli/cases/server'
import { parseForm } from '@linli/forms/define'
import { checkScene } from '@linli/scene/define'
import { describe, expect, test } from 'vitest'
import { assistance } from './assistance.ts'
import { communityAssistance } from './pack.ts'

test('the pack declares nothing that does not fit', () => {
  expect(checkScene(communityAssistance)).toEqual([])
})

test('nobody is rated, and a refusal has one of four reasons', () => {
  expect(assistance.rating).toBeUndefined()
  const [code] = findMove(assistance, 'turnDown')!.form!.fields
  expect(code).toMatchObject({
    required: true,
    options: [{ value: 'notListed' }, { value: 'noSupport' }, { value: 'notNow' }, { value: 'repeated' }],
  })
})

const calendar = publishedCalendar()
const at = (text: string): Date => new Date(`2026-${text}:00+08:00`)
const [bureau, committee, township] = [
  '11111111-1111-4111-8111-111111111111',
  '22222222-2222-4222-8222-222222222222',
  '33333333-3333-4333-8333-333333333333',
]
const superior = { areaId: '44444444-4444-4444-8444-444444444444', name: '河东街道', level: 'township' }
const until = (text: string): string => at(text).toISOString()
const asked = {
  category: 'as-visit',
  detail: '探访辖区里独居的老人',
  clause: '清单 2.1',
  support: 'none',
  wantedBy: until('03-20T18:00'),
  liaison: '王科 0451-5550101',
}

/** A request told as a list of moves; each must be open and filled as its form wants it. */
class Told {
  readonly entries: Entry[]

  constructor(when = '03-02T09:00') {
    this.entries = [
      { seq: 1, move: 'open', at: at(when), data: { ...asked, orgId: committee, dutyId: null }, accountId: bureau!, orgId: bureau! },
    ]
  }

  get state(): CaseState {
    return foldCase(assistance, this.entries)
  }

  move(key: string, when: string, data: Record<string, unknown> = {}, by = committee!): this {
    const move = findMove(assistance, key)!
    expect(isOpenTo(assistance, this.state, move, at(when)), `${key} in ${this.state.stage}`).toBe(true)
    const { superior: _, ...filled } = data
    expect(parseForm(formOf(move, this.state), filled, at(when)), key).toMatchObject({ ok: true })
    this.entries.push({ seq: this.entries.length + 1, move: key, at: at(when), data, accountId: by, orgId: by })
    return this
  }

  may(key: string): boolean {
    return isOpenTo(assistance, this.state, findMove(assistance, key)!, at('03-05T09:00'))
  }

  due(clock: string): string | undefined {
    const latest = this.state.clocks.findLast(({ key }) => key === clock)
    return latest && timesOf(latest, calendar).dueAt?.toISOString()
  }
}

const forwarded = () => new Told().move('admit', '03-02T15:00', { basis: '清单 2.1' }, township!)
const refused = (refusal = 'noSupport') => forwarded().move('turnDown', '03-03T10:00', { refusal, explanation: '没有人手' })
const again = { support: 'staff', supportDetail: '来两个人', wantedBy: until('03-27T18:00'), reason: '这次带人来' }

describe('a request for assistance', () => {
  test('goes from who asks through the township to the community, and back to who asked, each with a clock of its own', () => {
    const told = forwarded()
      .move('takeOn', '03-03T10:00', { remark: '周五去' })
      .move('reportAssisted', '03-06T17:00', { outcomeReported: '探访了十二户' })
      .move('confirmAssisted', '03-09T09:00', { passed: true }, bureau!)
    expect(told.state).toMatchObject({ stage: 'assistDone', status: 'closed', mainOrgId: committee, requesterOrgId: bureau })
    expect(told.state.parties).toEqual([
      { orgId: bureau, role: 'requester' },
      { orgId: committee, role: 'main' },
    ])
    expect(told.state.clocks.map(({ key }) => key)).toEqual(['admission', 'answer', 'assist', 'confirmAssist'])
    expect(told.due('assist')).toBe(until('03-20T18:00'))
  })

  test('is refused with a reason, and asked again once with more support; after that only the township is left', () => {
    const told = refused()
    expect(told.state).toMatchObject({
      stage: 'turnedDown',
      mainOrgId: committee,
      rejections: [{ reason: 'noSupport', basis: '没有人手' }],
    })
    told.move('askAgain', '03-04T09:00', again, bureau!)
    expect([told.state.stage, told.due('answer')]).toEqual(['forwarded', at('03-07T00:00').toISOString()])
    told.move('turnDown', '03-04T15:00', { refusal: 'notNow', explanation: '换届正忙' })
    expect([told.may('askAgain'), told.may('askDecision'), told.may('letGo')]).toEqual([false, true, true])
  })

  test('by another date runs until the date that was agreed on', () => {
    const told = forwarded().move('proposeDate', '03-03T10:00', { wantedBy: until('03-31T18:00'), reason: '月底才有空' })
    expect(told.state.stage).toBe('counterProposed')
    told.move('agreeDate', '03-03T11:00', {}, bureau!)
    expect([told.state.stage, told.due('assist')]).toEqual(['assisting', until('03-31T18:00')])
  })

  test('that is disputed is ruled on, and not needed unless the ruling says so', () => {
    const disputed = () => refused('notListed').move('askDecision', '03-04T09:00', { reason: '清单里有', superior }, bureau!)
    expect(disputed().state).toMatchObject({ stage: 'assistRuling', ruling: { superior } })
    expect(disputed().move('decideAssistance', '03-04T15:00', { needed: false, basis: '清单没有' }, township!).state.stage).toBe(
      'notNeeded',
    )
    const needed = disputed().move('decideAssistance', '03-04T15:00', { needed: true, basis: '清单 2.1，支持到位' }, township!)
    expect([needed.state.stage, needed.due('assist')]).toEqual(['assisting', until('03-20T18:00')])
  })

  test('not yet done goes back with the deadline it had', () => {
    const told = forwarded().move('takeOn', '03-03T10:00').move('reportAssisted', '03-06T17:00', { outcomeReported: '探访了十户' })
    told.move('confirmAssisted', '03-09T09:00', { passed: false, finding: '还差两户' }, bureau!)
    expect([told.state.stage, told.due('assist')]).toEqual(['assisting', until('03-20T18:00')])
  })

  const post = (orgId: string, reach: string, ...permissions: string[]) =>
    ({ accountId: orgId, orgId, reach, areaId: superior.areaId, permissions: new Set(permissions) }) as unknown as Actor
  const may = (told: Told, key: string, actor: Actor) => mayMake(findMove(assistance, key)!, told.state, actor)

  test('is let through by the township but not by whoever asked, answered by the community alone, and confirmed by who asked', () => {
    const desk = post(township!, 'township', 'cases.admit', 'cases.request', 'cases.rule')
    expect(may(new Told(), 'admit', desk)).toBe(true)
    const own = new Told()
    own.entries[0] = { ...own.entries[0]!, accountId: township!, orgId: township! }
    expect([may(own, 'admit', desk), may(own, 'letGo', desk)]).toEqual([false, true])
    expect(may(forwarded(), 'takeOn', post(committee!, 'community', 'cases.handle'))).toBe(true)
    expect(may(forwarded(), 'takeOn', post(bureau!, 'line', 'cases.handle'))).toBe(false)
    const disputed = refused().move('askDecision', '03-04T09:00', { reason: '清单里有', superior }, bureau!)
    expect(may(disputed, 'decideAssistance', desk)).toBe(true)
    // Nobody rules on what his own organization asked for, nor on what it refused.
    disputed.entries[0] = { ...disputed.entries[0]!, orgId: township! }
    expect(may(disputed, 'decideAssistance', desk)).toBe(false)
    expect(may(disputed, 'decideAssistance', post(committee!, 'community', 'cases.rule'))).toBe(false)
  })
})
