import { BaseError } from '@linli/base/define'
import { type Actor, type Ctx, type Statement, sql, sqlAnd } from '@linli/base/server'
import type { CaseRow, Queue } from '../contract/case.ts'
import { type NamedFileRow, selectFiles } from './case-rows.ts'
import type { CasesDeps } from './deps.ts'
import { rowOf } from './view-case.ts'

export interface ListQuery {
  queue?: Queue | undefined
  stage?: string | undefined
  kind?: string | undefined
  status?: string | undefined
  clock?: 'onTime' | 'dueSoon' | 'overdue' | 'paused' | undefined
  category?: string | undefined
  q?: string | undefined
  limit: number
  cursor?: string | undefined
}

/** Cases in the acting post's scope, by the deadline of whoever holds them; those without one come last. */
export async function listCases(ctx: Ctx, deps: CasesDeps, query: ListQuery): Promise<{ items: CaseRow[]; next: string | null }> {
  const cursor = readCursor(query.cursor)
  const conditions = [scopeOf(ctx.actor), ...filtersOf(query, ctx)]
  if (cursor) conditions.push(sql`(coalesce(f.due_at, 'infinity'), f.case_id) > (${cursor.dueAt}::timestamptz, ${cursor.caseId}::uuid)`)
  const rows = await ctx.rows(sql<NamedFileRow>`${selectFiles}
    WHERE ${sqlAnd(conditions)} ORDER BY coalesce(f.due_at, 'infinity'), f.case_id LIMIT ${query.limit + 1}`)
  const page = rows.slice(0, query.limit)
  const last = rows.length > query.limit ? page.at(-1) : undefined
  return {
    items: page.map((row) => rowOf(deps.catalogue.get(row.case_type), row, ctx.now)),
    next: last ? Buffer.from(`${last.due_at?.toISOString() ?? 'infinity'} ${last.case_id}`).toString('base64url') : null,
  }
}

/**
 * The level column of the post by equality, so that its index does the work; the policy then only confirms.
 * A line post starts from the files its organization is a party of.
 */
export function scopeOf(actor: Actor): Statement {
  switch (actor.reach) {
    case 'cell':
      return sql`f.cell_id = ${actor.areaId}`
    case 'community':
      return sql`f.community_id = ${actor.areaId}`
    case 'township':
      return sql`f.township_id = ${actor.areaId}`
    case 'county':
      return sql`f.county_id = ${actor.areaId}`
    case 'line':
      return sql`f.case_id IN (SELECT p.case_id FROM cases.case_party p WHERE p.org_id = ${actor.orgId})`
    default:
      return sql`true`
  }
}

function filtersOf(query: ListQuery, ctx: Ctx): Statement[] {
  const filters: Statement[] = []
  const { queue } = query
  if (queue === 'desk') filters.push(sql`f.status = 'open' AND f.queue IN ('accept', 'dispatch')`)
  if (queue === 'accept' || queue === 'dispatch') filters.push(sql`f.status = 'open' AND f.queue = ${queue}`)
  if (queue === 'mine') filters.push(sql`f.status = 'open' AND f.holder = 'main' AND f.main_org_id = ${ctx.actor.orgId}`)
  if (queue === 'follow') filters.push(sql`f.status = 'open' AND f.queue IN ('followUp', 'verify')`)
  if (queue === 'rectify') filters.push(sql`f.status = 'open' AND f.queue IN ('rectify', 'verify')`)
  if (queue === 'extension') filters.push(sql`f.status = 'open' AND f.extension = 'asked'`)
  if (query.stage) filters.push(sql`f.stage = ${query.stage}`)
  if (query.kind) filters.push(sql`f.kind = ${query.kind}`)
  if (query.status) filters.push(sql`f.status = ${query.status}`)
  if (query.category) filters.push(sql`f.category = ${query.category}`)
  if (query.clock) filters.push(clockIs(query.clock, ctx.now))
  if (query.q) filters.push(wordsAre(query.q))
  return filters
}

