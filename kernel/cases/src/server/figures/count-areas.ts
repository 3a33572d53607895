import { type Ctx, type Statement, sql, systemActor } from '@linli/base/server'
import type { z } from 'zod'
import type { AreaFigures, countAreas as contract } from '../../contract/overview.ts'
import type { CaseCatalogue } from '../catalogue.ts'
import { namesOf, type Place, placesOf } from '../places-of.ts'
import { filesInScope } from '../scope-of-files.ts'

type AreaCounts = z.input<typeof contract.result>

interface CountRow {
  kind: string
  child: string | null
  is_total: boolean
  open: number
  overdue: number
  due_soon: number
  paused: number
  ruling: number
  supervised: number
}

const none: AreaFigures = { open: 0, overdue: 0, dueSoon: 0, paused: 0, ruling: 0, supervised: 0 }

/**
 * Open matters of the acting post's area (that `within` may have narrowed) and of the areas one level below, by kind. One statement, so that
 * the parts are the whole at one instant; as the system, with the scope settled once, as in `countCases`. `ownPath` is where the way down began.
 */
export async function countAreas(ctx: Ctx, catalogue: CaseCatalogue, kind: string | undefined, ownPath: string): Promise<AreaCounts> {
  const { area, above, areas } = await placesOf(ctx, ownPath)
  const kinds = [...new Set(catalogue.all().map((type) => type.kind as string))].filter((one) => kind === undefined || one === kind)
  const rows = await ctx.as(systemActor, (system) => system.rows(countsOf(ctx, kinds, area.level)))
  // An area that was dissolved still has the files that were opened in it.
  const gone = [...new Set(rows.flatMap(({ child }) => (child && !areas.some(({ areaId }) => areaId === child) ? [child] : [])))]
  const all = gone.length > 0 ? [...areas, ...(await namesOf(ctx, gone))] : areas
  return {
    asOf: ctx.now.toISOString(),
    area,
    above,
    areas: all,
    kinds: kinds.map((one) => {
      const ofKind = rows.filter((row) => row.kind === one)
      const figuresAt = (child: string | null) => figuresOf(ofKind.find((row) => !row.is_total && row.child === child))
      return {
        kind: one,
        own: figuresOf(ofKind.find(({ is_total }) => is_total)),
        areas: all.map(({ areaId }) => ({ areaId, ...figuresAt(areaId) })),
        elsewhere: figuresAt(null),
      }
    }),
  }
}

function figuresOf(row: CountRow | undefined): AreaFigures {
  if (!row) return none
  const { open, overdue, due_soon, paused, ruling, supervised } = row
  return { open, overdue, dueSoon: due_soon, paused, ruling, supervised }
}

function countsOf({ actor, now }: Ctx, kinds: readonly string[], level: Place['level']): Statement<CountRow> {
  const isLine = actor.reach === 'line'
  const due = isLine ? sql`p.due_at` : sql`f.due_at`
  const amber = isLine ? sql`coalesce(p.task_amber_at, f.amber_at)` : sql`f.amber_at`
  return sql<CountRow>`
    WITH file AS (
      SELECT f.kind, ${childOf(level)} AS child, coalesce(${due} < ${now}, false) AS is_overdue, coalesce(${amber} <= ${now}, false) AS is_amber,
        coalesce(f.paused_until > ${now}, false) AS is_paused, coalesce(f.queue = 'rule', false) AS is_ruled, f.supervised_at IS NOT NULL AS is_watched
      FROM ${filesInScope(actor)} AND ${isLine ? sql`p.status = 'open'` : sql`f.status = 'open'`} AND f.kind = ANY (${kinds}::text[])
    )
    SELECT kind, child, grouping(child) = 1 AS is_total, count(*) AS open, count(*) FILTER (WHERE is_overdue) AS overdue,
      count(*) FILTER (WHERE NOT is_overdue AND is_amber AND NOT is_paused) AS due_soon, count(*) FILTER (WHERE NOT is_overdue AND is_paused) AS paused,
      count(*) FILTER (WHERE is_ruled) AS ruling, count(*) FILTER (WHERE is_watched) AS supervised
    FROM file GROUP BY GROUPING SETS ((kind, child), (kind))`
}

/** Where a file lies, one level below. */
function childOf(level: Place['level']): Statement {
  switch (level) {
    case 'province':
    case 'prefecture':
      return sql`f.county_id`
    case 'county':
      return sql`f.township_id`
    case 'township':
      return sql`f.community_id`
    case 'community':
      return sql`f.cell_id`
    default:
      return sql`NULL::uuid`
  }
}
