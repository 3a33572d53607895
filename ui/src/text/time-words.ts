import type { Language } from './language.ts'
import { type Civil, civil, type Moment, millis } from './shanghai.ts'

/** The part of a case clock that words need; the state is the server's and is never worked out here. */
export interface ClockLike {
  state: 'onTime' | 'dueSoon' | 'overdue' | 'paused' | 'done'
  dueAt: Moment
  stoppedAt?: Moment | null
  pausedUntil?: Moment | null
  pauseReason?: string | null
}

/** Relative first, absolute second: `还剩 22 小时` and `明天 13:20 前`. */
export interface ClockWords {
  state: string
  relative: string
  absolute: string
  /** Both in one line: `超时 2 小时 · 原定 12:40`. */
  line: string
}

export interface TimeWords {
  /** `今天 9:12`, `明天 13:20`, `9 月 14 日 15:20`; the year only when it differs. */
  moment(at: Moment, now: Moment): string
  /** `今天`, `9 月 14 日`. */
  day(at: Moment, now: Moment): string
  /** `9:12`; elder: `上午 9 点 12`. */
  hour(at: Moment): string
  /** `9 月 16 日，星期三`. */
  date(at: Moment): string
  /** `22 小时 40 分`, `3 天`, `不到 1 分钟`. */
  length(millis: number): string
  /** `刚刚`, `20 分钟前`, `3 小时前`, then the moment. */
  ago(at: Moment, now: Moment): string
  clock(clock: ClockLike, now: Moment): ClockWords
  /** A moment as a limit: midnight belongs to the day that ends, `11 月 27 日 24:00`. */
  limit(at: Moment, now: Moment): string
}

/** Words for time in Asia/Shanghai. `elder` speaks as one would at the door: 11 点半, not 11:30. */
export function timeWords(language: Language, { elder = false }: { elder?: boolean } = {}): TimeWords {
  return language === 'en' ? english : elder ? chineseElder : chinese
}

const minute = 60_000
const hourMs = 60 * minute
const dayMs = 24 * hourMs

interface Parts {
  days: number
  hours: number
  minutes: number
}

/** At most two neighboring units, so that "2 days 3 hours 12 minutes" never appears. */
function parts(length: number): Parts {
  const total = Math.floor(Math.abs(length) / minute)
  const days = Math.floor(total / 1440)
  const hours = Math.floor((total % 1440) / 60)
  return { days, hours, minutes: days > 0 ? 0 : total % 60 }
}

interface Dialect {
  near: Record<number, string>
  date(c: Civil, withYear: boolean): string
  weekday(c: Civil): string
  hour(c: Civil): string
  midnight: string
  join(day: string, hour: string): string
  length(p: Parts): string
  ago(length: string): string
  justNow: string
  clock: {
    left(length: string): string
    before(moment: string): string
    over(length: string): string
    was(moment: string): string
    paused(reason: string | null | undefined): string
    resumes(moment: string): string
    stands: string
    early(length: string): string
    late(length: string): string
    limit(moment: string): string
    states: Record<ClockLike['state'], string>
  }
}

function build(d: Dialect): TimeWords {
  const day = (at: Moment, now: Moment): string => {
    const a = civil(at)
    const n = civil(now)
    return d.near[a.dayNumber - n.dayNumber] ?? d.date(a, a.year !== n.year)
  }
  const moment = (at: Moment, now: Moment): string => d.join(day(at, now), d.hour(civil(at)))
  const limit = (at: Moment, now: Moment): string => {
    const { hour, minute: past } = civil(at)
    return hour === 0 && past === 0 ? d.join(day(millis(at) - 1, now), d.midnight) : moment(at, now)
  }
  const length = (ms: number): string => d.length(parts(ms))
  const clock = (c: ClockLike, now: Moment): ClockWords => {
    const [relative, absolute] = clockPair(c, now)
    return { state: d.clock.states[c.state], relative, absolute, line: `${relative} · ${absolute}` }
  }
  const clockPair = (c: ClockLike, now: Moment): [string, string] => {
    const due = millis(c.dueAt)
    const at = millis(now)
    if (c.state === 'done') {
      const early = due - millis(c.stoppedAt ?? now)
      return [early >= 0 ? d.clock.early(length(early)) : d.clock.late(length(early)), d.clock.limit(limit(due, now))]
    }
    if (c.state === 'paused')
      return [d.clock.paused(c.pauseReason), c.pausedUntil ? d.clock.resumes(moment(c.pausedUntil, now)) : d.clock.stands]
    if (c.state === 'overdue') return [d.clock.over(length(at - due)), d.clock.was(limit(due, now))]
    return [d.clock.left(length(Math.max(0, due - at))), d.clock.before(limit(due, now))]
  }
  return {
    moment,
    day,
    hour: (at) => d.hour(civil(at)),
    date: (at) => d.weekday(civil(at)),
    length,
    ago(at, now) {
      const since = millis(now) - millis(at)
      if (since < minute) return d.justNow
      return since < dayMs ? d.ago(d.length(since < hourMs ? parts(since) : { ...parts(since), minutes: 0 })) : moment(at, now)
    },
    clock,
    limit,
  }
}

