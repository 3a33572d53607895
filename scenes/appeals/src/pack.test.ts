import { publishedCalendar } from '@linli/base/server'
import { type CaseState, defineCaseType, type Entry, findMove, foldCase, isOpenTo, type Move, timesOf } from '@linli/cases/define'
import { parseForm } from '@linli/forms/define'
import { checkScene } from '@linli/scene/define'
import { describe, expect, test } from 'vitest'
import { appeal } from './appeal.ts'
import { categories } from './categories.ts'
import { appeals } from './pack.ts'

test('the pack declares nothing that does not fit', () => {
  expect(checkScene(appeals)).toEqual([])
})

test('the fifteen first-level categories are there, each with words that people use', () => {
  const names =
    '城乡建设、党务政务、国土资源、环境保护、纪检监察、交通运输、经济管理、科技与信息产业、民政、农村农业、商贸旅游、卫生计生、政法、教育文体、劳动和社会保障'
  expect(categories.map(({ name }) => name)).toEqual(names.split('、'))
  for (const { examples } of categories) {
    expect(examples.length).toBeGreaterThanOrEqual(5)
    expect(examples.length).toBeLessThanOrEqual(12)
    expect(new Set(examples).size).toBe(examples.length)
  }
})

const withMove = (key: string, change: Partial<Move>) => ({
  ...appeals,
  caseTypes: [{ ...appeal, moves: appeal.moves.map((move) => (move.key === key ? { ...move, ...change } : move)) }],
})

const planted: [string, Parameters<typeof checkScene>[0], RegExp][] = [
  ['a move without its English', { ...appeals, en: { ...appeals.en, 'move.claim': '' } }, /no English for move\.claim/],
  [
    'a message that a move tells and nobody wrote',
    withMove('reply', { tells: { who: 'desk', template: 'appeals.gone' } }),
    /unknown message appeals\.gone/,
  ],
  ['a move to a stage that is not there', withMove('claim', { to: 'doing' as never }), /claim names the undeclared stage doing/],
  [
    'a clock that is not there',
    withMove('reply', { effects: [{ does: 'stopClock', clock: 'inner' }] }),
    /reply touches the undeclared clock inner/,
  ],
  [
    'a field that the form does not have',
    withMove('dispatch', { effects: [{ does: 'setMain', from: 'unit' }] }),
    /dispatch reads the missing field unit/,
  ],
  [
    'a stage from which nothing ends',
    withMove('verifyRectification', { to: 'rectifying', toWhen: [] }),
    /stage (verifying|rectifying) never ends/,
  ],
  ['a move that asks no permission', withMove('accept', { permission: undefined }), /accept asks no permission/],
]

test.each(planted)('%s is noticed', (_, pack, problem) => {
  expect(checkScene(pack).join('\n')).toMatch(problem)
})

test('a move to an undeclared stage does not compile', () => {
  const { stages, opens, ...rest } = appeal
  const broken = defineCaseType({
    ...rest,
    stages,
    opens,
    moves: [
      // @ts-expect-error there is no stage "doing"
      { key: 'claim', name: '签收', from: ['dispatched'], to: 'doing', by: 'main', permission: 'cases.handle' },
    ],
  })
  expect(checkScene({ ...appeals, caseTypes: [broken] }).join('\n')).toMatch(/undeclared stage doing/)
})

const calendar = publishedCalendar()
const at = (text: string): Date => new Date(`2026-${text}:00+08:00`)
const unit = '11111111-1111-4111-8111-111111111111'
const other = '22222222-2222-4222-8222-222222222222'
const somebody = '33333333-3333-4333-8333-333333333333'

/** A case told as a list of moves; each must be open and filled as the form wants it. */
class Told {
  readonly entries: Entry[]

  constructor(when: string, data: Record<string, unknown> = {}) {
    this.entries = [{ seq: 1, move: 'open', at: at(when), data, accountId: null, orgId: null }]
  }

  get state(): CaseState {
    return foldCase(appeal, this.entries)
  }

