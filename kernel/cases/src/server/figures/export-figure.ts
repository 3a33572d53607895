import { within } from '@linli/access/server'
import { type Ctx, sql } from '@linli/base/server'
import type { z } from 'zod'
import type { CaseRow } from '../../contract/case.ts'
import { FigureQuery } from '../../contract/statistics.ts'
import { fileColumns, fileNames, type NamedFileRow } from '../case-rows.ts'
import type { CasesDeps } from '../deps.ts'
import { caseExport } from '../lists/export-cases.ts'
import { rowOf } from '../view-row.ts'
import { findHits } from './list-figure.ts'

type Query = z.output<typeof FigureQuery>

/** The cases behind one figure of the statistics for a file: as many rows as the figure says, with the columns of the list of cases. */
export function figureExport(deps: CasesDeps, labels: Parameters<typeof caseExport>[1]) {
  const inArea = <T>(ctx: Ctx, { area }: Query, work: (narrowed: Ctx) => Promise<T>): Promise<T> => within(ctx, area, work)
  return {
    key: 'cases.figure',
    zh: '统计的一个数',
    en: 'Figure of the statistics',
    permission: 'cases.read',
    query: FigureQuery.strict(),
    columns: caseExport(deps, labels).columns,
    count: (ctx: Ctx, query: Query, most: number): Promise<number> =>
      inArea(ctx, query, async (narrowed) => (await findHits(narrowed, query, most + 1)).length),
    pick: (ctx: Ctx, query: Query, most: number): Promise<string[]> =>
      inArea(ctx, query, async (narrowed) => (await findHits(narrowed, query, most)).map((hit) => hit.case_id)),
    async load(ctx: Ctx, ids: readonly string[]): Promise<Map<string, CaseRow>> {
      const rows = await ctx.rows(
        sql<NamedFileRow>`SELECT ${fileColumns} FROM cases.case_file f ${fileNames} WHERE f.case_id = ANY (${ids}::uuid[])`,
      )
      return new Map(rows.map((row) => [row.case_id, rowOf(deps.catalogue.get(row.case_type), row, ctx.now)]))
    },
  }
}
