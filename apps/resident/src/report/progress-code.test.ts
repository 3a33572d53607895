import { expect, test } from 'vitest'
import { codePath, progressLink } from './progress-code.tsx'

test('the code leads to the progress of the matter and holds nothing else', () => {
  const link = progressLink('20261123-002641', 'https://linli.example')
  expect(link).toBe('https://linli.example/resident/progress/20261123-002641')
  expect(new URL(link).search).toBe('')
})

test('the code is drawn field by field, finder patterns first, with a border of four', () => {
  const { size, path } = codePath('https://linli.example/resident/progress/20261123-002641')
  // A version of n has 17 + 4 n fields a side.
  expect((size - 8 - 17) % 4).toBe(0)
  expect(path.startsWith('M4 4h7v1H4z')).toBe(true)
  expect(path).toContain(`M${size - 11} 4h7v1H${size - 11}z`)
  expect(path).toContain(`M4 ${size - 5}h7v1H4z`)
  expect(path).not.toMatch(/M[0-3] |M\d+ [0-3]h/)
})
