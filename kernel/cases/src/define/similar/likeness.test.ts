import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { golden } from './golden.ts'
import { buildingOf, likenessOf, metersBetween, type Sighting, similarFrom } from './likeness.ts'
import { sayingsIn } from './shared-words.ts'

const blank: Sighting = { communityId: 'community', place: null, position: null, at: 0, words: '', category: null }

test.each(golden)('golden: $name', ({ a, b, expect: wanted }) => {
  const found = likenessOf({ ...blank, ...a }, { ...blank, ...b })
  expect({ score: found.score, similar: found.score >= similarFrom }).toMatchObject({ similar: wanted.similar })
  if (wanted.place) expect(found.place).toBe(wanted.place)
  if (wanted.words) expect(found.words).toEqual(wanted.words)
})

const said = fc.constantFrom('路灯不亮', '楼顶漏水，三户都湿了', '下水道堵了，味道很大', '电梯停了两次', '您好，谢谢', '')
const near = (center: number) => fc.double({ min: center - 0.004, max: center + 0.004, noNaN: true })
const sighting: fc.Arbitrary<Sighting> = fc.record({
  communityId: fc.constantFrom('one', 'two', null),
  place: fc.constantFrom('飞龙花园 3 栋', '飞龙花园 4 栋', '东门菜市场', null),
  position: fc.option(fc.record({ lon: near(103.5), lat: near(30.19) }), { nil: null }),
  at: fc.integer({ min: 0, max: 90 * 86_400_000 }),
  words: fc.tuple(said, said).map((parts) => parts.join('。')),
  category: fc.constantFrom('construction', 'transport', null),
})

describe('likeness', () => {
  test('is the same from both sides', () => {
    fc.assert(
      fc.property(sighting, sighting, (a, b) => {
        expect(likenessOf(a, b)).toMatchObject(shared(likenessOf(b, a)))
      }),
    )
  })

  test('never rises with the time between two reports', () => {
    fc.assert(
      fc.property(sighting, sighting, fc.integer({ min: 0, max: 30 * 86_400_000 }), (a, b, more) => {
        const later = { ...b, at: b.at >= a.at ? b.at + more : b.at - more }
        expect(likenessOf(a, later).score).toBeLessThanOrEqual(likenessOf(a, b).score)
      }),
    )
  })

  test('never rises with the way between them', () => {
    fc.assert(
      fc.property(sighting, sighting, near(103.5), near(30.19), (a, b, lon, lat) => {
        const here = a.position ?? { lon: 103.5, lat: 30.19 }
        const from = { ...a, position: here }
        const [one, other] = [b.position ?? here, { lon, lat }]
        const [closer, further] = metersBetween(here, one) <= metersBetween(here, other) ? [one, other] : [other, one]
        expect(likenessOf(from, { ...b, position: further }).score).toBeLessThanOrEqual(likenessOf(from, { ...b, position: closer }).score)
      }),
    )
  })

  test('is between nothing and everything, and nothing where no word is shared', () => {
    fc.assert(
      fc.property(sighting, sighting, (a, b) => {
        const { score, words } = likenessOf(a, b)
        expect(score).toBeGreaterThanOrEqual(0)
        expect(score).toBeLessThanOrEqual(100)
        if (words.length === 0) expect(score).toBe(0)
      }),
    )
  })
})

/** The words are the same; which of two runs of one length stands first is no matter. */
const shared = ({ score, place, meters, days, sameCategory }: ReturnType<typeof likenessOf>) => ({
  score,
  place,
  meters,
  days,
  sameCategory,
})

test.each([
  ['飞龙花园 3 栋 2 单元 402', '飞龙花园3栋'],
  ['东门巷 12 号', '东门巷12号'],
  ['2 组 7 号院', '2组7号院'],
  ['东门菜市场', null],
  [null, null],
])('the building of %s is %s', (place, building) => {
  expect(buildingOf(place)).toBe(building)
})

test('a saying is heard in other words that have most of it, and not in a part of it', () => {
  const sayings = ['路灯不亮', '楼顶漏水', '停水']
  expect(sayingsIn('楼顶一直漏水，三户人家都湿了', sayings)).toEqual(['楼顶漏水'])
  expect(sayingsIn('路灯坏了', sayings)).toEqual([])
  expect(sayingsIn('从早上开始停水', sayings)).toEqual(['停水'])
})
