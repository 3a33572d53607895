import { aClock } from '@linli/base/testing'
import { expect, test } from 'vitest'
import { lockFor, Strangers } from './lockout.ts'
import { hashPassword, passwordFault, verifyPassword } from './passwords.ts'

test.each([
  ['short', '密码至少 10 位'],
  ['1234567890', '这个密码太常见，很容易被猜到'],
  ['PassWord1234', '这个密码太常见，很容易被猜到'],
  ['my-wang.min-pass', '密码里不能有账号'],
  ['abababababab', '密码里重复的字符太多'],
  ['密码密码密码密码密码', '密码里重复的字符太多'],
])('%s will not do as a password', (password, fault) => {
  expect(passwordFault(password, 'wang.min')).toBe(fault)
})

test('a sentence of ten characters will do, in any script', () => {
  expect(passwordFault('春眠不觉晓处处闻啼鸟', 'wang.min')).toBeUndefined()
  expect(passwordFault('correct horse battery', 'wang.min')).toBeUndefined()
})

test('a password is the same however the keyboard composes its characters', async () => {
  const stored = await hashPassword('Ａ１-café-résumé')
  expect(await verifyPassword(stored, 'A1-cafe\u0301-re\u0301sume\u0301')).toBe(true)
  expect(await verifyPassword(stored, 'A1-cafe-resume')).toBe(false)
})

test('no password at all is never right', async () => {
  expect(await verifyPassword(null, '')).toBe(false)
  expect(await verifyPassword(undefined, 'anything')).toBe(false)
})

test('locks double from a quarter of an hour to a day', () => {
  const minutes = (failed: number) => lockFor(failed) / 60_000
  expect([0, 1, 4, 6, 9].map(minutes)).toEqual([0, 0, 0, 0, 0])
  expect([5, 10, 15, 20, 25, 30, 35, 40, 5000].map(minutes)).toEqual([15, 30, 60, 120, 240, 480, 960, 1440, 1440])
})

test('strangers are forgotten rather than let to fill the memory', () => {
  const strangers = new Strangers(aClock())
  for (let i = 0; i < 5; i++) strangers.fail('first')
  expect(strangers.lockedUntil('first')).toBeDefined()
  for (let i = 0; i < 10_000; i++) strangers.fail(`guess-${i}`)
  expect(strangers.lockedUntil('first')).toBeUndefined()
})
