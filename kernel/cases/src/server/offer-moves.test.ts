import { type ActorTraits, anActor } from '@linli/base/testing'
import { describe, expect, test } from 'vitest'
import { findMove } from '../define/case-type.ts'
import { type Entry, foldCase } from '../define/fold.ts'
import { someCast } from '../testing/a-walk.ts'
import { aCaseType } from '../testing/street-lamp.ts'
import { mayMake, offerMoves } from './offer-moves.ts'

const type = aCaseType()
const [fixers, office, others] = someCast.orgIds as [string, string, string]
const [anna, boris, clara] = someCast.accountIds as [string, string, string]
const start = Date.parse('2026-03-02T01:00:00Z')

type Line = [move: string, data: Record<string, unknown>, accountId: string | null, orgId: string | null]
const stateOf = (...lines: Line[]) => {
  const entries = lines.map(
    ([move, data, accountId, orgId], i): Entry => ({ seq: i + 2, move, data, at: new Date(start + i * 60_000), accountId, orgId }),
  )
  return foldCase(type, [{ seq: 1, move: 'open', data: {}, at: new Date(start), accountId: null, orgId: null }, ...entries])
}
const sent: Line[] = [
  ['list', { appealType: 'help' }, boris, office],
  ['send', { orgId: fixers }, boris, office],
]
const mended = stateOf(...sent, ['take', {}, anna, fixers], ['mend', { words: '换了' }, anna, fixers])
const asked = stateOf(...sent, ['askExtension', { reason: '订货' }, anna, fixers])

const everything = [
  'cases.read',
  'cases.accept',
  'cases.dispatch',
  'cases.handle',
  'cases.followUp',
  'cases.verify',
  'cases.approveExtension',
]
const post = (traits: ActorTraits) => anActor({ permissions: everything, ...traits })
const desk = (traits: ActorTraits = {}) => post({ reach: 'township', orgId: office, accountId: clara, ...traits })
const line = (traits: ActorTraits = {}) => post({ reach: 'line', orgId: fixers, accountId: clara, ...traits })
const may = (key: string, state: typeof mended, actor: ReturnType<typeof post>) => mayMake(findMove(type, key)!, state, actor)

describe('whose move it is', () => {
  test('the desk is a territory post, the main organization is who was charged with the case', () => {
    const state = stateOf(...sent)
    expect([may('resend', state, desk()), may('resend', state, line())]).toEqual([true, false])
    expect([may('take', state, desk()), may('take', state, line()), may('take', state, line({ orgId: others }))]).toEqual([
      false,
      true,
      false,
    ])
    // A committee that was charged with a case is both.
    expect([may('take', state, desk({ orgId: fixers })), may('resend', state, desk({ orgId: fixers }))]).toEqual([true, true])
  })

  test('a post without a reach, whatever it may, is no desk', () => {
    expect(may('resend', stateOf(...sent), desk({ reach: 'none' }))).toBe(false)
  })

  test('the permission is asked for every time', () => {
    for (const move of type.moves) {
      if (!move.permission) continue
      for (const actor of [desk({ permissions: [] }), line({ permissions: [] })])
        expect([move.key, mayMake(move, mended, actor)]).toEqual([move.key, false])
    }
  })

  test("the moves of the resident and of the platform are no post's", () => {
    for (const key of ['add', 'withdraw', 'reopen', 'grade', 'remend'])
      for (const actor of [desk(), line()]) expect([key, may(key, mended, actor)]).toEqual([key, false])
  })

  test('a note is open to desk, main and former organizations, and to nobody else', () => {
    const state = stateOf(...sent, ['resend', { orgId: others }, boris, office])
    expect([desk(), line(), line({ orgId: others })].map((actor) => may('note', state, actor))).toEqual([true, true, true])
    expect(may('note', state, line({ orgId: office }))).toBe(false)
  })
})

describe('four eyes', () => {
  test('who answered does not call back, from whatever desk he does it', () => {
    expect(may('call', mended, desk())).toBe(true)
    expect(may('call', mended, desk({ accountId: anna }))).toBe(false)
  })

  test('nor does anyone of the organization that answered', () => {
    expect(may('call', mended, desk({ orgId: fixers }))).toBe(false)
  })

  test('who asks for an extension does not grant it to himself', () => {
    expect([
      may('grantExtension', asked, desk()),
      may('grantExtension', asked, desk({ orgId: fixers })),
      may('grantExtension', asked, desk({ accountId: anna })),
    ]).toEqual([true, false, false])
  })

  test('it is the latest maker that counts: after another department answered, the first may call back', () => {
    const again = stateOf(
      ...sent,
      ['take', {}, anna, fixers],
      ['mend', { words: '换了' }, anna, fixers],
      ['call', { resolved: false }, boris, office],
      ['resend', { orgId: others }, boris, office],
      ['take', {}, clara, others],
      ['mend', { words: '又换了' }, clara, others],
    )
    expect([may('call', again, desk({ accountId: anna, orgId: fixers })), may('call', again, desk({ orgId: others }))]).toEqual([
      true,
      false,
    ])
  })
})

test("what is offered is what is open and one's own, the first choice first", () => {
  const offers = offerMoves(type, mended, desk(), new Date(start))
  expect(offers.map((offer) => offer.key)).toEqual(['call', 'note'])
  expect(offers[0]).toMatchObject({ name: '回访', primary: true, form: findMove(type, 'call')!.form })
  expect(offerMoves(type, mended, line(), new Date(start)).map((offer) => offer.key)).toEqual(['note'])
})
