import { BaseError, type Ctx, decodeCursor, encodeCursor, type Statement, sql, systemActor } from '@linli/base/server'
import type { z } from 'zod'
import type { listFigure as contract, FigureQuery } from '../../contract/statistics.ts'
import type { CaseKind } from '../../define/case-type.ts'
import { ratesOf, type Seen } from '../../define/rates.ts'
import { readFigures } from '../../define/tally.ts'
import { fileColumns, fileNames, type NamedFileRow } from '../case-rows.ts'
import type { CasesDeps } from '../deps.ts'
import { rowOf } from '../view-row.ts'
import { wallRow } from './list-overview.ts'
import { lateOf, placeOf, readAlike, source } from './read-figures.ts'
import { periodOf } from './statistics.ts'

type Query = z.output<typeof FigureQuery>

/** One time that a figure counts a case. */
interface Hit {
  case_id: string
  opened_at: Date
  nth: number
  times: number
}

/** Where a page ended. */
type Place = Pick<Hit, 'case_id' | 'nth'> & { openedAt: string }

/**
 * The cases behind one figure of the statistics, latest first, a case as often as the figure counts it: as many lines as the figure says.
 * They are found by the same groups that were counted and, like every list, shown under the policies and masked.
 */
export async function listFigure(
  ctx: Ctx,
  deps: CasesDeps,
  query: Query & { limit: number; cursor?: string | undefined },
): Promise<z.input<typeof contract.result>> {
  const after = readCursor(query.cursor)
  const hits = await findHits(ctx, query, query.limit + 1, after)
  const page = hits.slice(0, query.limit)
  const last = hits.length > query.limit ? page.at(-1) : undefined
  const rows = await ctx.rows(
    sql<NamedFileRow>`SELECT ${fileColumns} FROM cases.case_file f ${fileNames} WHERE f.case_id = ANY (${[...new Set(page.map((hit) => hit.case_id))]}::uuid[])`,
  )
  const shown = new Map(rows.map((row) => [row.case_id, wallRow(deps.catalogue, rowOf(deps.catalogue.get(row.case_type), row, ctx.now))]))
  return {
    asOf: ctx.now.toISOString(),
    items: page.flatMap(({ case_id, nth, times }) => {
      const row = shown.get(case_id)
      return row ? [{ ...row, nth, times }] : []
    }),
    next: last ? encodeCursor(last.opened_at.toISOString(), last.case_id, last.nth) : null,
  }
}

/** The hits of a figure in the order of its list; all of them without a limit. */
export async function findHits(ctx: Ctx, query: Query, limit: number | null, after?: Place): Promise<Hit[]> {
  const timesOf = counterOf(query.kind, query.figure)
  if (query.place && ctx.actor.reach === 'line') {
    throw BaseError('request_invalid', { detail: '条线岗位不按地方看', fields: [{ path: 'place', message: '条线岗位不按地方看' }] })
  }
  const period = periodOf(ctx, query.kind, query.days)
  const { alike } = await readAlike(ctx, period)
  const groups = [...new Map(alike.map((group) => [`${group.figures} ${group.late}`, group])).values()]
    .map(({ figures, late }) => ({ figures, late, times: timesOf(figures, late) }))
    .filter(({ times }) => times > 0)
  if (groups.length === 0) return []
  const { from } = source(ctx.actor, period)
  const there = [
    query.place ? sql` AND ${placeOf} = ${query.place}` : sql``,
    query.week ? sql` AND date_trunc('week', f.opened_at AT TIME ZONE 'Asia/Shanghai')::date = ${query.week}::date` : sql``,
    after ? sql` AND (f.opened_at, f.case_id) <= (${after.openedAt}::timestamptz, ${after.case_id}::uuid)` : sql``,
  ].reduce((left: Statement, right) => sql`${left}${right}`)
  return ctx.as(systemActor, (system) =>
    system.rows(sql<Hit>`
      SELECT f.case_id, f.opened_at, nth, f.times FROM (
        SELECT f.case_id, f.opened_at, wanted.times FROM (SELECT f.case_id, f.opened_at, f.figures, ${lateOf(ctx.now)} AS late FROM ${from}${there}) f
        JOIN jsonb_to_recordset(${JSON.stringify(groups)}::jsonb) AS wanted(figures text, late integer, times integer)
          ON wanted.figures = f.figures AND wanted.late = f.late
      ) f, generate_series(1, f.times) AS nth
      WHERE ${after ? sql`(f.opened_at, f.case_id) < (${after.openedAt}::timestamptz, ${after.case_id}::uuid) OR nth > ${after.nth}` : sql`true`}
      ORDER BY f.opened_at DESC, f.case_id DESC, nth LIMIT ${limit}`),
  )
}

/** How often a figure counts a case of these figures; refuses a name that its kind does not have. */
function counterOf(kind: CaseKind, figure: string): (figures: string, late: number) => number {
  const [rate = '', part = ''] = figure.split('.')
  if (rate === 'ended') return (figures, late) => (readFigures(figures, late).ended?.endsWith(`/${part}`) ? 1 : 0)
  const marks = rate === 'cases' ? (['received'] as const) : marksOf(kind, rate, part)
  if (!marks) throw BaseError('request_invalid', { detail: '没有这个数', fields: [{ path: 'figure', message: '这类事项没有这个数' }] })
  return (figures, late) => {
    const { seen } = readFigures(figures, late)
    return marks.reduce((sum, mark) => sum + (seen.get(mark) ?? 0), 0)
  }
}

function marksOf(kind: CaseKind, key: string, part: string): readonly Seen[] | undefined {
  const rule = ratesOf(kind).find((one) => one.key === key)
  if (part === 'numerator' || part === 'denominator') return rule?.[part]
  return rule?.leftOut.find((one) => one.key === part)?.marks
}

function readCursor(cursor: string | undefined): Place | undefined {
  if (!cursor) return undefined
  const [openedAt, case_id, nth] = decodeCursor(cursor, 'instant', 'uuid', 'integer')
  return { openedAt, case_id, nth }
}
