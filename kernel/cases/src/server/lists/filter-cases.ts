import { startOfDay } from '@linli/base/define'
import { type Ctx, type Statement, sql } from '@linli/base/server'
import type { CaseFilter } from '../../contract/list.ts'
import type { CaseCatalogue } from '../catalogue.ts'
import { isInHand } from '../scope-of-files.ts'
import { filesInside } from '../within.ts'
import { findWords, type Words, wordsAre } from './find-words.ts'

/** The filters of a list that a catalogue knows the keys of, with what had to be looked up for them. */
export type Prepared<Filter> = Filter & {
  words: Words | undefined
  /** The files `f` of the area asked for. */
  inArea: Statement | undefined
}

/** What may be asked of a list within the engine: also what waits in a list of the trade, whoever's turn it is. */
export type AskedFor = Partial<CaseFilter> & { waits?: 'rule' | undefined }

/** Looks up what the filter names: the area, which must lie in the acting post's own, and the files with the words. */
export async function prepare<Filter extends AskedFor>(ctx: Ctx, filter: Filter): Promise<Prepared<Filter>> {
  const inArea = filter.area === undefined || filter.area === ctx.actor.areaId ? undefined : await filesInside(ctx, filter.area)
  return { ...filter, inArea, words: filter.q ? await findWords(ctx, filter.q) : undefined }
}

/** What the deadline and its warning are read from: the file, or the part of it that an organization has in hand. */
export interface Clocked {
  due: Statement
  amber?: Statement
}

/** The conditions on files `f`, beside those of whose list it is. */
export function filtersOf(query: Prepared<AskedFor>, ctx: Ctx, catalogue: CaseCatalogue, clocked: Clocked): Statement[] {
  const filters = [...queueIs(query.queue, ctx), ...marksAre(query, catalogue), ...isOpenedIn(query)]
  if (query.inArea) filters.push(query.inArea)
  if (query.waits) filters.push(sql`f.queue = ${query.waits}`)
  if (query.stage) filters.push(sql`f.stage = ${query.stage}`)
  if (query.kind) filters.push(sql`f.kind = ${query.kind}`)
  if (query.category) filters.push(sql`f.category = ${query.category}`)
  if (query.org) filters.push(sql`f.main_org_id = ${query.org}::uuid`)
  if (query.duty) filters.push(sql`f.duty_id = ${query.duty}::uuid`)
  if (query.channel) filters.push(sql`f.channel = ${query.channel}`)
  if (query.level) filters.push(sql`f.level = ${query.level}`)
  if (query.clock) filters.push(clockIs(query.clock, ctx.now, clocked))
  if (query.words) filters.push(wordsAre(query.words))
  return filters
}

function queueIs(queue: AskedFor['queue'], { actor }: Ctx): Statement[] {
  switch (queue) {
    case 'desk':
      return [sql`f.queue IN ('accept', 'dispatch')`]
    case 'accept':
    case 'admit':
    case 'dispatch':
    case 'check':
    case 'close':
      return [sql`f.queue = ${queue}`]
    case 'mine':
      return [isInHand(actor)]
    case 'follow':
      return [sql`f.queue IN ('followUp', 'verify')`]
    case 'rectify':
      return [sql`f.queue IN ('rectify', 'verify')`]
    case 'extension':
      return [sql`f.extension = 'asked'`]
    case 'supervised':
      return [sql`f.supervised_at IS NOT NULL AND f.status = 'open'`]
    default:
      return []
  }
}

function marksAre({ supervised, merged, rated }: AskedFor, catalogue: CaseCatalogue): Statement[] {
  const marks: Statement[] = []
  if (supervised) marks.push(sql`f.supervised_at IS NOT NULL`)
  if (merged) marks.push(sql`f.merged_into IS NOT NULL`)
  if (rated) marks.push(isRated(rated, catalogue))
  return marks
}

/** What grade is a bad one is for each rulebook to say. */
function isRated(how: 'badly' | 'well', catalogue: CaseCatalogue): Statement {
  const types = catalogue.all().flatMap(({ key, rating }) => (rating ? [{ key, most: rating.badAtMost }] : []))
  const isBad = types
    .map(({ key, most }) => sql`f.case_type = ${key} AND f.score <= ${most}`)
    .reduce((any, one) => sql`${any} OR ${one}`, sql`false`)
  // The first half says nothing more, but it is what the index knows.
  if (how === 'badly') return sql`f.score IS NOT NULL AND f.score <= ${Math.max(...types.map(({ most }) => most), 0)} AND (${isBad})`
  return sql`f.score IS NOT NULL AND NOT (${isBad})`
}

function isOpenedIn({ from, to }: AskedFor): Statement[] {
  const period: Statement[] = []
  if (from) period.push(sql`f.opened_at >= ${startOf(from)}`)
  if (to) period.push(sql`f.opened_at < ${new Date(startOf(to).getTime() + 86_400_000)}`)
  return period
}

/** When a day begins in Asia/Shanghai. */
const startOf = (day: string): Date => new Date(startOfDay(Date.parse(day) / 86_400_000))

function clockIs(state: NonNullable<AskedFor['clock']>, now: Date, { due, amber = sql`f.amber_at` }: Clocked): Statement {
  const isPaused = sql`(f.paused_until IS NOT NULL AND f.paused_until > ${now})`
  if (state === 'overdue') return sql`${due} < ${now}`
  if (state === 'paused') return sql`${due} >= ${now} AND ${isPaused}`
  if (state === 'dueSoon') return sql`${due} >= ${now} AND ${amber} <= ${now} AND NOT ${isPaused}`
  return sql`${due} >= ${now} AND ${amber} > ${now} AND NOT ${isPaused}`
}
