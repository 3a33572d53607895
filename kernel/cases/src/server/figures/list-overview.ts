import { type Ctx, decodeCursor, encodeCursor, sql, sqlAnd } from '@linli/base/server'
import type { CaseRow } from '../../contract/case.ts'
import type { Figure, OverviewRow } from '../../contract/overview.ts'
import { fileColumns, fileNames, type NamedFileRow } from '../case-rows.ts'
import type { CaseCatalogue } from '../catalogue.ts'
import type { CasesDeps } from '../deps.ts'
import { type ListQuery, listCases } from '../lists/list-cases.ts'
import { levelOf } from '../scope-of-files.ts'
import { rowOf } from '../view-row.ts'

export interface OverviewQuery {
  figure: Figure
  kind?: string | undefined
  days: number
  limit: number
  cursor?: string | undefined
}

type Page = { items: OverviewRow[]; next: string | null }

/** What each figure of `countAreas` counts, in the words of the list. */
const behind: Record<Exclude<Figure, 'received'>, Partial<ListQuery>> = {
  open: {},
  overdue: { clock: 'overdue' },
  dueSoon: { clock: 'dueSoon' },
  paused: { clock: 'paused' },
  ruling: { waits: 'rule' },
  supervised: { queue: 'supervised' },
}

/** The matters behind a figure of the acting post's area, as a wall may show them. */
export async function listOverview(ctx: Ctx, deps: CasesDeps, { figure, kind, days, limit, cursor }: OverviewQuery): Promise<Page> {
  const page =
    figure === 'received'
      ? await listReceived(ctx, deps, { kind, days, limit, cursor })
      : await listCases(ctx, deps, { status: 'open', ...behind[figure], kind, limit, cursor })
  return { items: page.items.map((row) => wallRow(deps.catalogue, row)), next: page.next }
}

async function listReceived(
  ctx: Ctx,
  deps: CasesDeps,
  { kind, days, limit, cursor }: Omit<OverviewQuery, 'figure'>,
): Promise<{ items: CaseRow[]; next: string | null }> {
  const { actor, now } = ctx
  const conditions = [levelOf(actor), sql`f.opened_at > ${new Date(now.getTime() - days * 86_400_000)}`]
  if (kind) conditions.push(sql`f.kind = ${kind}`)
  if (cursor) {
    const [openedAt, caseId] = decodeCursor(cursor, 'instant', 'uuid')
    conditions.push(sql`(f.opened_at, f.case_id) < (${openedAt}::timestamptz, ${caseId}::uuid)`)
  }
  const rows = await ctx.rows(sql<NamedFileRow>`
    SELECT ${fileColumns} FROM (
      SELECT f.* FROM cases.case_file f WHERE ${sqlAnd(conditions)} ORDER BY f.opened_at DESC, f.case_id DESC LIMIT ${limit + 1}
    ) f ${fileNames} ORDER BY f.opened_at DESC, f.case_id DESC`)
  const page = rows.slice(0, limit)
  const last = rows.length > limit ? page.at(-1) : undefined
  return {
    items: page.map((row) => rowOf(deps.catalogue.get(row.case_type), row, now)),
    next: last ? encodeCursor(last.opened_at.toISOString(), last.case_id) : null,
  }
}

/** Whatever is read on a wall is read by strangers: what somebody is accused of stays away altogether. */
export function wallRow(catalogue: CaseCatalogue, row: CaseRow): OverviewRow {
  const { caseId, number, kind, stage, stageName, caseType, status, communityName, holder, held, openedAt, clock, supervisedAt } = row
  const isSealed = row.appealType === 'report'
  return {
    caseId,
    number,
    kind,
    category: isSealed ? null : row.category,
    categoryName: isSealed ? null : (catalogue.categoriesOf(row.caseType).find(({ key }) => key === row.category)?.name ?? null),
    stage,
    stageName,
    caseType,
    status,
    communityName,
    holder,
    held,
    openedAt,
    clock: clock && { ...clock, pauseReason: null },
    supervisedAt,
    isSealed,
  }
}
