import { type Actor, BaseError, type Ctx, decodeCursor, encodeCursor, type Statement, sql, sqlAnd, systemActor } from '@linli/base/server'
import type { CaseRow } from '../../contract/case.ts'
import { fileColumns, fileNames, type NamedFileRow } from '../case-rows.ts'
import type { CasesDeps } from '../deps.ts'
import { levelOf } from '../scope-of-files.ts'
import { rowOf } from '../view-row.ts'
import { type AskedFor, filtersOf, type Prepared, prepare } from './filter-cases.ts'
import { filesWith } from './find-words.ts'

type Status = CaseRow['status']

export interface ListQuery extends AskedFor {
  limit: number
  cursor?: string | undefined
}

/**
 * A list is walked in stretches that one index each holds in order: by deadline one status after the other, the open ones by the deadline
 * of whoever holds them (those without one last), then the ended ones, latest first; by opening all of them at once, latest first.
 */
type Stretch = Status | 'opened'

/** Where a page ended. */
interface Place {
  stretch: Stretch
  /** ISO 8601, or `infinity` for a case without a deadline. */
  at: string
  caseId: string
}

interface ListedRow extends NamedFileRow {
  /** What the list is sorted by; a number where it is infinite. */
  sort_at: Date | number
}

/** Cases in the acting post's scope; a page costs the same wherever it is. */
export async function listCases(ctx: Ctx, deps: CasesDeps, query: ListQuery): Promise<{ items: CaseRow[]; next: string | null }> {
  const cursor = readCursor(query.cursor)
  const stretches = await stretchesOf(ctx, deps, query)
  const rows: (ListedRow & { stretch: Stretch })[] = []
  // From where the last page ended; a page of another order begins anew.
  for (const one of stretches.slice(
    Math.max(
      0,
      stretches.findIndex(({ stretch }) => stretch === cursor?.stretch),
    ),
  )) {
    const after = cursor?.stretch === one.stretch ? cursor : undefined
    const more = await listStretch(ctx, one, after, query.limit + 1 - rows.length)
    rows.push(...more.map((row) => ({ ...row, stretch: one.stretch })))
    if (rows.length > query.limit) break
  }
  const page = rows.slice(0, query.limit)
  const last = rows.length > query.limit ? page.at(-1) : undefined
  return {
    items: page.map((row) => rowOf(deps.catalogue.get(row.case_type), row, ctx.now)),
    next: last ? encodeCursor(last.stretch, last.sort_at instanceof Date ? last.sort_at.toISOString() : 'infinity', last.case_id) : null,
  }
}

/** How many cases a list holds, but no more than `most + 1`. */
export async function countListed(ctx: Ctx, deps: CasesDeps, filter: AskedFor, most: number): Promise<number> {
  let rows = 0
  for (const { from, where } of await stretchesOf(ctx, deps, filter)) {
    if (rows > most) break
    const { found } = await ctx.get(sql<{ found: number }>`
      SELECT count(*)::int AS found FROM (SELECT FROM ${from} WHERE ${where} LIMIT ${most + 1 - rows}) f`)
    rows += found
  }
  return rows
}

const order: readonly Status[] = ['open', 'closed', 'withdrawn']

/** The statuses that can hold what is asked for. */
function statusesOf({ status, stage, queue, clock }: AskedFor, { catalogue }: CasesDeps): readonly Status[] {
  const isOpenOnly = clock !== undefined || (queue !== undefined && queue !== 'all')
  const stages = stage === undefined ? [] : catalogue.all().flatMap((type) => type.stages[stage] ?? [])
  return order.filter(
    (one) =>
      (status === undefined || status === one) &&
      (!isOpenOnly || one === 'open') &&
      (stage === undefined || stages.some((other) => (other.final ?? 'open') === one)),
  )
}

export interface SourcedStretch extends Source {
  stretch: Stretch
  where: Statement
  /** In the order of the list. */
  orderBy: Statement
  isLatestFirst: boolean
}

/** The stretches of a list, in their order, with everything that is asked of it. */
export async function stretchesOf(ctx: Ctx, deps: CasesDeps, filter: AskedFor): Promise<SourcedStretch[]> {
  const query = await prepare(ctx, filter)
  const statuses = statusesOf(query, deps)
  const isByOpening = query.sort === 'opened' || query.from !== undefined || query.to !== undefined
  const stretches: readonly Stretch[] = isByOpening && hasOpenings(ctx.actor, query) ? (statuses.length > 0 ? ['opened'] : []) : statuses
  return stretches.map((stretch) => {
    const source = sourceOf(ctx.actor, query, stretch === 'opened' ? statuses : [stretch])
    const { own, isIn, id } = source
    const sortedBy = stretch === 'opened' ? sql`f.opened_at` : source.due
    const isLatestFirst = stretch !== 'open'
    return {
      ...source,
      stretch,
      due: sortedBy,
      where: sqlAnd([own, isIn, ...filtersOf(query, ctx, deps.catalogue, source)]),
      orderBy: isLatestFirst ? sql`${sortedBy} DESC, ${id} DESC` : sql`${sortedBy}, ${id}`,
      isLatestFirst,
    }
  })
}

