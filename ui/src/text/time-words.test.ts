import { expect, test } from 'vitest'
import { timeWords } from './time-words.ts'

const zh = timeWords('zh-CN')
const en = timeWords('en')
const elder = timeWords('zh-CN', { elder: true })
/** A civil time of Asia/Shanghai. */
const at = (text: string): string => `${text}:00+08:00`
const now = at('2026-09-16T15:20')

test('a moment says today, tomorrow and yesterday by the calendar of Shanghai, not by 24 hours', () => {
  expect(zh.moment(at('2026-09-16T09:12'), now)).toBe('今天 9:12')
  expect(zh.moment(at('2026-09-17T00:05'), now)).toBe('明天 0:05')
  expect(zh.moment(at('2026-09-15T23:59'), now)).toBe('昨天 23:59')
  expect(zh.moment('2026-09-16T16:30:00Z', now)).toBe('明天 0:30')
  expect(en.moment(at('2026-09-17T13:20'), now)).toBe('tomorrow 13:20')
})

test('a far moment names the date, and the year only when it is another one', () => {
  expect(zh.moment(at('2026-09-01T08:00'), now)).toBe('9 月 1 日 8:00')
  expect(zh.moment(at('2025-12-31T08:00'), now)).toBe('2025 年 12 月 31 日 8:00')
  expect(en.moment(at('2025-12-31T08:00'), now)).toBe('31 Dec 2025 8:00')
})

test('a length has at most two units', () => {
  expect(zh.length((22 * 60 + 40) * 60_000)).toBe('22 小时 40 分')
  expect(zh.length(3 * 86_400_000 + 2 * 3_600_000 + 59 * 60_000)).toBe('3 天 2 小时')
  expect(zh.length(30_000)).toBe('不到 1 分钟')
  expect(en.length(86_400_000)).toBe('1 day')
})

test('a running clock says what is left first and the hour second', () => {
  expect(zh.clock({ state: 'onTime', dueAt: at('2026-09-17T13:20') }, now).line).toBe('还剩 22 小时 · 明天 13:20 前')
  expect(en.clock({ state: 'dueSoon', dueAt: at('2026-09-16T16:20') }, now).line).toBe('1 hour left · by today 16:20')
})

test('a limit at midnight belongs to the day that ends', () => {
  expect(zh.clock({ state: 'onTime', dueAt: at('2026-09-18T00:00') }, now).absolute).toBe('明天 24:00 前')
  expect(elder.limit(at('2026-09-17T00:00'), now)).toBe('今天半夜 12 点')
  expect(en.limit(at('2026-09-28T00:00'), now)).toBe('27 Sep 24:00')
})

test('an overdue clock says how late it is and what was promised', () => {
  expect(zh.clock({ state: 'overdue', dueAt: at('2026-09-16T13:20') }, now).line).toBe('超时 2 小时 · 原定今天 13:20')
})

test('a paused clock gives its reason first, and its end', () => {
  const clock = { state: 'paused', dueAt: at('2026-09-17T13:20'), pauseReason: '等新灯到货', pausedUntil: at('2026-09-17T09:00') } as const
  expect(zh.clock(clock, now).line).toBe('暂停：等新灯到货 · 明天 9:00 恢复')
  expect(zh.clock({ ...clock, pausedUntil: null }, now).absolute).toBe('恢复时间未定')
})

test('a finished clock says how early or late it was', () => {
  const clock = { state: 'done', dueAt: at('2026-09-17T13:20'), stoppedAt: at('2026-09-16T16:20') } as const
  expect(zh.clock(clock, now)).toMatchObject({ relative: '已办结，早 21 小时', absolute: '期限 明天 13:20' })
  expect(zh.clock({ ...clock, stoppedAt: at('2026-09-17T15:20') }, now).relative).toBe('已办结，晚 2 小时')
})

test('elder words say the hour as one would at the door [ACC-01]', () => {
  expect(elder.hour(at('2026-09-16T10:00'))).toBe('上午 10 点')
  expect(elder.hour(at('2026-09-16T11:30'))).toBe('上午 11 点半')
  expect(elder.hour(at('2026-09-16T16:20'))).toBe('下午 4 点 20 分')
  expect(elder.hour(at('2026-09-16T00:15'))).toBe('凌晨 0 点 15 分')
  expect(elder.moment(at('2026-09-17T12:00'), now)).toBe('明天中午 12 点')
})

test('a recent moment is told as how long ago', () => {
  expect(zh.ago(at('2026-09-16T15:20'), now)).toBe('刚刚')
  expect(zh.ago(at('2026-09-16T14:50'), now)).toBe('30 分钟前')
  expect(zh.ago(at('2026-09-16T12:10'), now)).toBe('3 小时前')
  expect(zh.ago(at('2026-09-14T15:20'), now)).toBe('9 月 14 日 15:20')
})
