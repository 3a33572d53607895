import type { Ctx } from '@linli/base/server'
import type { z } from 'zod'
import type { getAppealStatistics, getAreaStatistics, getEventStatistics, Rate } from '../../contract/statistics.ts'
import type { CaseKind } from '../../define/case-type.ts'
import type { CaseCatalogue } from '../catalogue.ts'
import { namesOf, placesOf } from '../places-of.ts'
import { type Counted, type CountedRate, countAlike, type FiguresQuery, readAlike } from './read-figures.ts'

export type AppealStatistics = z.input<typeof getAppealStatistics.result>
export type EventStatistics = z.input<typeof getEventStatistics.result>
type AreaStatistics = z.input<typeof getAreaStatistics.result>

export const periodOf = (ctx: Ctx, kind: CaseKind, days: number): FiguresQuery => ({
  kind,
  since: new Date(ctx.now.getTime() - days * 86_400_000),
})

/**
 * The rates of 接诉即办 (standards 4.1) beside the number of appeals, and the share of promises kept, for the appeals opened in the last
 * days within the acting post's scope; for a line post, those its organization was charged with. Kinds are never added up.
 */
export async function appealStatistics(ctx: Ctx, catalogue: CaseCatalogue, days: number): Promise<AppealStatistics> {
  const { cases, ...rest } = await ownStatistics(ctx, catalogue, 'appeal', days)
  return { ...rest, appeals: cases }
}

/**
 * The figures of grid events (GB/T 30428.4 [M], standards 2.6) for those reported in the last days within the acting post's scope. For a line
 * post, what its organization was charged with.
 */
export async function eventStatistics(ctx: Ctx, catalogue: CaseCatalogue, days: number): Promise<EventStatistics> {
  const { cases, ...rest } = await ownStatistics(ctx, catalogue, 'event', days)
  return { ...rest, events: cases }
}

async function ownStatistics(ctx: Ctx, catalogue: CaseCatalogue, kind: CaseKind, days: number) {
  const query = periodOf(ctx, kind, days)
  const { alike, uncounted } = await readAlike(ctx, query)
  return { asOf: ctx.now.toISOString(), since: query.since.toISOString(), uncounted, ...figuresOf(countAlike(kind, alike), catalogue) }
}

/**
 * The same figures of one kind for the acting post's area (that `within` may have narrowed) and for each area one level below, read at one
 * instant, so that the parts are the whole. A line post sees files, not places: it has no parts.
 */
export async function areaStatistics(
  ctx: Ctx,
  catalogue: CaseCatalogue,
  kind: AreaStatistics['kind'],
  days: number,
  ownPath: string,
): Promise<AreaStatistics> {
  const query = periodOf(ctx, kind, days)
  const { area, above, areas } = await placesOf(ctx, ownPath)
  const { alike, uncounted } = await readAlike(ctx, query)
  const hasParts = ctx.actor.reach !== 'line' && area.level !== 'cell'
  const known = hasParts ? areas : []
  // An area that was dissolved still has the files that were opened in it.
  const gone = [...new Set(alike.flatMap(({ child }) => (child && !known.some(({ areaId }) => areaId === child) ? [child] : [])))]
  const all = gone.length > 0 ? [...known, ...(await namesOf(ctx, gone))] : known
  const at = (child: string | null) =>
    partOf(
      countAlike(
        kind,
        alike.filter((group) => group.child === child),
      ),
    )
  return {
    asOf: ctx.now.toISOString(),
    since: query.since.toISOString(),
    kind,
    area,
    above,
    areas: all,
    uncounted,
    own: figuresOf(countAlike(kind, alike), catalogue),
    parts: all.map(({ areaId }) => ({ areaId, ...at(areaId) })),
    elsewhere: hasParts ? at(null) : null,
  }
}

const partOf = ({ cases, rates }: Counted) => ({
  cases,
  rates: rates.map(({ rule, numerator, denominator }) => ({ key: rule.key, numerator, denominator, value: share(numerator, denominator) })),
})

function figuresOf({ cases, rates, ended }: Counted, catalogue: CaseCatalogue) {
  return {
    cases,
    rates: rates.map(rateOf),
    exclusions: [...ended]
      .map(([key, count]) => ({ stage: key.split('/')[1] ?? key, name: stageName(catalogue, key), count }))
      .sort((a, b) => b.count - a.count || (a.stage < b.stage ? -1 : 1)),
  }
}

function stageName(catalogue: CaseCatalogue, key: string): string {
  const [type = '', stage = ''] = key.split('/')
  return catalogue.get(type).stages[stage]?.name ?? stage
}

function rateOf({ rule, numerator, denominator, leftOut }: CountedRate): Rate {
  const { key, name, definition } = rule
  return {
    key,
    name,
    definition,
    numerator,
    denominator,
    value: share(numerator, denominator),
    leftOut: rule.leftOut.flatMap((one, i) => (leftOut[i]! > 0 ? [{ key: one.key, reason: one.reason, count: leftOut[i]! }] : [])),
  }
}

const share = (numerator: number, denominator: number): number | null => (denominator === 0 ? null : numerator / denominator)
