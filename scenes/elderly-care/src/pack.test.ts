import { checkScene } from '@linli/scene/define'
import { raises } from '@linli/signals/define'
import { expect, test } from 'vitest'
import { elderlyCare } from './pack.ts'
import { noPower } from './power.ts'
import { sos } from './rules.ts'
import { noExit, silence } from './watching.ts'

test('the pack declares nothing that does not fit', () => {
  expect(checkScene(elderlyCare)).toEqual([])
})

test('a press raises the most urgent alarm, a released button and a step count none, and no pause leaves it out', () => {
  expect(raises(sos, 'wristband', { sos: 1 })).toBe(true)
  expect(raises(sos, 'wristband', { sos: 0, steps: 9 })).toBe(false)
  expect(raises(sos, 'smoke', { sos: 1 })).toBe(false)
  expect(sos).toMatchObject({ level: 1, pauses: false })
})

test('what watches over a person asks for a consent, can be suspended, and is raised by no single message', () => {
  for (const rule of [silence, noExit, noPower]) {
    expect(rule).toMatchObject({ subject: 'person', consent: expect.stringMatching(/^elderly-care\.(activity|power)$/), pauses: true })
    expect(rule.name).toContain('提醒')
    expect(raises(rule, 'door', { passage: 1, active: 1 })).toBe(false)
  }
})
