import { expect, test } from 'vitest'
import { nextIntent } from './intent.ts'

let made = 0
const newId = () => `id-${++made}`

test('sending the same content again is the same act', () => {
  const first = nextIntent(undefined, { seq: 3, data: { text: '好' } }, newId)
  expect(nextIntent(first, { seq: 3, data: { text: '好' } }, newId).requestId).toBe(first.requestId)
})

test('changed content, or a newer state of the case, is another act', () => {
  const first = nextIntent(undefined, { seq: 3, data: { text: '好' } }, newId)
  expect(nextIntent(first, { seq: 3, data: { text: '好的' } }, newId).requestId).not.toBe(first.requestId)
  expect(nextIntent(first, { seq: 4, data: { text: '好' } }, newId).requestId).not.toBe(first.requestId)
})
