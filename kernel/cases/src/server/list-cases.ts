import { BaseError } from '@linli/base/define'
import { type Actor, type Ctx, decodeCursor, encodeCursor, type Statement, sql, sqlAnd } from '@linli/base/server'
import type { CaseRow, Queue } from '../contract/case.ts'
import { fileColumns, fileNames, type NamedFileRow } from './case-rows.ts'
import type { CasesDeps } from './deps.ts'
import { filesWith, findWords, type Words, wordsAre } from './find-words.ts'
import { isInHand, levelOf } from './scope-of-files.ts'
import { rowOf } from './view-case.ts'

type Status = CaseRow['status']

export interface ListQuery {
  queue?: Queue | undefined
  stage?: string | undefined
  kind?: string | undefined
  status?: Status | undefined
  clock?: 'onTime' | 'dueSoon' | 'overdue' | 'paused' | undefined
  category?: string | undefined
  /** Last sent by this line of the duty lists. */
  duty?: string | undefined
  /** Waiting in this list of the trade, whoever's turn it is. */
  waits?: 'rule' | undefined
  q?: string | undefined
  limit: number
  cursor?: string | undefined
}

/** The query with the files that its words are in. */
type Searched = ListQuery & { words: Words | undefined }

/** Where a page ended. */
interface Place {
  status: Status
  /** ISO 8601, or `infinity` for a case without a deadline. */
  dueAt: string
  caseId: string
}

/**
 * Cases in the acting post's scope: the open ones first, by the deadline of whoever holds them (those without one last), then the ended ones,
 * latest first. One status after the other, each straight from its index, so that a page costs the same wherever it is.
 */
export async function listCases(ctx: Ctx, deps: CasesDeps, query: ListQuery): Promise<{ items: CaseRow[]; next: string | null }> {
  const cursor = readCursor(query.cursor)
  const words = query.q ? await findWords(ctx, query.q) : undefined
  const rows: NamedFileRow[] = []
  for (const status of statusesOf(query, deps)) {
    if (cursor && order.indexOf(status) < order.indexOf(cursor.status)) continue
    const after = cursor?.status === status ? cursor : undefined
    rows.push(...(await listStatus(ctx, { ...query, words }, status, after, query.limit + 1 - rows.length)))
    if (rows.length > query.limit) break
  }
  const page = rows.slice(0, query.limit)
  const last = rows.length > query.limit ? page.at(-1) : undefined
  return {
    items: page.map((row) => rowOf(deps.catalogue.get(row.case_type), row, ctx.now)),
    next: last ? encodeCursor(last.status, last.due_at?.toISOString() ?? 'infinity', last.case_id) : null,
  }
}

const order: readonly Status[] = ['open', 'closed', 'withdrawn']

/** The statuses that can hold what is asked for. */
export function statusesOf({ status, stage, queue, clock }: ListQuery, { catalogue }: CasesDeps): readonly Status[] {
  const isOpenOnly = clock !== undefined || (queue !== undefined && queue !== 'all')
  const stages = stage === undefined ? [] : catalogue.all().flatMap((type) => type.stages[stage] ?? [])
  return order.filter(
    (one) =>
      (status === undefined || status === one) &&
      (!isOpenOnly || one === 'open') &&
      (stage === undefined || stages.some((other) => (other.final ?? 'open') === one)),
  )
}

function listStatus(ctx: Ctx, query: Searched, status: Status, after: Place | undefined, limit: number): Promise<NamedFileRow[]> {
  const source = sourceOf(ctx.actor, status, query)
  const { from, columns = sql``, scope, due, id } = source
  const conditions = [scope, ...filtersOf(query, ctx, source)]
  const isOpen = status === 'open'
  if (after) {
    const place = sql`(${after.dueAt}::timestamptz, ${after.caseId}::uuid)`
    conditions.push(isOpen ? sql`(${due}, ${id}) > ${place}` : sql`(${due}, ${id}) < ${place}`)
  }
  // The page first, the names of its thirty rows afterwards.
  return ctx.rows(sql<NamedFileRow>`
    SELECT ${fileColumns} FROM (
      SELECT f.*${columns} FROM ${from} WHERE ${sqlAnd(conditions)}
      ORDER BY ${isOpen ? sql`${due}, ${id}` : sql`${due} DESC, ${id} DESC`} LIMIT ${limit}
    ) f ${fileNames}
    ORDER BY ${isOpen ? sql`f.list_due_at, f.case_id` : sql`f.list_due_at DESC, f.case_id DESC`}`)
}

