import { type Actor, type Ctx, type Statement, sql, systemActor } from '@linli/base/server'
import type { CaseKind } from '../../define/case-type.ts'
import { type RateRule, ratesOf, type Seen } from '../../define/rates.ts'
import { readFigures } from '../../define/tally.ts'

export interface FiguresQuery {
  kind: CaseKind
  /** Opened from here on. */
  since: Date
}

/** Files that count alike: the same things happened to all of them, and as many of their running clocks are late. */
export interface Alike {
  /** One level below; null for what lies in no place there, and for every post of a line. */
  child: string | null
  figures: string
  late: number
  cases: number
}

export interface Read {
  alike: Alike[]
  /** Files of an older version that are still to be counted. */
  uncounted: number
}

/**
 * The files of the acting post in groups that count alike. As the system, for the policies would be asked anew for each of a million rows:
 * the scope is settled once, and whoever has none finds nothing.
 */
export async function readAlike(ctx: Ctx, query: FiguresQuery): Promise<Read> {
  const { from, child } = source(ctx.actor, query)
  const rows = await ctx.as(systemActor, (system) =>
    system.rows(sql<Omit<Alike, 'figures'> & { figures: string | null }>`
      SELECT child, figures, late, count(*) AS cases
      FROM (SELECT ${child} AS child, f.figures, ${lateOf(ctx.now)} AS late FROM ${from}) f GROUP BY child, figures, late`),
  )
  return {
    alike: rows.flatMap((row) => (row.figures === null ? [] : [{ ...row, figures: row.figures }])),
    uncounted: rows.reduce((sum, row) => sum + (row.figures === null ? row.cases : 0), 0),
  }
}

/** How many of the running clocks of the file `f` are past their deadlines. */
export const lateOf = (now: Date): Statement =>
  sql`CASE WHEN f.running_due IS NULL THEN 0 ELSE (SELECT count(*) FROM unnest(f.running_due) AS due WHERE due < ${now})::integer END`

/** Where the file `f` lies, as nearly as it is known. */
export const placeOf: Statement = sql`coalesce(f.cell_id, f.community_id)`

/** The files `f` that are counted for a post, from the index that has all of it, and where each lies one level below. */
export function source(actor: Actor, { kind, since }: FiguresQuery): { from: Statement; child: Statement } {
  const opened = sql`f.kind = ${kind} AND f.opened_at > ${since}`
  const files = (place: Statement, child: Statement) => ({ from: sql`cases.case_file f WHERE ${place} AND ${opened}`, child })
  const none = sql`NULL::uuid`
  const inTownship = sql`f.township_id = (SELECT a.township_id FROM access.area a WHERE a.area_id = ${actor.areaId}::uuid)`
  switch (actor.reach) {
    case 'line':
      return { from: sql`cases.case_party f WHERE f.org_id = ${actor.orgId} AND ${opened}`, child: none }
    case 'cell':
      return files(sql`${inTownship} AND f.cell_id = ${actor.areaId}`, none)
    case 'community':
      return files(sql`${inTownship} AND f.community_id = ${actor.areaId}`, sql`f.cell_id`)
    case 'township':
      return files(sql`f.township_id = ${actor.areaId}`, sql`f.community_id`)
    case 'county':
      return files(sql`f.county_id = ${actor.areaId}`, sql`f.township_id`)
    case 'prefecture':
    case 'province': {
      const counties = sql`SELECT a.area_id FROM access.area a WHERE a.level = 'county' AND starts_with(a.area_path, ${actor.areaPath})`
      return files(sql`f.county_id = ANY (ARRAY(${counties}))`, sql`f.county_id`)
    }
    default:
      return files(sql`false`, none)
  }
}

/** A rate as counted: what it is made of, and what is in neither part. */
export interface CountedRate {
  rule: RateRule
  numerator: number
  denominator: number
  leftOut: number[]
}

export interface Counted {
  cases: number
  rates: CountedRate[]
  /** By `type/stage`: ended before anybody handled it. */
  ended: ReadonlyMap<string, number>
}

/** Adds up what groups of files have in them. */
export function countAlike(kind: CaseKind, alike: readonly Alike[]): Counted {
  const sums = new Map<Seen, number>()
  const ended = new Map<string, number>()
  for (const group of alike) {
    const read = readFigures(group.figures, group.late)
    for (const [mark, count] of read.seen) sums.set(mark, (sums.get(mark) ?? 0) + count * group.cases)
    if (read.ended) ended.set(read.ended, (ended.get(read.ended) ?? 0) + group.cases)
  }
  const of = (seen: readonly Seen[]): number => seen.reduce((sum, mark) => sum + (sums.get(mark) ?? 0), 0)
  return {
    cases: of(['received']),
    rates: ratesOf(kind).map((rule) => ({
      rule,
      numerator: of(rule.numerator),
      denominator: of(rule.denominator),
      leftOut: rule.leftOut.map((one) => of(one.marks)),
    })),
    ended,
  }
}
