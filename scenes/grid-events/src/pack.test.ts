import type { Actor } from '@linli/base/server'
import { publishedCalendar } from '@linli/base/server'
import { type CaseState, type Entry, findMove, foldCase, formOf, isOpenTo, timesOf } from '@linli/cases/define'
import { mayMake } from '@linli/cases/server'
import { parseForm } from '@linli/forms/define'
import { checkScene } from '@linli/scene/define'
import { describe, expect, test } from 'vitest'
import { categories } from './categories.ts'
import { event } from './event.ts'
import { gridEvents } from './pack.ts'

test('the pack declares nothing that does not fit', () => {
  expect(checkScene(gridEvents)).toEqual([])
})

test('the categories are those of the event tree, under keys of their own, without codes of any handbook', () => {
  const names =
    '环境卫生、公共设施、街面秩序、违建施工、宣传广告、安全隐患、矛盾纠纷、治安线索、特殊人群服务、流动人口房屋变更、民生诉求、物业、突发事件、舆情、其他'
  expect(categories.map(({ name }) => name)).toEqual(names.split('、'))
  expect(categories.every(({ key }) => /^ev-[a-z]+$/.test(key))).toBe(true)
})

test('residents do not rate grid events, and nobody is measured by photos', () => {
  expect(event.rating).toBeUndefined()
  const asks = event.moves.filter(({ form }) => form?.fields.some((field) => field.type === 'files' && field.required))
  expect(asks).toEqual([])
})

const calendar = publishedCalendar()
const at = (text: string): Date => new Date(`2026-${text}:00+08:00`)
const unit = '11111111-1111-4111-8111-111111111111'
const other = '22222222-2222-4222-8222-222222222222'
const committee = '33333333-3333-4333-8333-333333333333'
const center = '44444444-4444-4444-8444-444444444444'
const photo = '55555555-5555-4555-8555-555555555555'
const handled = { outcome: '已清理干净' }
const superior = { areaId: '66666666-6666-4666-8666-666666666666', name: '清河县', level: 'county' }

/** An event told as a list of moves; each must be open and filled as its form wants it in this case. */
class Told {
  readonly entries: Entry[]

  constructor(when: string, data: Record<string, unknown> = {}) {
    const opening = { level: 'ordinary', category: 'ev-env', ...data }
    this.entries = [{ seq: 1, move: 'open', at: at(when), data: opening, accountId: 'grid', orgId: committee }]
  }

  get state(): CaseState {
    return foldCase(event, this.entries)
  }

  move(key: string, when: string, data: Record<string, unknown> = {}, by = unit): this {
    const move = findMove(event, key)!
    expect(isOpenTo(event, this.state, move, at(when)), `${key} in ${this.state.stage}`).toBe(true)
    const { superior: _, ...filled } = data
    expect(parseForm(formOf(move, this.state), filled, at(when)), key).toMatchObject({ ok: true })
    this.entries.push({ seq: this.entries.length + 1, move: key, at: at(when), data, accountId: by, orgId: by })
    return this
  }

  may(key: string, when: string): boolean {
    return isOpenTo(event, this.state, findMove(event, key)!, at(when))
  }

  due(clock: string): string | undefined {
    const latest = this.state.clocks.findLast(({ key }) => key === clock)
    return latest && timesOf(latest, calendar).dueAt?.toISOString()
  }
}

const registered = (data: { level?: string; category?: string } = {}) =>
  new Told('03-02T09:00', data).move('register', '03-02T09:30', { level: 'ordinary', category: 'ev-env', ...data })
const inHand = (data: { level?: string; category?: string } = {}) =>
  registered(data).move('dispatch', '03-02T10:00', { orgId: unit }).move('claim', '03-02T11:00')
const done = () => inHand().move('finish', '03-02T16:00', handled)
const concluded = () => done().move('check', '03-03T09:00', { passed: true }).move('conclude', '03-03T10:00')

const post = (accountId: string, orgId: string, ...permissions: string[]) =>
  ({ accountId, orgId, reach: 'community', permissions: new Set(permissions) }) as unknown as Actor

