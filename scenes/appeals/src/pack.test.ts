import { checkScene } from '@linli/scene/define'
import { expect, test } from 'vitest'
import { appeals } from './pack.ts'

test('the pack declares nothing that does not fit', () => {
  expect(checkScene(appeals)).toEqual([])
})
