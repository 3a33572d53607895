import { expect, test } from 'vitest'
import { moveKeys, moveOfKey } from './move-keys.ts'

const offer = (key: string, primary = false) => ({ key, primary })

test('the primary move is Enter, the others their own first free letter', () => {
  const keys = moveKeys([offer('dispatch', true), offer('handOver'), offer('note'), offer('refuse')])
  expect(Object.fromEntries(keys)).toEqual({ dispatch: 'Enter', handOver: 'H', note: 'N', refuse: 'R' })
})

test('two moves never share a key, and the letters of the page are left alone', () => {
  const moves = [offer('reply', true), offer('resume'), offer('refuse'), offer('grant'), offer('fork')]
  const keys = moveKeys(moves)
  expect(new Set(keys.values()).size).toBe(moves.length)
  expect([...keys.values()].some((key) => ['J', 'K', 'F', 'G'].includes(key))).toBe(false)
})

test('when the letters run out, digits serve', () => {
  expect(moveKeys([offer('jk')]).get('jk')).toBe('1')
})

test('a pressed key finds its move, in either case; a key of nobody finds none', () => {
  const moves = [offer('accept', true), offer('refuse')]
  expect(moveOfKey(moves, 'r')).toBe('refuse')
  expect(moveOfKey(moves, 'Enter')).toBe('accept')
  expect(moveOfKey(moves, 'x')).toBeUndefined()
})
