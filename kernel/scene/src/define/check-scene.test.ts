import { expect, test } from 'vitest'
import { aScene, lampRepair } from '../testing/a-scene.ts'
import { checkScene, checkScenes } from './check-scene.ts'
import type { Scene } from './define-scene.ts'

test('a pack in which everything fits has no problems', () => {
  expect(checkScene(aScene())).toEqual([])
})

const whole = aScene()
const [reported, late] = whole.messages
const { 'move.mend': _, ...enWithoutMove } = whole.en

const planted: [string, Partial<Scene>, string][] = [
  ['no basis', { because: '' }, 'lamps: has no basis (because)'],
  ['a text without English', { en: enWithoutMove }, 'lamps: no English for move.mend'],
  ['English that is Chinese', { en: { ...whole.en, 'move.mend': '修好' } }, 'lamps: the English for move.mend is Chinese'],
  [
    'English left over from a renamed move',
    { en: { ...whole.en, 'move.fix': 'Fix' } },
    'lamps: English for move.fix, which nothing is called',
  ],
  [
    'other blanks in English',
    { en: { ...whole.en, 'public.move.dispatch': '{who} was sent' } },
    'lamps: public.move.dispatch fills nothing in Chinese and {who} in English',
  ],
  ['a message that is told and not there', { messages: [late!] }, 'lamps.repair: the opening names the unknown message lamps.reported'],
  [
    'a message that nothing tells',
    { messages: [reported!, late!, { ...late!, key: 'lamps.lost' }] },
    'lamps: nothing tells the message lamps.lost',
  ],
  [
    'a key of another scene',
    { messages: [reported!, late!, { ...late!, key: 'roofs.lost' }] },
    'lamps: roofs.lost is not a key of the form lamps.thing',
  ],
  [
    'a case type that does not run',
    { caseTypes: [{ ...lampRepair, opensClocks: ['gone'] }] },
    'lamps.repair: opens the undeclared clock gone',
  ],
]

test.each(planted)('%s is noticed', (_, traits, problem) => {
  expect(checkScene(aScene(traits))).toContain(problem)
})

test('two packs that use one key for different words are noticed', () => {
  const [lamps, roofs] = [aScene(), aScene({ key: 'roofs', caseTypes: [], categories: [], messages: [] })]
  const tiles = {
    ...lampRepair,
    key: 'roofs.repair',
    stages: { ...lampRepair.stages, mended: { ...lampRepair.stages.mended, name: '已盖好' } },
  }
  const en = { ...whole.en, 'stage.mended': 'Roofed', 'move.mend': 'Roofed' }
  expect(checkScenes([lamps, { ...roofs, caseTypes: [tiles], en }])).toEqual(
    expect.arrayContaining([
      'roofs: stage.mended is called 已盖好 here and 已修好 in lamps',
      'roofs: move.mend is called Roofed here and Mended in lamps',
    ]),
  )
})

test('two packs that declare the same thing are noticed', () => {
  expect(checkScenes([aScene(), aScene()])).toEqual(
    expect.arrayContaining([
      'lamps: lamps is already declared by lamps',
      'lamps: lamps.repair is already declared by lamps',
      'lamps: lamp is already declared by lamps',
    ]),
  )
})
