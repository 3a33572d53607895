import { describe, expect, test } from 'vitest'
import { emptyDraft } from './draft.ts'
import { problemsOf, refusalProblems, reportBody, tailOf } from './report-body.ts'

const draft = (change = {}) => ({ ...emptyDraft(), ...change })

describe('the body of a report', () => {
  test('of three taps (photo, place from the photo, submit) says that the photo speaks', () => {
    const body = reportBody(draft({ photos: [{ id: 'a' }], spot: '3 号楼东侧' }), '510131001002')
    expect(body).toMatchObject({ detail: '请看照片。位置：3 号楼东侧', place: '3 号楼东侧', areaCode: '510131001002' })
    expect(body).not.toHaveProperty('contact')
    expect(body).not.toHaveProperty('title')
  })

  test('takes title and category from a picked saying and keeps the words', () => {
    const body = reportBody(
      draft({ saying: '路灯不亮', category: 'urban-rural-construction', spot: '3 号楼', extra: ' 2 单元 ', detail: '晚上看不见' }),
      '5101',
    )
    expect(body).toMatchObject({
      title: '3 号楼 路灯不亮',
      category: 'urban-rural-construction',
      place: '3 号楼 2 单元',
      detail: '路灯不亮。晚上看不见',
    })
  })

  test('does not repeat a saying that was typed anyway', () => {
    expect(reportBody(draft({ saying: '路灯不亮', detail: '3 号楼路灯不亮' }), '5101').detail).toBe('3 号楼路灯不亮')
  })

  test('drops blanks from a phone number and leaves an empty contact out', () => {
    expect(reportBody(draft({ detail: '有事', phone: '199 9999 0001' }), '5101').contact).toEqual({ phone: '19999990001' })
    expect(reportBody(draft({ detail: '有事', phone: ' ', name: ' ' }), '5101')).not.toHaveProperty('contact')
  })

  test('cuts a long title by characters, never through one', () => {
    const { title = '' } = reportBody(draft({ saying: '𠮷'.repeat(100), detail: '有事' }), '5101')
    expect([...title]).toHaveLength(80)
    expect(title.isWellFormed()).toBe(true)
  })
})

describe('what is missing', () => {
  test('a photo or a word or a saying is enough', () => {
    expect(problemsOf(draft({ photos: [{ id: 'a' }] }), true)).toEqual([])
    expect(problemsOf(draft({ detail: '有事' }), true)).toEqual([])
    expect(problemsOf(draft({ saying: '路灯不亮' }), true)).toEqual([])
    expect(problemsOf(draft(), true)).toMatchObject([{ field: 'what' }])
  })

  test('a number one digit short is told so', () => {
    expect(problemsOf(draft({ detail: '有事', phone: '1999999000' }), true)).toEqual([{ field: 'phone', key: 'report.phoneShort' }])
    expect(problemsOf(draft({ detail: '有事', phone: '12' }), true)).toEqual([{ field: 'phone', key: 'report.phoneWrong' }])
    expect(problemsOf(draft({ detail: '有事', phone: '028-87654321' }), true)).toEqual([])
  })

  test('a refusal of the server leads to its fields', () => {
    expect(refusalProblems({ detail: '', fields: [{ path: 'contact.phone', message: '手机号是 11 位' }] })).toEqual([
      { field: 'phone', message: '手机号是 11 位' },
    ])
    expect(refusalProblems({ detail: '内容太大' })).toMatchObject([{ field: 'general', message: '内容太大' }])
    expect(refusalProblems({ code: 'access.area_unknown', detail: '没有这个社区' })).toMatchObject([{ field: 'area' }])
  })
})

test('the tail is the end of the phone, or of the code without a phone', () => {
  expect(tailOf('4129437994293662', '199 9999 0001')).toBe('0001')
  expect(tailOf('4129437994293662', undefined)).toBe('3662')
})