const chineseWeekdays = ['日', '一', '二', '三', '四', '五', '六']
const chineseDialect: Dialect = {
  near: { [-1]: '昨天', 0: '今天', 1: '明天', 2: '后天' },
  date: (c, withYear) => `${withYear ? `${c.year} 年 ` : ''}${c.month} 月 ${c.day} 日`,
  weekday: (c) => `${c.month} 月 ${c.day} 日，星期${chineseWeekdays[c.weekday]}`,
  hour: (c) => `${c.hour}:${String(c.minute).padStart(2, '0')}`,
  midnight: '24:00',
  join: (day, hour) => `${day} ${hour}`,
  length({ days, hours, minutes }) {
    if (days > 0) return hours > 0 ? `${days} 天 ${hours} 小时` : `${days} 天`
    if (hours > 0) return minutes > 0 ? `${hours} 小时 ${minutes} 分` : `${hours} 小时`
    return minutes > 0 ? `${minutes} 分钟` : '不到 1 分钟'
  },
  ago: (length) => `${length}前`,
  justNow: '刚刚',
  clock: {
    left: (length) => `还剩 ${length}`,
    before: (moment) => `${moment} 前`,
    over: (length) => `超时 ${length}`,
    was: (moment) => `原定${moment}`,
    paused: (reason) => (reason ? `暂停：${reason}` : '暂停计时'),
    resumes: (moment) => `${moment} 恢复`,
    stands: '恢复时间未定',
    early: (length) => `已办结，早 ${length}`,
    late: (length) => `已办结，晚 ${length}`,
    limit: (moment) => `期限 ${moment}`,
    states: { onTime: '按时', dueSoon: '快到期', overdue: '已超时', paused: '暂停', done: '已办结' },
  },
}
const chinese = build(chineseDialect)

const chineseElder = build({
  ...chineseDialect,
  hour: elderHour,
  midnight: '半夜 12 点',
  join: (day, hour) => `${day}${hour}`,
  clock: {
    ...chineseDialect.clock,
    before: (moment) => `${moment}前`,
    resumes: (moment) => `${moment}恢复`,
    limit: (moment) => `期限 ${moment}`,
  },
})

function elderHour(c: Civil): string {
  const part = c.hour < 5 ? '凌晨' : c.hour < 9 ? '早上' : c.hour < 12 ? '上午' : c.hour < 13 ? '中午' : c.hour < 18 ? '下午' : '晚上'
  const twelve = c.hour > 12 ? c.hour - 12 : c.hour
  const rest = c.minute === 0 ? '' : c.minute === 30 ? '半' : ` ${c.minute} 分`
  return `${part} ${twelve} 点${rest}`
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const count = (n: number, unit: string): string => `${n} ${unit}${n === 1 ? '' : 's'}`

const english = build({
  near: { [-1]: 'yesterday', 0: 'today', 1: 'tomorrow' },
  date: (c, withYear) => `${c.day} ${months[c.month - 1]}${withYear ? ` ${c.year}` : ''}`,
  weekday: (c) => `${weekdays[c.weekday]}, ${c.day} ${months[c.month - 1]}`,
  hour: (c) => `${c.hour}:${String(c.minute).padStart(2, '0')}`,
  midnight: '24:00',
  join: (day, hour) => `${day} ${hour}`,
  length({ days, hours, minutes }) {
    if (days > 0) return hours > 0 ? `${count(days, 'day')} ${hours} h` : count(days, 'day')
    if (hours > 0) return minutes > 0 ? `${hours} h ${minutes} min` : count(hours, 'hour')
    return minutes > 0 ? `${minutes} min` : 'less than 1 min'
  },
  ago: (length) => `${length} ago`,
  justNow: 'just now',
  clock: {
    left: (length) => `${length} left`,
    before: (moment) => `by ${moment}`,
    over: (length) => `${length} late`,
    was: (moment) => `was due ${moment}`,
    paused: (reason) => (reason ? `Paused: ${reason}` : 'Clock paused'),
    resumes: (moment) => `resumes ${moment}`,
    stands: 'no resume date yet',
    early: (length) => `Done, ${length} early`,
    late: (length) => `Done, ${length} late`,
    limit: (moment) => `due ${moment}`,
    states: { onTime: 'On time', dueSoon: 'Due soon', overdue: 'Overdue', paused: 'Paused', done: 'Done' },
  },
})
