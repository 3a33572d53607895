import { expect, test } from 'vitest'
import { blanksIn, templatesOf } from './reply-templates.ts'

test('blanks that were left in a template are found, filled ones are not', () => {
  expect(blanksIn('已于〔时间〕完成，〔做了什么〕。')).toEqual(['〔时间〕', '〔做了什么〕'])
  expect(blanksIn('已于昨天 10 点完成。')).toEqual([])
})

test('every template says what is to be filled in, and has room for it', () => {
  for (const move of ['reply', 'submitRectification', 'refuse']) {
    expect(templatesOf(move).length).toBeGreaterThan(0)
    for (const template of templatesOf(move)) {
      expect(blanksIn(template.text).length).toBeGreaterThan(0)
      expect(template.text.length).toBeLessThan(500)
    }
  }
  expect(templatesOf('note')).toEqual([])
})