  move(key: string, when: string, data: Record<string, unknown> = {}): this {
    const move = findMove(appeal, key)!
    expect(isOpenTo(appeal, this.state, move, at(when)), `${key} in ${this.state.stage}`).toBe(true)
    expect(parseForm(move.form, data, at(when))).toMatchObject({ ok: true })
    this.entries.push({ seq: this.entries.length + 1, move: key, at: at(when), data, accountId: somebody, orgId: null })
    return this
  }

  may(key: string, when: string): boolean {
    return isOpenTo(appeal, this.state, findMove(appeal, key)!, at(when))
  }

  due(clock: string): string | undefined {
    const latest = this.state.clocks.findLast(({ key }) => key === clock)
    return latest && timesOf(latest, calendar).dueAt?.toISOString()
  }
}

const accepted = () =>
  new Told('03-02T09:00').move('accept', '03-02T09:30', { appealType: 'complaint', category: 'urban-rural-construction' })
const inHand = () => accepted().move('dispatch', '03-02T10:00', { orgId: unit }).move('claim', '03-02T11:00')
const closed = () =>
  inHand()
    .move('contact', '03-02T14:00', { contactedAt: at('03-02T13:50').toISOString() })
    .move('reply', '03-05T16:00', { reply: '修好了' })
    .move('followUp', '03-06T10:00', { contactedAt: at('03-06T09:50').toISOString(), resolved: true, satisfied: true })