/** Files found through an organization stand by their deadlines, and in no other order. */
const hasOpenings = ({ reach }: Actor, { queue, org }: AskedFor): boolean => reach !== 'line' && queue !== 'mine' && org === undefined

function listStretch(ctx: Ctx, stretch: SourcedStretch, after: Place | undefined, limit: number): Promise<ListedRow[]> {
  const { from, columns, where, due, id, orderBy, isLatestFirst } = stretch
  const conditions = [where]
  if (after) {
    const place = sql`(${after.at}::timestamptz, ${after.caseId}::uuid)`
    conditions.push(isLatestFirst ? sql`(${due}, ${id}) < ${place}` : sql`(${due}, ${id}) > ${place}`)
  }
  const page = sql`WHERE ${sqlAnd(conditions)} ORDER BY ${orderBy} LIMIT ${limit}`
  const rowsOf = (shown: Statement) =>
    // The page first, the names of its thirty rows afterwards.
    ctx.rows(sql<ListedRow>`
      SELECT ${fileColumns} FROM (SELECT f.*, ${due} AS sort_at${columns ?? sql``} FROM ${shown}) f ${fileNames}
      ORDER BY ${isLatestFirst ? sql`f.sort_at DESC, f.case_id DESC` : sql`f.sort_at, f.case_id`}`)
  return columns ? pickPage(ctx, stretch, page).then(rowsOf) : rowsOf(sql`${from} ${page}`)
}

/**
 * The page of what an organization works on, by its ids. As the system: planned under the policies, a handful would be expected where there
 * are a hundred thousand, and all of them read and sorted. What is shown of it is read under the policies all the same.
 */
async function pickPage(ctx: Ctx, { from, own, isIn, id }: SourcedStretch, page: Statement): Promise<Statement> {
  const { ids } = await ctx.as(systemActor, (system) =>
    system.get(sql<{ ids: string[] }>`SELECT ARRAY(SELECT ${id} FROM ${from} ${page}) AS ids`),
  )
  return sql`cases.case_party p JOIN cases.case_file f USING (case_id) WHERE ${own} AND ${isIn} AND ${id} = ANY (${ids}::uuid[])`
}

interface Source {
  from: Statement
  /** What is shown beside a file that was found by what the own organization has in hand of it. */
  columns?: Statement
  /** Whose files they are. */
  own: Statement
  isIn: Statement
  /** What the index of the source is sorted by. */
  due: Statement
  amber?: Statement
  id: Statement
}

/**
 * Where the files of a post are read from. A territory post names its level column by equality; a line post, everyone for what is his own
 * to do, and whoever asks for one organization's start from the files that this organization is a party of. Both are indexes that end in
 * the order of the list. The policy then only confirms.
 */
export function sourceOf(actor: Actor, { queue, org, words, inArea }: Prepared<AskedFor>, statuses: readonly Status[]): Source {
  const files = filesWith(words)
  const isIn = (column: Statement) => (statuses.length === 1 ? sql`${column} = ${statuses[0]}` : sql`${column} = ANY (${statuses}::text[])`)
  // An area inside of the own one has the longer index range; the policies keep to the own one.
  const level = inArea ?? levelOf(actor)
  const inFiles = { from: sql`${files} f`, due: sql`f.list_due_at`, id: sql`f.case_id` }
  if (queue === 'rule') return { ...inFiles, own: sql`f.ruling_area_id = ${actor.areaId} AND ${level}`, isIn: isIn(sql`f.status`) }
  const inParties = {
    from: sql`cases.case_party p JOIN ${files} f USING (case_id)`,
    isIn: isIn(sql`p.status`),
    due: sql`p.list_due_at`,
    id: sql`p.case_id`,
  }
  if (actor.reach === 'line' || queue === 'mine') {
    return {
      ...inParties,
      columns: sql`, p.task_key, p.task_started_at, p.task_amber_at, p.due_at AS task_due_at`,
      own: sql`p.org_id = ${actor.orgId} AND ${level}`,
      amber: sql`coalesce(p.task_amber_at, f.amber_at)`,
    }
  }
  if (org) return { ...inParties, own: sql`p.org_id = ${org}::uuid AND ${level}` }
  return { ...inFiles, own: level, isIn: isIn(sql`f.status`) }
}

const asStretch = (text: string | undefined): Stretch | undefined => [...order, 'opened' as const].find((one) => one === text)

function readCursor(cursor: string | undefined): Place | undefined {
  if (!cursor) return undefined
  const [status, at, caseId] = decodeCursor(cursor, 'text', 'text', 'uuid')
  const isDue = at === 'infinity' || (/^\d{4}-\d{2}-\d{2}T[\d:]{8}\.\d{3}Z$/.test(at) && !Number.isNaN(Date.parse(at)))
  const stretch = asStretch(status)
  if (!isDue || !stretch) {
    const fields = [{ path: 'cursor', message: '不是有效的翻页标记' }]
    throw BaseError('request_invalid', { detail: '翻页标记不对，请从第一页看起', fields })
  }
  return { stretch, at, caseId }
}
