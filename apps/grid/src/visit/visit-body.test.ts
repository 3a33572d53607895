import { expect, test } from 'vitest'
import { emptyVisit, type VisitDraft } from './draft.ts'
import { problemsOf, visitBody } from './visit-body.ts'

const at = Date.parse('2026-11-22T02:00:00Z')
const draft = (more: Partial<VisitDraft> = {}): VisitDraft => ({ ...emptyVisit('zhou', 'wu'), met: 'person', result: 'well', ...more })

test('only what has changed is sent, with how far the file was that the visitor had in hand', () => {
  const body = visitBody(
    draft({
      values: { phone: '199 9999 7002', healthNote: ' ', name: '' },
      tags: { 'elder.lives-alone': ' 本人说明 ' },
      note: ' 药快吃完了 ',
    }),
    7,
    at,
  )
  expect(body).toEqual({
    seenSeq: 7,
    madeAt: '2026-11-22T02:00:00.000Z',
    met: 'person',
    result: 'well',
    note: '药快吃完了',
    values: { phone: '19999997002' },
    tags: [{ careGroup: 'elder.lives-alone', basis: '本人说明' }],
  })
})

test('where nobody was met nothing has changed, whatever was typed before', () => {
  const typed = draft({ met: 'nobody', values: { phone: '12' }, tags: { 'left-behind': '' } })
  expect(problemsOf(typed)).toEqual([])
  expect(visitBody(typed, 2, at)).toMatchObject({ met: 'nobody', result: 'notMet', values: {}, tags: [] })
})

test('what is missing or cannot be right is named', () => {
  expect(problemsOf(draft({ met: undefined, result: undefined }))).toEqual(['met'])
  expect(problemsOf(draft({ result: undefined, values: { phone: '1999999' }, tags: { 'left-behind': '口' } }))).toEqual([
    'result',
    'phone',
    'basis',
  ])
  expect(problemsOf(draft({ values: { phone: '028-88886666'.replace('-', '') } }))).toEqual([])
})

test('a note for first aid is sent with the agreement of the person, and not without', () => {
  const typed = draft({ values: { healthNote: '高血压' } })
  expect(problemsOf(typed)).toEqual(['healthAgreed'])
  const agreed = { ...typed, isHealthAgreed: true }
  expect(problemsOf(agreed)).toEqual([])
  expect(visitBody(agreed, 2, at)).toMatchObject({ values: { healthNote: '高血压' }, healthAgreed: '2026-11' })
})
