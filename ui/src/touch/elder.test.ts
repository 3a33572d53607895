import { beforeEach, expect, test, vi } from 'vitest'
import { chosenDisplay, setDisplay } from './elder.ts'

const items = new Map<string, string>()
beforeEach(() => {
  items.clear()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  })
})

test('elder mode chosen once is remembered on the device [ACC-01]', () => {
  setDisplay({ elder: true })
  expect(chosenDisplay('')).toEqual({ elder: true, text: '100' })
  setDisplay({ elder: false })
  expect(chosenDisplay('').elder).toBe(false)
})

test('a link may ask for either display and wins over what is remembered', () => {
  expect(chosenDisplay('?elder=1').elder).toBe(true)
  setDisplay({ elder: true })
  expect(chosenDisplay('?elder=0').elder).toBe(false)
})

test('the text size is remembered apart from the mode', () => {
  setDisplay({ text: '150', elder: false })
  expect(chosenDisplay('')).toEqual({ elder: false, text: '150' })
  items.set('linli.text', '900')
  expect(chosenDisplay('').text).toBe('100')
})