describe('an appeal', () => {
  test('runs from filing to closing, every department clock inside the promise', () => {
    const told = closed()
    expect(told.state).toMatchObject({ stage: 'closed', status: 'closed', mainOrgId: unit, category: 'urban-rural-construction' })
    expect(told.due('outer')).toBe(at('03-17T00:00').toISOString())
    expect(told.due('department')).toBe(at('03-14T00:00').toISOString())
    expect(told.state.clocks.every(({ stoppedAt }) => stoppedAt !== null)).toBe(true)
    expect(Object.keys(told.state.milestones)).toEqual(['accepted', 'dispatched', 'contacted', 'replied', 'followedUp'])
  })

  test('that was not solved goes back to the unit with the deadline it had', () => {
    const told = inHand().move('reply', '03-05T16:00', { reply: '修好了' })
    const before = told.due('outer')
    told.move('followUp', '03-06T10:00', { contactedAt: at('03-06T09:50').toISOString(), resolved: false })
    expect(told.state.stage).toBe('handling')
    expect([told.due('outer'), told.state.clocks.findLast(({ key }) => key === 'outer')!.stoppedAt]).toEqual([before, null])
  })

  test('paused until a day holds its clocks and goes on by itself', () => {
    const told = inHand()
    told.move('pause', '03-03T10:00', { reason: '检验检测', until: at('03-06T18:00').toISOString() })
    expect([told.may('reply', '03-05T10:00'), told.may('reply', '03-06T18:00')]).toEqual([false, true])
    // Held at midnight of the 3rd, 4th and 5th: three days of ten are counted later.
    expect(told.due('outer')).toBe(at('03-20T00:00').toISOString())
    expect(told.move('resume', '03-04T09:00').due('outer')).toBe(at('03-18T00:00').toISOString())
  })

  test('may be extended once, and never when it is urgent', () => {
    const told = inHand()
      .move('askExtension', '03-10T10:00', { reason: '配件要调货' })
      .move('grantExtension', '03-10T15:00', { reason: '属实' })
    expect(told.due('outer')).toBe(at('03-31T00:00').toISOString())
    expect(told.may('askExtension', '03-11T10:00')).toBe(false)
    const refused = inHand()
      .move('askExtension', '03-10T10:00', { reason: '人手不够' })
      .move('refuseExtension', '03-10T15:00', { reason: '不属实' })
    expect([refused.due('outer'), refused.may('askExtension', '03-11T10:00')]).toEqual([at('03-17T00:00').toISOString(), false])
    const urgent = new Told('03-02T09:00')
      .move('accept', '03-02T09:05', { appealType: 'urgent' })
      .move('dispatch', '03-02T09:10', { orgId: unit })
    expect([urgent.may('askExtension', '03-02T10:00'), urgent.due('outer')]).toEqual([false, at('03-03T09:05').toISOString()])
  })

  test('sent to the wrong unit starts that of the right one anew, the promise unchanged', () => {
    const told = accepted().move('dispatch', '03-02T10:00', { orgId: unit })
    const before = told.due('outer')
    told.move('note', '03-03T09:00', { note: '不在职责清单内' }).move('redispatch', '03-03T10:00', { orgId: other, clause: '1.3' })
    expect(told.state).toMatchObject({ stage: 'dispatched', mainOrgId: other, handlerId: null })
    expect([told.due('outer'), told.due('department')]).toEqual([before, at('03-17T00:00').toISOString()])
    told.move('assign', '03-03T11:00', { colleagueId: somebody }).move('claim', '03-03T11:30')
    expect(told.state.handlerId).toBe(somebody)
  })

  test('rated badly is rectified by the unit and verified by somebody else; one not put right goes back', () => {
    const told = closed().move('rate', '03-07T20:00', { score: 2, text: '又坏了' }).move('openRectification', '03-07T20:00')
    expect(told.due('rectify')).toBe(at('03-28T00:00').toISOString())
    const contactedAt = at('03-10T10:00').toISOString()
    told
      .move('submitRectification', '03-10T10:00', { reply: '返工了' })
      .move('verifyRectification', '03-10T15:00', { contactedAt, resolved: false })
    expect(told.state.stage).toBe('rectifying')
    told
      .move('submitRectification', '03-12T10:00', { reply: '再返工' })
      .move('verifyRectification', '03-12T15:00', { contactedAt, resolved: true })
    expect(told.state).toMatchObject({ stage: 'closed', rating: { score: 2 } })
    expect(told.may('rate', '03-13T10:00')).toBe(false)
    expect(findMove(appeal, 'verifyRectification')!.notBy).toMatchObject({ organization: true })
  })

  test('may be reopened within thirty days of closing, with a promise of its own, and not later', () => {
    const told = closed()
    expect([told.may('reopen', '04-05T10:00'), told.may('reopen', '04-05T10:01')]).toEqual([true, false])
    told.move('reopen', '03-20T09:00', { reason: '又坏了' })
    expect(told.state).toMatchObject({ stage: 'accepted', round: 2, extension: 'none', rating: null })
    expect(told.due('outer')).toBe(at('04-04T00:00').toISOString())
  })

  test('that was refused and is reopened goes back to the desk, which names its type before a promise counts', () => {
    const told = new Told('03-02T09:00').move('refuse', '03-02T09:30', { ground: 'court', reply: '法院已受理' })
    told.move('reopen', '03-03T09:00', { reason: '法院没有受理' })
    expect(told.state).toMatchObject({ stage: 'submitted', status: 'open', round: 2, appealType: null })
    expect(told.due('accept')).toBe(at('03-03T11:00').toISOString())
    told.move('accept', '03-03T09:30', { appealType: 'complaint', category: 'urban-rural-construction' })
    expect(told.due('outer')).toBe(at('03-18T00:00').toISOString())
  })

  test('may be withdrawn within five minutes while nobody took it in', () => {
    const told = new Told('03-02T09:00')
    expect([told.may('withdraw', '03-02T09:05'), told.may('withdraw', '03-02T09:06')]).toEqual([true, false])
    expect(told.move('withdraw', '03-02T09:04').state.status).toBe('withdrawn')
    expect(accepted().may('withdraw', '03-02T09:03')).toBe(false)
  })

  test('that is not for this platform is refused with a ground or handed over with a reason', () => {
    expect(new Told('03-02T09:00').move('refuse', '03-02T09:30', { ground: 'court', reply: '法院已受理' }).state.stage).toBe('refused')
    expect(accepted().move('handOver', '03-02T10:00', { receiver: 'discipline', reason: '属纪检监察' }).state).toMatchObject({
      stage: 'handedOver',
      status: 'closed',
    })
    expect(parseForm(findMove(appeal, 'refuse')!.form, { ground: 'dislike', reply: '不想办' }, at('03-02T09:30'))).toMatchObject({
      ok: false,
    })
  })

  test('can be added to by the resident while it runs, and noted on by staff even after', () => {
    const told = inHand().move('add', '03-02T12:00', { detail: '白天家里有人' })
    expect(told.state.stage).toBe('handling')
    expect([closed().may('add', '03-07T10:00'), closed().may('note', '03-07T10:00')]).toEqual([false, true])
  })
})
