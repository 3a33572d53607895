import { z } from 'zod'

/** Any UUID; our own clients send version 7. The key of an idempotent write. */
export const RequestId = z.uuid()
export const Id = z.uuid()
/** An instant as ISO 8601 text in UTC. */
export const Instant = z.iso.datetime({ offset: true }).refine(isKept, '年份或时区不对')
/** A calendar date, Asia/Shanghai. */
export const Day = z.iso.date().refine(isKept, '年份不对')
/** Statistical division code: 2, 4, 6, 9 or 12 digits, 15 for a cell, 17 for a micro cell (standards 1.3). */
export const AreaCode = z
  .string()
  .regex(/^\d{2}(?:\d{2}(?:\d{2}(?:\d{3}(?:\d{3}(?:\d{3}(?:\d{2})?)?)?)?)?)?$/, '区划代码为 2、4、6、9、12、15 或 17 位数字')
/** CGCS2000 longitude and latitude, degrees. */
export const Position = z.object({ lon: z.number().min(-180).max(180), lat: z.number().min(-90).max(90) })
export type Position = z.infer<typeof Position>
/** Opaque place in a list. */
export const Cursor = z.string().max(200)
/** Text of a person: no control characters (NUL would not be stored), no half characters. */
export const text = (min: number, max: number) =>
  z
    .string()
    .trim()
    .min(min)
    .max(max)
    .refine((value) => value.isWellFormed() && !hasControl(value), { message: '含有不能保存的字符' })

function hasControl(value: string): boolean {
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i)
    if (code < 32 && code !== 9 && code !== 10 && code !== 13) return true
  }
  return false
}

export const page = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), next: z.string().nullable() })

/** ISO 8601 allows the year 0000 and an offset of a day; no calendar has the one, no place the other, and PostgreSQL refuses both. */
function isKept(value: string): boolean {
  return /^[1-9]\d{3}-/.test(value) && !/[+-](?:1[5-9]|2\d):\d\d$/.test(value)
}
