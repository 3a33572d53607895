import { expect, test } from 'vitest'
import { emptyDraft, type ReportDraft } from './draft.ts'
import { problemsOf, reportBody } from './report-body.ts'

const draft = (more: Partial<ReportDraft> = {}): ReportDraft => ({ ...emptyDraft('zhou'), ...more })

test('a photo and one tap are a whole report', () => {
  const tapped = draft({ photos: [{ id: 'p' }], saying: '井盖松动', category: 'ev-fac' })
  expect(problemsOf(tapped)).toEqual([])
  expect(reportBody(tapped, '510131001001001')).toEqual({
    kind: 'event',
    channel: 'grid',
    detail: '井盖松动。',
    title: '井盖松动',
    category: 'ev-fac',
    level: 'ordinary',
    areaCode: '510131001001001',
  })
})

test('a report made without a network says when it was made, for the server knows only when it heard of it', () => {
  const at = Date.parse('2026-11-22T01:12:00Z')
  const { detail, title } = reportBody(draft({ saying: '井盖松动', category: 'ev-fac', detail: '夜里响', place: ' 3 号楼 ' }), '1', at)
  expect(detail).toMatch(/^井盖松动。夜里响（.*9:12 记下，当时没有网络）$/)
  expect(title).toBe('3 号楼 井盖松动')
})

test('without a kind, or with nothing to look at, it is not sent', () => {
  expect(problemsOf(draft())).toEqual(['category', 'what'])
  expect(problemsOf(draft({ category: 'ev-fac' }))).toEqual(['what'])
})