interface Source {
  from: Statement
  /** What is shown beside the file. */
  columns?: Statement
  scope: Statement
  /** What the index of the source is sorted by. */
  due: Statement
  amber?: Statement
  id: Statement
}

/**
 * Where the files of a post are read from. A territory post names its level column by equality; a line post, and everyone for what is his
 * own to do, starts from the files his organization is a party of. Both are indexes that end in the order of the list. The policy then
 * only confirms.
 */
export function sourceOf(actor: Actor, status: Status, { queue, words }: Searched): Source {
  const files = filesWith(words)
  if (queue === 'rule') {
    const scope = sql`f.ruling_area_id = ${actor.areaId} AND f.status = ${status} AND ${levelOf(actor)}`
    return { from: sql`${files} f`, scope, due: sql`f.list_due_at`, id: sql`f.case_id` }
  }
  if (actor.reach !== 'line' && queue !== 'mine') {
    const scope = sql`${levelOf(actor)} AND f.status = ${status}`
    return { from: sql`${files} f`, scope, due: sql`f.list_due_at`, id: sql`f.case_id` }
  }
  return {
    from: sql`cases.case_party p JOIN ${files} f USING (case_id)`,
    columns: sql`, p.task_key, p.task_started_at, p.task_amber_at, p.due_at AS task_due_at`,
    scope: sql`p.org_id = ${actor.orgId} AND p.status = ${status} AND ${levelOf(actor)}`,
    due: sql`p.list_due_at`,
    amber: sql`coalesce(p.task_amber_at, f.amber_at)`,
    id: sql`p.case_id`,
  }
}

export function filtersOf(query: Searched, ctx: Ctx, source: Source): Statement[] {
  const filters: Statement[] = []
  const { queue } = query
  if (queue === 'desk') filters.push(sql`f.queue IN ('accept', 'dispatch')`)
  if (queue === 'accept' || queue === 'dispatch') filters.push(sql`f.queue = ${queue}`)
  if (queue === 'mine') filters.push(isInHand(ctx.actor))
  if (queue === 'follow') filters.push(sql`f.queue IN ('followUp', 'verify')`)
  if (queue === 'rectify') filters.push(sql`f.queue IN ('rectify', 'verify')`)
  if (queue === 'check' || queue === 'close') filters.push(sql`f.queue = ${queue}`)
  if (queue === 'extension') filters.push(sql`f.extension = 'asked'`)
  if (queue === 'supervised') filters.push(sql`f.supervised_at IS NOT NULL AND f.status = 'open'`)
  if (query.waits) filters.push(sql`f.queue = ${query.waits}`)
  if (query.stage) filters.push(sql`f.stage = ${query.stage}`)
  if (query.kind) filters.push(sql`f.kind = ${query.kind}`)
  if (query.category) filters.push(sql`f.category = ${query.category}`)
  if (query.duty) filters.push(sql`f.duty_id = ${query.duty}`)
  if (query.clock) filters.push(clockIs(query.clock, ctx.now, source))
  if (query.words) filters.push(wordsAre(query.words))
  return filters
}

function clockIs(state: NonNullable<ListQuery['clock']>, now: Date, { due, amber = sql`f.amber_at` }: Source): Statement {
  const isPaused = sql`(f.paused_until IS NOT NULL AND f.paused_until > ${now})`
  if (state === 'overdue') return sql`${due} < ${now}`
  if (state === 'paused') return sql`${due} >= ${now} AND ${isPaused}`
  if (state === 'dueSoon') return sql`${due} >= ${now} AND ${amber} <= ${now} AND NOT ${isPaused}`
  return sql`${due} >= ${now} AND ${amber} > ${now} AND NOT ${isPaused}`
}

function readCursor(cursor: string | undefined): Place | undefined {
  if (!cursor) return undefined
  const [status, dueAt, caseId] = decodeCursor(cursor, 'text', 'text', 'uuid')
  const isDue = dueAt === 'infinity' || (/^\d{4}-\d{2}-\d{2}T[\d:]{8}\.\d{3}Z$/.test(dueAt) && !Number.isNaN(Date.parse(dueAt)))
  if (!isDue || !order.includes(status as Status)) {
    const fields = [{ path: 'cursor', message: '不是有效的翻页标记' }]
    throw BaseError('request_invalid', { detail: '翻页标记不对，请从第一页看起', fields })
  }
  return { status: status as Status, dueAt, caseId }
}
