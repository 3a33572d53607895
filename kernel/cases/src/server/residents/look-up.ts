import { timingSafeEqual } from 'node:crypto'
import { type Ctx, sql } from '@linli/base/server'
import { type NamedFileRow, selectFiles } from '../case-rows.ts'
import type { CasesDeps } from '../deps.ts'
import { CaseError } from '../errors.ts'
import { codeHash, tailHash } from './contact.ts'

/**
 * Wrong tails per number and hour: ten from one network, thirty from all. Ten alone would let anybody who knows a number (it stands on
 * a receipt, a notice, a screen) lock its owner out with ten tries; now it takes three networks. Thirty of ten thousand tails an hour is
 * still nothing to try them through with, and the limit of requests per client holds beside it. Behind a proxy that hides where requests
 * come from all are one network, and ten is the limit.
 */
const triesPerClient = 10
const triesPerNumber = 30
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
 * The case behind a number and a tail. A wrong tail and an unknown number are the same 404 after the same work; after too many wrong
 * ones in an hour the number is closed to tries until the next. Runs as the system, before anything else of the request is written.
 */
export async function findByTail(system: Ctx, deps: CasesDeps, number: string, tail: string): Promise<NamedFileRow> {
  const asked = normalizeNumber(number)
  if (!isNumber(asked)) throw notFound()
  const hour = new Date(Math.floor(system.now.getTime() / hourMs) * hourMs)
  const client = deps.vault.keyedHash('case.look-up', `${hour.toISOString()} ${networkOf(system.address ?? '')}`)
  // Tries at one number wait for each other: many at once would all read the count before the first of them was added.
  await system.run(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`cases.look-up ${asked}`}, 0))`)
  const tries = await system.get(sql<{ mine: number; all: number }>`
    SELECT coalesce(sum(failures) FILTER (WHERE client = ${client}), 0)::integer AS mine, coalesce(sum(failures), 0)::integer AS "all"
    FROM cases.look_up_failure WHERE number = ${asked} AND hour = ${hour}`)
  if (tries.mine >= triesPerClient || tries.all >= triesPerNumber) {
    const retryAfterSeconds = Math.ceil((hour.getTime() + hourMs - system.now.getTime()) / 1000)
    throw CaseError('tries_exhausted', { detail: '这个编号试错太多次了，请一小时后再试，或打电话问', retryAfterSeconds })
  }
  const row = await system.find(sql<NamedFileRow>`${selectFiles} WHERE f.number = ${asked}`)
  const { case_id, tail_hash } = row ?? nobody
  const isRight = timingSafeEqual(tail_hash, tailHash(deps.vault, case_id, tail))
  if (row && isRight) return row
  await system.run(sql`INSERT INTO cases.look_up_failure AS f (number, hour, client, failures) VALUES (${asked}, ${hour}, ${client}, 1)
    ON CONFLICT (number, hour, client) DO UPDATE SET failures = f.failures + 1`)
  // The lock goes with the commit that counts, so that the next try sees this one.
  await system.commitSoFar()
  throw notFound()
}

/** Who moves through the addresses of one IPv6 connection is still one client: 64 bits of it, or an IPv4 address. */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
  if (!plain.includes(':')) return plain
  const [head = '', tail = ''] = plain.split('::')
  const groups = (part: string) => (part === '' ? [] : part.split(':'))
  const zeros = Array<string>(Math.max(0, 8 - groups(head).length - groups(tail).length)).fill('0')
  return [...groups(head), ...zeros, ...groups(tail)]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')
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
