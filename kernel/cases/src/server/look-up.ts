import { timingSafeEqual } from 'node:crypto'
import { type Ctx, sql, systemActor } from '@linli/base/server'
import { type NamedFileRow, selectFiles } from './case-rows.ts'
import { codeHash, tailHash } from './contact.ts'
import type { CasesDeps } from './deps.ts'
import { CaseError } from './errors.ts'

const triesPerHour = 10
const hourMs = 3_600_000
/** Stands in for the case of a number that nobody has, so that the work is the same. */
const nobody = { case_id: '00000000-0000-0000-0000-000000000000', tail_hash: Buffer.alloc(32) }

/** `2026 1122-000318` and `诉20261122000318` are the same number. */
export function normalizeNumber(number: string): string {
  const digits = number.replace(/\D/g, '')
  return digits.length > 8 ? `${digits.slice(0, 8)}-${digits.slice(8)}` : digits
}

const isNumber = (number: string): boolean => /^\d{8}-\d{6,18}$/.test(number)

/**
 * The case behind a number and a tail. A wrong tail and an unknown number are the same 404 after the same work;
 * after ten wrong ones in an hour the number is closed to tries until the next. Runs as the system.
 */
export async function findByTail(system: Ctx, deps: CasesDeps, number: string, tail: string): Promise<NamedFileRow> {
  const asked = normalizeNumber(number)
  if (!isNumber(asked)) throw notFound()
  const hour = new Date(Math.floor(system.now.getTime() / hourMs) * hourMs)
  // Tries at one number wait for each other: many at once would all read the count before the first of them was added.
  await system.run(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`cases.look-up ${asked}`}, 0))`)
  const tries = await system.find(
    sql<{ failures: number }>`SELECT failures FROM cases.look_up_failure WHERE number = ${asked} AND hour = ${hour}`,
  )
  if (tries && tries.failures >= triesPerHour) {
    const retryAfterSeconds = Math.ceil((hour.getTime() + hourMs - system.now.getTime()) / 1000)
    throw CaseError('tries_exhausted', { detail: '这个编号试错太多次了，请一小时后再试，或打电话问', retryAfterSeconds })
  }
  const row = await system.find(sql<NamedFileRow>`${selectFiles} WHERE f.number = ${asked}`)
  const { case_id, tail_hash } = row ?? nobody
  const isRight = timingSafeEqual(tail_hash, tailHash(deps.vault, case_id, tail))
  if (row && isRight) return row
  system.onRefusal(systemActor, (ctx) =>
    ctx.run(sql`INSERT INTO cases.look_up_failure AS f (number, hour, failures) VALUES (${asked}, ${hour}, 1)
      ON CONFLICT (number, hour) DO UPDATE SET failures = f.failures + 1`),
  )
  throw notFound()
}

const notFound = () => CaseError('not_found', { detail: '没有查到：请核对编号和后四位' })

/** The case of a rating code: sixteen digits, so that there is no need to count tries. */
export async function findByCode(system: Ctx, deps: CasesDeps, code: string): Promise<NamedFileRow> {
  const row = await system.find(sql<NamedFileRow>`${selectFiles} WHERE f.code_hash = ${codeHash(deps.vault, code)}`)
  if (!row) throw CaseError('not_found', { detail: '没有这个评价码' })
  return row
}

/** Forgets the tries of yesterday and before: anybody can invent numbers. Answers how many lines went. */
export function sweepLookUps(system: Ctx): Promise<number> {
  return system.run(sql`DELETE FROM cases.look_up_failure WHERE hour < ${new Date(system.now.getTime() - 24 * hourMs)}`)
}
