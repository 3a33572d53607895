import { expect, test } from 'vitest'
import type { Entry } from '../api/queries.ts'
import { describeConflict } from './conflict.ts'

const entry = (seq: number, move: string, moveName: string, byName: string): Entry => ({
  seq,
  move,
  moveName,
  byName,
  orgName: '临河街道',
  stageName: '',
  milestone: null,
  isPublic: true,
  data: { reply: '不该出现在提示里' },
  attachments: [],
  at: `2026-11-20T02:0${seq}:00.000Z`,
})
const entries = [
  entry(3, 'note', '内部备注', '周*宁'),
  entry(2, 'accept', '受理', '何*'),
  entry(1, 'open', '登记', '居民'),
  entry(4, 'dispatch', '派遣', '周*宁'),
]
const offer = (key: string) => ({ key, name: key, form: null, because: null, primary: false, initial: null })

test('the loser of a race is told who did what since, oldest first, and nothing of before', () => {
  const conflict = describeConflict(2, 'dispatch', { seq: 4, stage: 'dispatched', stageName: '待签收', moves: [] }, entries)
  expect(conflict.steps.map((step) => [step.byName, step.moveName])).toEqual([
    ['周*宁', '内部备注'],
    ['周*宁', '派遣'],
  ])
  expect(conflict).toMatchObject({ stageName: '待签收', isStillOffered: false, seq: 4 })
  expect(JSON.stringify(conflict)).not.toContain('不该出现在提示里')
})

test('a step that is still offered can be made on the new state', () => {
  const conflict = describeConflict(3, 'note', { seq: 4, stage: 'dispatched', stageName: '待签收', moves: [offer('note')] }, entries)
  expect(conflict.isStillOffered).toBe(true)
  expect(conflict.steps).toHaveLength(1)
})

test('nothing of what others did is invented when the log could not be read', () => {
  expect(describeConflict(3, 'note', { seq: 4, stage: 'x', stageName: 'X', moves: [] }, []).steps).toEqual([])
})