describe('a grid event', () => {
  test('runs from the report to closing, each step with a clock of its own', () => {
    const { state } = concluded()
    expect(state).toMatchObject({ stage: 'concluded', status: 'closed', mainOrgId: unit, category: 'ev-env', level: 'ordinary' })
    expect(state.clocks.map(({ key }) => key)).toEqual(['register', 'dispatch', 'claim', 'disposal', 'check', 'conclude'])
    expect(state.clocks.every(({ stoppedAt }) => stoppedAt !== null)).toBe(true)
    expect(Object.keys(state.milestones)).toEqual(['accepted', 'dispatched', 'replied', 'checked'])
  })

  test.each([
    ['ordinary', 'ev-env', '03-04T00:00', true],
    ['ordinary', 'ev-order', '03-02T15:30', true],
    ['ordinary', 'ev-build', '03-24T00:00', true],
    ['ordinary', 'ev-dispute', '03-10T00:00', true],
    ['pressing', 'ev-build', '03-05T00:00', true],
    ['urgent', 'ev-build', '03-03T10:00', false],
    ['critical', 'ev-env', '03-02T14:00', false],
  ])(
    'that is %s and %s is due by its level, else by its category, and not extended when it is urgent',
    (level, category, due, isExtensible) => {
      const told = inHand({ level, category })
      expect(told.due('disposal')).toBe(at(due).toISOString())
      expect(told.may('askExtension', '03-02T12:00')).toBe(isExtensible)
    },
  )

  test('of urgency does not wait for the office to open', () => {
    const [friday, urgent] = [new Told('03-06T19:00'), new Told('03-06T19:00', { level: 'urgent' })]
    expect([friday.due('register'), urgent.due('register')]).toEqual([at('03-09T11:00').toISOString(), at('03-06T21:00').toISOString()])
  })

  test('that fails its check is done again with the deadline it had', () => {
    const told = done()
    const before = told.due('disposal')
    told.move('check', '03-02T17:00', { passed: false, finding: '还有一半没清' })
    expect(told.state).toMatchObject({ stage: 'inHand', mainOrgId: unit })
    expect([told.due('disposal'), told.state.clocks.findLast(({ key }) => key === 'disposal')!.stoppedAt]).toEqual([before, null])
    told.move('finish', '03-03T09:00', handled).move('check', '03-03T11:00', { passed: true })
    expect(told.state.stage).toBe('checked')
  })

  test('is checked by nobody of the organization that handled it, and by whoever reported it', () => {
    const { state } = done()
    const check = findMove(event, 'check')!
    const may = (accountId: string, orgId: string) => mayMake(check, state, post(accountId, orgId, 'cases.check'))
    expect([may(unit, unit), may('colleague', unit), may('grid', committee)]).toEqual([false, false, true])
  })

  test('handled by the grid itself is closed when it is ordinary, else checked by another organization', () => {
    const small = new Told('03-02T09:00').move('selfHandle', '03-02T09:20', handled, committee)
    expect(small.state).toMatchObject({ stage: 'concluded', status: 'closed' })
    const big = new Told('03-02T09:00', { level: 'pressing' }).move('selfHandle', '03-02T09:20', handled, committee)
    expect([big.state.stage, big.due('check')]).toEqual(['selfHandled', at('03-04T00:00').toISOString()])
    const check = findMove(event, 'checkSelfHandled')!
    const may = (orgId: string) => mayMake(check, big.state, post('somebody', orgId, 'cases.check'))
    expect([may(committee), may(center)]).toEqual([false, true])
    expect(big.move('checkSelfHandled', '03-02T15:00', { passed: false }, center).state.stage).toBe('listed')
    big.move('dispatch', '03-02T15:10', { orgId: unit }).move('claim', '03-02T15:20').move('finish', '03-03T09:00', handled)
    // What the grid did before does not keep its people from checking the unit.
    expect(mayMake(findMove(event, 'check')!, big.state, post('grid', committee, 'cases.check'))).toBe(true)
    expect(registered({ level: 'pressing' }).move('selfHandle', '03-02T10:00', handled, committee).state.stage).toBe('selfHandled')
  })

  test('that was dangerous is shown to be safe by a picture; reporting one never waits for it', () => {
    const told = inHand({ category: 'ev-safety' })
    const finish = findMove(event, 'finish')!
    const parse = (data: Record<string, unknown>) => parseForm(formOf(finish, told.state), data, at('03-02T12:00'))
    expect(parse(handled)).toMatchObject({ ok: false, problems: [{ path: 'data.attachments' }] })
    expect(parse({ ...handled, attachments: [photo] })).toMatchObject({ ok: true })
    expect(event.form.fields.some(({ type }) => type === 'files')).toBe(false)
  })

  test('rejected once goes to the desk, a second time to the lowest common superior, whose ruling stands [GRID-03]', () => {
    const back = { code: 'duty', basis: '不在职责清单内' }
    const told = registered().move('dispatch', '03-02T10:00', { orgId: unit }).move('rejectDispatch', '03-02T14:00', back)
    expect(told.state).toMatchObject({ stage: 'listed', mainOrgId: null })
    told.move('dispatch', '03-02T15:00', { orgId: other }).move('rejectDispatch', '03-03T09:00', { ...back, superior })
    expect(told.state).toMatchObject({ stage: 'ruling', ruling: { superior } })
    told.move('arbitrate', '03-03T10:00', { orgId: other, basis: '清单 1.2' })
    expect([told.state.stage, told.may('rejectDispatch', '03-03T11:00')]).toEqual(['dispatched', false])
    const asked = registered().move('dispatch', '03-02T10:00', { orgId: unit }).move('rejectDispatch', '03-02T14:00', back)
    expect(asked.move('askRuling', '03-02T15:00', { reason: '应由其办', superior }).state.stage).toBe('ruling')
  })

  test('may be sent to another unit, handed on inside it, paused, and extended once by somebody else', () => {
    const told = inHand({ category: 'ev-build' })
    told
      .move('assign', '03-02T12:00', { colleagueId: other })
      .move('pause', '03-03T10:00', { reason: '公示', until: at('03-06T18:00').toISOString() })
    expect(told.may('finish', '03-04T10:00')).toBe(false)
    told.move('resume', '03-05T09:00').move('askExtension', '03-10T10:00', { reason: '当事人外出' })
    told.move('grantExtension', '03-10T15:00', { reason: '属实' }, center)
    expect([told.may('askExtension', '03-11T10:00'), told.state.extension]).toEqual([false, 'granted'])
    told.move('redispatch', '03-11T10:00', { orgId: other })
    expect(told.state).toMatchObject({ stage: 'dispatched', mainOrgId: other, handlerId: null })
    const granted = inHand({ category: 'ev-dispute' }).move('askExtension', '03-05T10:00', { reason: '当事人外出' })
    // Five working days, and as much again.
    expect(granted.move('grantExtension', '03-05T15:00', { reason: '属实' }, center).due('disposal')).toBe(at('03-17T00:00').toISOString())
    const refused = inHand({ category: 'ev-build' }).move('askExtension', '03-10T10:00', { reason: '人手不够' })
    expect(refused.move('refuseExtension', '03-10T15:00', { reason: '不属实' }, center).state.extension).toBe('refused')
  })

  test('that is none, or belongs elsewhere, ends with a ground; one taken back within five minutes is withdrawn', () => {
    const none = new Told('03-02T09:00').move('dismiss', '03-02T09:30', { dismissal: 'absent', reason: '现场没有' })
    expect(none.state).toMatchObject({ stage: 'notAnEvent', status: 'closed' })
    expect(registered().move('handOver', '03-02T10:00', { receiver: 'emergency', reason: '有人受伤' }).state.stage).toBe('handedOver')
    expect(new Told('03-02T09:00').move('withdraw', '03-02T09:04').state.status).toBe('withdrawn')
  })

  test('is reopened by the resident who reported it, within thirty days, and goes through it again', () => {
    const told = concluded()
    expect([told.may('reopen', '04-02T10:00'), told.may('reopen', '04-02T10:01')]).toEqual([true, false])
    told.move('reopen', '03-10T09:00', { reason: '又堆上了' })
    expect(told.state).toMatchObject({ stage: 'listed', round: 2, status: 'open' })
    const none = new Told('03-02T09:00').move('dismiss', '03-02T09:30', { dismissal: 'absent', reason: '现场没有' })
    expect(none.move('reopen', '03-03T09:00', { reason: '就在后门' }).state.stage).toBe('reported')
  })

  test('can be added to by the resident while it runs, urged and watched by those above, and noted on even after', () => {
    expect(inHand().move('add', '03-02T12:00', { detail: '在后门' }).state.stage).toBe('inHand')
    expect([concluded().may('add', '03-07T10:00'), concluded().may('note', '03-07T10:00')]).toEqual([false, true])
    const watched = inHand()
      .move('remind', '03-02T12:00', { words: '今天办完' })
      .move('supervise', '03-02T13:00', { words: '周五前看到结果' })
    expect([watched.state.stage, watched.state.supervisedAt, watched.may('supervise', '03-02T14:00')]).toEqual([
      'inHand',
      at('03-02T13:00'),
      false,
    ])
    expect(concluded().move('note', '03-07T10:00', { note: '同一地点第三次' }).state.stage).toBe('concluded')
  })
})
