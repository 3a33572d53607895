import fc from 'fast-check'
import { expect, test } from 'vitest'
import { maskText } from './mask-text.ts'

test.each([
  ['3号楼2单元501漏水，联系13800001234', '*号楼*单元***漏水，联系***'],
  ['飞龙花园 8 栋外墙掉皮，通到4 组 3 号院', '飞龙花园 * 栋外墙掉皮，通到4 组 * 号院'],
  ['丝绸厂小区三栋外墙掉砖', '丝绸厂小区*栋外墙掉砖'],
  ['3-2-501的王小明阿姨家停水', '***的王某阿姨家停水'],
  ['张大爷说楼道灯坏了', '张某大爷说楼道灯坏了'],
  ['我叫李晓兰，电话 0838-1234567', '我叫***，电话 ***'],
  ['身份证 51013119880101123X 丢了', '身份证 *** 丢了'],
  ['路口井盖响，半夜吵人', '路口井盖响，半夜吵人'],
  ['停水两天', '停水两天'],
])('%s is shown as %s', (typed, shown) => {
  expect(maskText(typed)).toBe(shown)
})

test('whatever is typed, no run of three digits is left, and masking twice changes nothing', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...'0123456789-X 号楼单元室王李阿姨坏了ab'), { maxLength: 30 }), (chars) => {
      const masked = maskText(chars.join(''))
      expect(masked).not.toMatch(/\d{3}/)
      expect(maskText(masked)).toBe(masked)
    }),
  )
})