function clockIs(state: NonNullable<ListQuery['clock']>, now: Date): Statement {
  const isPaused = sql`(f.paused_until IS NOT NULL AND f.paused_until > ${now})`
  if (state === 'overdue') return sql`f.status = 'open' AND f.due_at < ${now}`
  if (state === 'paused') return sql`f.status = 'open' AND f.due_at >= ${now} AND ${isPaused}`
  if (state === 'dueSoon') return sql`f.status = 'open' AND f.due_at >= ${now} AND f.amber_at <= ${now} AND NOT ${isPaused}`
  return sql`f.status = 'open' AND f.due_at >= ${now} AND f.amber_at > ${now} AND NOT ${isPaused}`
}

/** A number from its start (with or without the dash), or words of the title. */
function wordsAre(words: string): Statement {
  const digits = words.replace(/^诉\s*/, '').replace(/[\s-]/g, '')
  if (/^\d{4,}$/.test(digits)) return sql`replace(f.number, '-', '') LIKE ${`${digits}%`}`
  return sql`(f.title ILIKE ${`%${escapeLike(words)}%`} OR f.place ILIKE ${`%${escapeLike(words)}%`})`
}

const escapeLike = (text: string): string => text.replace(/[\\%_]/g, (char) => `\\${char}`)

function readCursor(cursor: string | undefined): { dueAt: string; caseId: string } | undefined {
  if (!cursor) return undefined
  const [dueAt = '', caseId = ''] = Buffer.from(cursor, 'base64url').toString('utf8').split(' ')
  if (!/^(infinity|\d{4}-\d{2}-\d{2}T[\d:.]+Z)$/.test(dueAt) || !/^[0-9a-f-]{36}$/.test(caseId)) {
    throw BaseError('request_invalid', { detail: '翻页标记不对，请从第一页看起', fields: [{ path: 'cursor', message: '请去掉它再试' }] })
  }
  return { dueAt, caseId }
}

interface CountRow {
  queue: string
  total: number
  overdue: number
  due_soon: number
  paused: number
}

/** Open cases of one kind by queue and clock state. Kinds are never added up. */
export async function countCases(
  ctx: Ctx,
  kind: string,
): Promise<Record<string, { total: number; overdue: number; dueSoon: number; paused: number }>> {
  const rows = await ctx.rows(sql<CountRow>`
    WITH mine AS MATERIALIZED (
      SELECT f.queue AS waits, f.holder, f.main_org_id, f.extension, f.due_at, f.amber_at, coalesce(f.paused_until > ${ctx.now}, false) AS is_paused
      FROM cases.case_file f WHERE ${scopeOf(ctx.actor)} AND f.status = 'open' AND f.kind = ${kind}
    ), queued AS (
      SELECT 'all' AS queue, * FROM mine
      UNION ALL SELECT waits, * FROM mine WHERE waits IN ('accept', 'dispatch')
      UNION ALL SELECT 'desk', * FROM mine WHERE waits IN ('accept', 'dispatch')
      UNION ALL SELECT 'mine', * FROM mine WHERE holder = 'main' AND main_org_id = ${ctx.actor.orgId}
      UNION ALL SELECT 'follow', * FROM mine WHERE waits IN ('followUp', 'verify')
      UNION ALL SELECT 'rectify', * FROM mine WHERE waits IN ('rectify', 'verify')
      UNION ALL SELECT 'extension', * FROM mine WHERE extension = 'asked'
    )
    SELECT queue, count(*) AS total, count(*) FILTER (WHERE due_at < ${ctx.now}) AS overdue,
      count(*) FILTER (WHERE due_at >= ${ctx.now} AND amber_at <= ${ctx.now} AND NOT is_paused) AS due_soon,
      count(*) FILTER (WHERE due_at >= ${ctx.now} AND is_paused) AS paused
    FROM queued GROUP BY queue`)
  const none = { total: 0, overdue: 0, dueSoon: 0, paused: 0 }
  const queues: Record<string, typeof none> = Object.fromEntries(
    ['all', 'accept', 'dispatch', 'desk', 'mine', 'follow', 'rectify', 'extension'].map((queue) => [queue, { ...none }]),
  )
  for (const row of rows) queues[row.queue] = { total: row.total, overdue: row.overdue, dueSoon: row.due_soon, paused: row.paused }
  return queues
}
