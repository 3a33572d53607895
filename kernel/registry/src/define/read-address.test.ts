import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addressForms, isPlace } from './address-forms.ts'
import { readAddress } from './read-address.ts'

const read = (text: string) => readAddress(text).map(({ type, start, end }) => `${type} ${text.slice(start, end)}`)
const wide = (text: string) => text.replace(/[!-~]/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0))

test('levels are found as people write them, and numbers that are names are not', () => {
  expect(read('青松路12号幸福小区3栋2单元501')).toEqual(['roadno 12号', 'houseno 3栋', 'cellno 2单元', 'roomno 501'])
  expect(read('幸福小区三号楼二单元501室')).toEqual(['houseno 三号楼', 'cellno 二单元', 'roomno 501室'])
  expect(read('幸福小区3-2-501')).toEqual(['houseno 3', 'cellno 2', 'roomno 501'])
  expect(read('幸福小区B座1203')).toEqual(['houseno B座', 'roomno 1203'])
  expect(read('两河村3组')).toEqual([])
  expect(read('赵桂兰')).toEqual([])
})

describe('whatever is typed', () => {
  test('levels stand in order, inside of the text, and do not overlap, in full width as in half', () => {
    const piece = fc.constantFrom('路', '小区', '3', '12', '501', '栋', '号楼', '单元', '室', '号', '-', ' ', '三', 'A', '弄', '村', '组')
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join('')),
        ),
        (text) => {
          const spans = readAddress(text)
          let end = 0
          for (const span of spans) {
            expect(span.start).toBeGreaterThanOrEqual(end)
            expect(span.end).toBeGreaterThan(span.start)
            end = span.end
          }
          expect(end).toBeLessThanOrEqual(text.length)
          expect(readAddress(wide(text))).toEqual(spans)
          expect(addressForms(text)[0]).toBe(addressForms(wide(text))[0])
        },
      ),
    )
  })

  test('a home is one home however its building, entrance and room are called', () => {
    const chinese = (number: number): string => {
      const digits = '〇一二三四五六七八九'
      const tens = Math.trunc(number / 10)
      return `${tens > 1 ? digits[tens] : ''}${tens > 0 ? '十' : ''}${number % 10 > 0 ? digits[number % 10] : ''}`
    }
    const spelled = fc.record({
      house: fc.integer({ min: 1, max: 99 }),
      cell: fc.integer({ min: 1, max: 9 }),
      room: fc.integer({ min: 101, max: 3304 }),
      named: fc.constantFrom('栋', '幢', '座', '号楼', '号'),
      called: fc.constantFrom('室', '户', ''),
      isChinese: fc.boolean(),
      isWide: fc.boolean(),
      before: fc.constantFrom('', '幸福小区', '青松路12号幸福小区'),
    })
    fc.assert(
      fc.property(spelled, ({ house, cell, room, named, called, isChinese, isWide, before }) => {
        const said = isChinese ? `${chinese(house)}${named}${chinese(cell)}单元` : `${house}${named}${cell}单元`
        const text = `${before}${said}${room}${called}`
        const forms = addressForms(isWide ? wide(text) : text)
        expect(forms).toContain(`${before ? '幸福小区' : ''}${house}号楼${cell}单元${room}`)
        expect(isPlace(isWide ? wide(text) : text)).toBe(true)
      }),
    )
  })
})

test('a name, a telephone and initials are no place', () => {
  for (const words of ['赵桂兰', 'zgl', '19999991000', '0531-8888', '9744', '王东']) expect(isPlace(words)).toBe(false)
  for (const words of ['3栋', '三号楼', '3-2-501', '２单元', '11号楼']) expect(isPlace(words)).toBe(true)
})
