import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type KnownPlace, matchPlaces, plainAddress, settledFrom } from './match-address.ts'

const estates = ['幸福小区', '红旗新村', '丝绸厂家属院', '农机厂宿舍', '望江苑东区']
const chinese = (n: number): string =>
  `${n > 19 ? '一二三四五六七八九'[Math.trunc(n / 10) - 1] : ''}${n > 9 ? '十' : ''}${n % 10 ? '一二三四五六七八九'[(n % 10) - 1] : ''}`
const wide = (text: string): string => text.replace(/[!-~]/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0))

interface Home {
  estate: string
  house: number
  cell: number
  room: number
}
const home: fc.Arbitrary<Home> = fc.record({
  estate: fc.constantFrom(...estates),
  house: fc.integer({ min: 1, max: 12 }),
  cell: fc.integer({ min: 1, max: 3 }),
  room: fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 3 })).map(([floor, door]) => floor * 100 + door),
})
const idOf = ({ estate, house, cell, room }: Home): string => `${estate} ${house} ${cell} ${room}`
const place = ({ estate, house }: Home): string => `${estate}#${house}`

/** What a registry with these homes knows. */
const registryOf = (homes: readonly Home[]): KnownPlace[] =>
  [...Map.groupBy(new Map(homes.map((one) => [idOf(one), one])).values(), place)].map(([key, there]) => ({
    key,
    addressId: key,
    divisions: ['幸福社区', '青松街道'],
    homes: there.map((one) => ({ addressId: idOf(one), room: `#${one.room}`, cell: `#${one.cell}` })),
  }))

/** As somebody may write it in full. */
const written = fc
  .record({
    house: fc.constantFrom('栋', '幢', '号楼', '座', '#楼'),
    before: fc.constantFrom('', '青松街道幸福社区', '青松路12号', '地址：'),
    after: fc.constantFrom('', '室', '户', ' 联系电话见后'),
    isChinese: fc.boolean(),
    isWide: fc.boolean(),
    isBare: fc.boolean(),
  })
  .map(({ house, before, after, isChinese, isWide, isBare }) => (one: Home): string => {
    const numbers = isBare
      ? `${one.house}-${one.cell}-${one.room}`
      : isChinese
        ? `${chinese(one.house)}${house}${chinese(one.cell)}单元${one.room}`
        : `${one.house}${house}${one.cell}单元${one.room}`
    const text = `${before}${one.estate}${numbers}${isBare ? '' : after}`
    return isWide ? wide(text) : text
  })

test('a home that is on record and written in full is settled, among whatever others; one that is not on record settles nobody else', () => {
  fc.assert(
    fc.property(home, fc.array(home, { minLength: 60, maxLength: 200 }), written, (one, others, write) => {
      const text = plainAddress(write(one))
      const [first, second] = matchPlaces(text, registryOf([...others, one]))
      expect([text, first?.addressId]).toEqual([text, idOf(one)])
      expect(first!.score).toBeGreaterThanOrEqual(settledFrom)
      expect(second?.score ?? 0).toBeLessThan(settledFrom)

      const without = others.filter((other) => idOf(other) !== idOf(one))
      const settled = matchPlaces(text, registryOf(without)).filter(
        ({ addressId, score }) => score >= settledFrom && !addressId.includes('#'),
      )
      expect([text, settled]).toEqual([text, []])
    }),
    { numRuns: 500 },
  )
})

test('any text has matches from 0 to 1, best first, the same in whatever order the places are known', () => {
  const piece = fc.constantFrom(
    '幸福小区',
    '红旗新村',
    '3',
    '12',
    '501',
    '栋',
    '号楼',
    '单元',
    '室',
    '号',
    '-',
    ' ',
    '三',
    'A',
    '弄',
    '层',
    '的',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), fc.array(home, { minLength: 20, maxLength: 60 }), (pieces, homes) => {
      const text = plainAddress(pieces.join(''))
      const known = registryOf(homes)
      const matches = matchPlaces(text, known)
      expect(matches.every(({ score }) => score >= 0 && score <= 1)).toBe(true)
      expect(matches.map(({ score }) => score)).toEqual(matches.map(({ score }) => score).toSorted((a, b) => b - a))
      expect(matchPlaces(text, known.toReversed())).toEqual(matches)
    }),
  )
})
