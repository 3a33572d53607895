import { expect, test } from 'vitest'
import { checkIntake, emptyIntake, intakeBody, withMatter } from './intake-form.ts'

const filled = { ...emptyIntake, detail: '路灯不亮', communityCode: '110101001001' }

test('an appeal for someone needs what happened and where, nothing else', () => {
  expect(Object.keys(checkIntake(emptyIntake))).toEqual(['detail', 'communityCode'])
  expect(checkIntake(filled)).toEqual({})
})

test('a phone may be left out or written with spaces, but not half', () => {
  expect(checkIntake({ ...filled, phone: '199 9999 0001' })).toEqual({})
  expect(checkIntake({ ...filled, phone: '1999999' }).phone).toBe('intake.badPhone')
})

test('whoever comes for somebody else says for whom, who, and how they are related', () => {
  expect(Object.keys(checkIntake({ ...filled, isOnBehalf: true }))).toEqual(['name', 'agentName', 'relation'])
  const intake = { ...filled, isOnBehalf: true, name: '孙桂兰', agentName: ' 李建国 ', relation: 'child' }
  expect(checkIntake(intake)).toEqual({})
  expect(intakeBody(intake).contact).toEqual({ name: '孙桂兰', agent: { name: '李建国', relation: 'child' } })
})

test('an event is sorted at once, for its limits and its unit follow from it', () => {
  const event = { ...filled, ...withMatter(filled, { kind: 'event', category: '' }) }
  expect(Object.keys(checkIntake(event))).toEqual(['category', 'level'])
  const sorted = { ...event, category: 'ev-fac', level: 'urgent', occurredAt: '2026-03-02T09:00' }
  expect(intakeBody(sorted)).toEqual({
    kind: 'event',
    channel: 'counter',
    detail: '路灯不亮',
    areaCode: '110101001001',
    category: 'ev-fac',
    level: 'urgent',
    occurredAt: '2026-03-02T01:00:00.000Z',
  })
})

test('another matter keeps who, where and the words, and drops what only the old one asked', () => {
  const event = { ...filled, kind: 'event' as const, category: 'ev-fac', level: 'urgent', phone: '19999990001' }
  const callOut = { ...event, ...withMatter(event, { kind: 'callOut', category: '' }) }
  expect(callOut).toMatchObject({ kind: 'callOut', channel: 'grid', category: '', level: '', detail: '路灯不亮', phone: '19999990001' })
  // Nobody calls out for a resident: whose phone it was is not sent.
  expect(intakeBody({ ...callOut, level: 'urgent' })).not.toHaveProperty('contact')
})

test('empty lines are not sent, and the cell is preferred to its community', () => {
  const body = intakeBody({ ...filled, detail: ' 路灯不亮 ', cellCode: '110101001001002', phone: '199 9999 0001' })
  expect(body).toEqual({ channel: 'counter', detail: '路灯不亮', areaCode: '110101001001002', contact: { phone: '19999990001' } })
})
