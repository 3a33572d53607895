import { expect, test } from 'vitest'
import { readItems } from './items.ts'

test('what an earlier release kept is read on: its steps of alarms, which did not say what they are', () => {
  const step = { requestId: 'a', accountId: 'zhou', episodeId: 'e', name: '一键求助', key: 'arrive', body: { text: '' }, at: 1 }
  expect(readItems([step])).toEqual([{ ...step, kind: 'move' }])
})

test('what cannot be sent is left out, and the rest stays', () => {
  const report = { kind: 'report', requestId: 'b', accountId: 'zhou', name: '井盖', at: 2, body: { detail: '井盖松动' }, photos: [] }
  expect(readItems([null, { requestId: 1 }, { requestId: 'c', body: {}, key: 'none' }, { ...report, photos: undefined }, report])).toEqual([
    report,
  ])
  expect(readItems('nothing')).toBeUndefined()
})
