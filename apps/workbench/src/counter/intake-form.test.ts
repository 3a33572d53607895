import { expect, test } from 'vitest'
import { checkIntake, emptyIntake, intakeBody } from './intake-form.ts'

test('an appeal for someone needs what happened and where, nothing else', () => {
  expect(Object.keys(checkIntake(emptyIntake))).toEqual(['detail', 'communityCode'])
  expect(checkIntake({ ...emptyIntake, detail: '路灯不亮', communityCode: '110101001001' })).toEqual({})
})

test('a phone may be left out or written with spaces, but not half', () => {
  const intake = { ...emptyIntake, detail: '路灯不亮', communityCode: '110101001001' }
  expect(checkIntake({ ...intake, phone: '199 9999 0001' })).toEqual({})
  expect(checkIntake({ ...intake, phone: '1999999' }).phone).toBe('intake.badPhone')
})

test('an event is sorted at once, for its limits and its unit follow from it', () => {
  const event = { ...emptyIntake, kind: 'event' as const, channel: 'grid' as const, detail: '井盖松动', communityCode: '110101001001' }
  expect(Object.keys(checkIntake(event))).toEqual(['category', 'level'])
  const sorted = { ...event, category: 'ev-fac', level: 'urgent', occurredAt: '2026-03-02T09:00' }
  expect(intakeBody(sorted)).toEqual({
    kind: 'event',
    channel: 'grid',
    detail: '井盖松动',
    areaCode: '110101001001',
    category: 'ev-fac',
    level: 'urgent',
    occurredAt: '2026-03-02T01:00:00.000Z',
  })
})

test('empty lines are not sent, and the cell is preferred to its community', () => {
  const body = intakeBody({
    ...emptyIntake,
    detail: ' 路灯不亮 ',
    communityCode: '110101001001',
    cellCode: '110101001001002',
    phone: '199 9999 0001',
  })
  expect(body).toEqual({ channel: 'phone', detail: '路灯不亮', areaCode: '110101001001002', contact: { phone: '19999990001' } })
})
