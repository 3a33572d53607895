import { defineForm, type Field } from '@linli/forms/define'
import { expect, test } from 'vitest'
import { aCaseType, streetLamp } from '../testing/street-lamp.ts'
import type { CaseType, Move } from './case-type.ts'
import { checkCaseType } from './check-case-type.ts'

/** The street lamp with one of its moves changed. */
const withMove = (key: string, changes: Partial<Move>): CaseType =>
  aCaseType({ moves: streetLamp.moves.map((move) => (move.key === key ? { ...move, ...changes } : move)) })
const withStage = (key: keyof typeof streetLamp.stages, changes: object): CaseType =>
  aCaseType({ stages: { ...streetLamp.stages, [key]: { ...streetLamp.stages[key], ...changes } } })
const without = (field: string, form = streetLamp.moves.find((move) => move.key === 'pause')!.form!) =>
  defineForm(...form.fields.map((one): Field => (one.key === field ? { ...one, required: undefined, basis: undefined } : one)))

test('the street lamp of the kernel tests may run', () => {
  expect(checkCaseType(aCaseType())).toEqual([])
})

const planted: [mistake: string, type: CaseType, noticed: string][] = [
  ['no basis', aCaseType({ because: '' }), 'has no basis'],
  ['an opening nowhere', aCaseType({ opens: 'dreamt' }), 'opens in the undeclared stage dreamt'],
  ['a clock nobody declared opens', aCaseType({ opensClocks: ['sundial'] }), 'opens the undeclared clock sundial'],
  [
    'a clock without basis',
    aCaseType({ clocks: { ...streetLamp.clocks, call: { ...streetLamp.clocks.call!, because: '' } } }),
    'clock call has no basis',
  ],
  ['a stage with an unknown clock', withStage('sent', { clock: 'sundial' }), 'stage sent runs the undeclared clock sundial'],
  ['a stage without words for the resident', withStage('sent', { publicName: '' }), 'stage sent says nothing to the resident'],
  ['an end that someone still holds', withStage('done', { holder: 'desk' }), 'stage done is final and still held'],
  ['an end that waits in a queue', withStage('done', { queue: 'accept' }), 'stage done is final and still waits'],
  ['a stage that nobody holds', withStage('sent', { holder: 'none' }), 'stage sent is held by nobody'],
  [
    'a stage without a way in',
    aCaseType({ stages: { ...streetLamp.stages, lost: { ...streetLamp.stages.sent } } }),
    'stage lost cannot be reached',
  ],
  [
    'a stage without a way out',
    aCaseType({ moves: streetLamp.moves.filter((move) => move.key !== 'showRemend') }),
    'stage remending never ends',
  ],
  ['a move to nowhere', withMove('take', { to: 'dreamt' }), 'move take names the undeclared stage dreamt'],
  [
    'a branch to nowhere',
    withMove('call', { toWhen: [{ field: 'resolved', is: false, to: 'dreamt' }] }),
    'move call names the undeclared stage dreamt',
  ],
  ['a move from nowhere', withMove('note', { from: [] }), 'move note starts nowhere'],
  ['a move for everybody', withMove('take', { permission: undefined }), 'move take asks no permission'],
  ['two moves of one name', aCaseType({ moves: [...streetLamp.moves, streetLamp.moves[0]!] }), 'two moves are called list'],
  [
    'a branch on a field that is not asked',
    withMove('call', { toWhen: [{ field: 'mood', is: 1, to: 'mending' }] }),
    'move call branches on the missing field mood',
  ],
  ['a reply that is not asked', withMove('mend', { reply: 'mood' }), 'move mend replies with the missing field mood'],
  [
    'four eyes on an unknown move',
    withMove('call', { notBy: { moves: ['dream'] } }),
    'move call is kept from the maker of the unknown move dream',
  ],
  [
    'an effect on an unknown clock',
    withMove('take', { effects: [{ does: 'startClock', clock: 'sundial' }] }),
    'move take touches the undeclared clock sundial',
  ],
  [
    'an effect that reads a field not asked',
    withMove('send', { effects: [{ does: 'setMain', from: 'mood' }] }),
    'move send reads the missing field mood',
  ],
  [
    'an extension of what cannot be extended',
    withMove('grantExtension', { effects: [{ does: 'grantExtension', clocks: ['call'] }] }),
    'move grantExtension extends clocks that cannot be extended',
  ],
  ['a pause without an end', withMove('pause', { form: without('until') }), 'move pause pauses without an end'],
  ['a pause without a reason', withMove('pause', { form: without('reason') }), 'move pause pauses without a reason'],
  ['a move of the resident that no page offers', withMove('add', { key: 'shout' }), "move shout is the resident's, but no page offers it"],
  [
    'a required field without basis',
    aCaseType({ form: defineForm({ key: 'detail', label: '情况', type: 'text', max: 9, required: true }) }),
    'the required field detail says no basis',
  ],
  ['two notices of one level', aCaseType({ notices: [...streetLamp.notices, streetLamp.notices[0]!] }), 'two notices have level 1'],
  ['a notice to nobody', aCaseType({ notices: [{ ...streetLamp.notices[0]!, tells: [] }] }), 'notice 1 tells nobody'],
  [
    'a rating by a move that is not there',
    aCaseType({ rating: { ...streetLamp.rating!, move: 'applaud' } }),
    'the rating names the unknown move applaud',
  ],
  [
    'a rating by the desk',
    withMove('grade', { by: 'desk', permission: 'cases.read' }),
    'move grade does not rate, or not for the resident',
  ],
  [
    'a rectification that waits for someone',
    withMove('remend', { by: 'desk', permission: 'cases.read' }),
    'move remend must follow by itself',
  ],
  [
    'a rectification verified by who did it',
    withMove('checkRemend', { notBy: undefined }),
    'move checkRemend must be kept from the organization that handled',
  ],
  [
    'every grade a bad one',
    aCaseType({ rating: { ...streetLamp.rating!, badAtMost: 5 } }),
    'the rating calls no grade bad, or all of them',
  ],
  ['a rating without basis', aCaseType({ rating: { ...streetLamp.rating!, because: '' } }), 'the rating has no basis'],
]

test.each(planted)('a planted mistake is noticed: %s', (_, type, noticed) => {
  expect(checkCaseType(type).join('\n')).toContain(`street-lamp: ${noticed}`)
})
