import { checkScene } from '@linli/scene/define'
import { raises } from '@linli/signals/define'
import { expect, test } from 'vitest'
import { publicSafety } from './pack.ts'
import { smoke } from './rules.ts'

test('the pack declares nothing that does not fit', () => {
  expect(checkScene(publicSafety)).toEqual([])
})

test('smoke raises an alarm, a detector that tests itself none', () => {
  expect(raises(smoke, 'smoke', { smoke: 1 })).toBe(true)
  expect(raises(smoke, 'smoke', { smoke: 1, test: 1 })).toBe(false)
  expect(raises(smoke, 'smoke', { smoke: 0 })).toBe(false)
})
