import { expect, test } from 'vitest'
import { englishWords } from './case-words.ts'

const words = englishWords({
  'public.move.accept': 'Accepted; the time limit runs from now',
  'public.move.pause': 'Clock paused: {reason}',
  'public.stage.handling': 'Being handled',
  'option.reason.公示': 'Public notice',
  'saying.路灯不亮': 'Street light out',
})
const step = (change = {}) => ({
  at: '2026-09-16T00:00:00Z',
  key: 'accept',
  text: '受理了，期限从现在算起',
  by: '',
  note: null,
  kind: 'done' as const,
  until: null,
  attachments: [],
  ...change,
})

test('a step is told in the words of its definition', () => {
  expect(words.step(step())).toBe('Accepted; the time limit runs from now')
  expect(words.step(step({ key: 'handling', text: '正在办理', kind: 'current' }))).toBe('Being handled')
})

test('a reason is put into its blank, translated where it is a choice', () => {
  expect(words.step(step({ key: 'pause', text: '暂停计时：公示', kind: 'paused' }))).toBe('Clock paused: Public notice')
  expect(words.step(step({ key: 'pause', text: '暂停计时：等新灯到货', kind: 'paused' }))).toBe('Clock paused: 等新灯到货')
})

test('what has no English yet stays Chinese rather than vanish', () => {
  expect(words.step(step({ key: 'somethingNew', text: '新的一步' }))).toBe('新的一步')
})

test('sayings and the platform itself have English names, offices keep theirs', () => {
  expect(words.saying('路灯不亮')).toBe('Street light out')
  expect(words.saying('没有英文的话')).toBe('没有英文的话')
  expect(words.doer('系统')).toBe('the platform')
  expect(words.doer('县数据局')).toBe('县数据局')
})
