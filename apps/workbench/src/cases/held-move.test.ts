import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { forgetHeldProblem, heldNow, heldProblemNow, holdMove, leaveHeld, releaseHeld, undoHeld } from './held-move.ts'

let sent: string[]
let left: string[]
const hold = (move: string, send = async () => void sent.push(move)) =>
  holdMove({ caseId: 'a', move, name: move, seq: 3, send, leave: () => void left.push(move) })

beforeEach(() => {
  vi.useFakeTimers()
  sent = []
  left = []
})
afterEach(() => {
  undoHeld()
  forgetHeldProblem()
  vi.useRealTimers()
})

test('a step goes out by itself after ten seconds, once', async () => {
  hold('claim')
  await vi.advanceTimersByTimeAsync(9_900)
  expect([sent, heldNow()?.move]).toEqual([[], 'claim'])
  await vi.advanceTimersByTimeAsync(200)
  expect([sent, heldNow()]).toEqual([['claim'], undefined])
  await releaseHeld()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(sent).toEqual(['claim'])
})

test('what was taken back is never sent', async () => {
  hold('claim')
  undoHeld()
  await vi.advanceTimersByTimeAsync(60_000)
  await releaseHeld()
  leaveHeld()
  expect([sent, left]).toEqual([[], []])
})

test('the next step sends the one before at once', () => {
  hold('claim')
  hold('resume')
  expect([sent, heldNow()?.move]).toEqual([['claim'], 'resume'])
})

test('a window that closes sends without waiting, and not again', async () => {
  hold('claim')
  leaveHeld()
  await vi.advanceTimersByTimeAsync(60_000)
  expect([sent, left]).toEqual([[], ['claim']])
})

test('a refusal after the case was left is kept to be told, one on the open case is told there', async () => {
  const refuse = () => Promise.reject(new Error('changed'))
  hold('claim', refuse)
  await releaseHeld()
  expect(heldProblemNow()).toBeUndefined()
  hold('claim', refuse)
  await releaseHeld({ isLeft: true })
  expect(heldProblemNow()).toMatchObject({ caseId: 'a', name: 'claim' })
})
