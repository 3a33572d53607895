import { defineForm, parseForm } from '@linli/forms/define'
import { expect, test } from 'vitest'
import { isEmptyDraft, isoToLocal, localToIso, problemsByField, toFormData } from './form-draft.ts'

const form = defineForm(
  { key: 'text', type: 'text', label: '答复', max: 2000, required: true, basis: '答复要写明结果' },
  { key: 'orgId', type: 'organization', label: '派往' },
  { key: 'count', type: 'number', label: '件数', whole: true },
  { key: 'contactedAt', type: 'instant', label: '联系时间', when: 'past' },
  { key: 'resolved', type: 'yesNo', label: '是否解决' },
  { key: 'photos', type: 'files', label: '照片', max: 3 },
)
const orgId = '01930000-0000-7000-8000-000000000001'

test("a filled draft becomes the data that the server's own check accepts", () => {
  const data = toFormData(form, {
    text: '已修好',
    orgId: { id: orgId, label: '县住建局' },
    count: '1,200',
    contactedAt: '2026-11-20T10:42',
    resolved: false,
    photos: [],
  })
  expect(data).toEqual({ text: '已修好', orgId, count: 1200, contactedAt: '2026-11-20T02:42:00.000Z', resolved: false })
  expect(parseForm(form, data, new Date('2026-11-20T03:00:00Z'))).toMatchObject({ ok: true })
})

test('empty controls send nothing, and what is no number is refused by its name', () => {
  expect(toFormData(form, { text: '', orgId: undefined })).toEqual({})
  const parsed = parseForm(form, toFormData(form, { text: '好', count: '三件' }), new Date())
  expect(parsed).toEqual({ ok: false, problems: [{ path: 'data.count', message: '件数应是数字' }] })
})

test('a move without a form sends nothing', () => {
  expect(toFormData(null, { text: '多余' })).toEqual({})
})

test('a typed time is Asia/Shanghai, there and back', () => {
  expect(localToIso('2026-11-20T00:05')).toBe('2026-11-19T16:05:00.000Z')
  expect(isoToLocal('2026-11-19T16:05:00.000Z')).toBe('2026-11-20T00:05')
  expect(localToIso('20261120')).toBeUndefined()
})

test("the server's problems are laid beside their fields; what belongs to none is kept", () => {
  const keys = ['text', 'orgId', 'contact']
  const found = problemsByField(keys, [
    { path: 'data.text', message: '请填写答复' },
    { path: 'body.data.orgId', message: '请从列表里选' },
    { path: 'contact.phone', message: '手机号是 11 位' },
    { path: 'expectedSeq', message: '不合要求' },
  ])
  expect(found).toEqual({ text: '请填写答复', orgId: '请从列表里选', contact: '手机号是 11 位', '': '不合要求' })
})

test('two problems of one field are both said', () => {
  expect(
    problemsByField(
      ['text'],
      [
        { path: 'data.text', message: '太短' },
        { path: 'data.text', message: '有乱码' },
      ],
    ),
  ).toEqual({ text: '太短；有乱码' })
})

test('a draft in which nothing stands is empty; a "no" is an answer', () => {
  expect(isEmptyDraft({ text: '', photos: [] })).toBe(true)
  expect(isEmptyDraft({ resolved: false })).toBe(false)
})
