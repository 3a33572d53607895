import { newId } from '@linli/base/define'
import { type Ctx, sql } from '@linli/base/server'
import { codeAbove, kindOfCode, levelOfCode } from '../define/division-codes.ts'
import { type AreaRow, findArea } from './find-area.ts'

export const areaChangeKinds = ['rename', 'recode', 'merge', 'split', 'move'] as const
export type AreaChangeKind = (typeof areaChangeKinds)[number]

/** One line of a successor list: what became of the area that bore the old code, from that day on. */
export interface AreaChange {
  /** Where it stands in its list, for what is said about it. */
  line: number
  kind: AreaChangeKind
  oldCode: string
  newCode: string
  newName: string | null
  /** The day, Asia/Shanghai; not in the future. */
  validFrom: string
  /** Part of the old area that goes to the new one, where the list says so. */
  share: number | null
}

export interface ChangedAreas {
  applied: number
  /** Were applied before. */
  there: number
}

/** Nothing of a list with a line that cannot be applied is applied; `problems` names every such line. */
export class AreaChangesRefused extends Error {
  readonly problems: readonly { line: number; message: string }[]
  constructor(problems: readonly { line: number; message: string }[]) {
    super(`${problems.length} line(s) cannot be applied`)
    this.problems = problems
  }
}

type Outcome = 'applied' | 'there' | { problem: string }

/**
 * Applies a successor list as a whole, in the caller's transaction; a line that was applied before changes nothing. Identity and path of
 * an area never change: a new code or name closes a row of its history and opens the next; an area that is merged, split or moved is
 * closed and its successors are noted. Nothing that lies in an area is touched. As system.
 */
export async function changeAreas(ctx: Ctx, changes: readonly AreaChange[], source: string): Promise<ChangedAreas> {
  await ctx.run(sql`SELECT pg_advisory_xact_lock(hashtext('linli.areas'))`)
  const kept = new Set(
    changes.filter(({ kind, oldCode, newCode }) => kind === 'split' && oldCode === newCode).map(({ oldCode }) => oldCode),
  )
  const done = { applied: 0, there: 0 }
  const closed = new Map<string, AreaChange>()
  const apply = (change: AreaChange): Promise<Outcome> => {
    if (change.kind === 'rename' || change.kind === 'recode') return relabel(ctx, change)
    return succeed(ctx, change, { source, closes: !kept.has(change.oldCode), closed })
  }
  let waiting = [...changes].sort(
    (a, b) => a.validFrom.localeCompare(b.validFrom) || a.newCode.length - b.newCode.length || a.line - b.line,
  )
  // A code is free, or an area above is there, only when another line was applied: lists come in any order.
  for (;;) {
    const stuck: { change: AreaChange; message: string }[] = []
    for (const change of waiting) {
      const outcome = await apply(change)
      if (typeof outcome === 'object') stuck.push({ change, message: outcome.problem })
      else done[outcome]++
    }
    if (stuck.length > 0 && stuck.length === waiting.length) {
      throw new AreaChangesRefused(stuck.map(({ change, message }) => ({ line: change.line, message })).sort((a, b) => a.line - b.line))
    }
    waiting = stuck.map(({ change }) => change)
    if (waiting.length === 0) break
  }
  await refuseOrphans(ctx, closed)
  const kinds = Object.fromEntries(areaChangeKinds.map((kind) => [kind, changes.filter((change) => change.kind === kind).length]))
  ctx.audit({ action: 'access.areas_changed', subjectKind: 'area', detail: { source, ...done, ...kinds } })
  return done
}

/** A new code or name for the same area. */
async function relabel(ctx: Ctx, { kind, oldCode, newCode, newName, validFrom }: AreaChange): Promise<Outcome> {
  const isThere = await ctx.find(sql`
    SELECT 1 AS here FROM access.area_code before JOIN access.area_code after USING (area_id)
    WHERE before.code = ${oldCode} AND before.valid_to = ${validFrom}::date AND after.code = ${newCode} AND after.valid_from = ${validFrom}::date`)
  if (isThere) return 'there'
  const area = await bearerOf(ctx, oldCode)
  if (!area) return { problem: `no area in force bears ${oldCode}` }
  const name = newName ?? area.name
  if (kind === 'rename' && name === area.name) return 'there'
  if (area.codeSince >= validFrom)
    return { problem: `${oldCode} is the code of ${area.name} only since ${area.codeSince}, which is not before ${validFrom}` }
  if (newCode !== oldCode) {
    const problem = (await newCodeProblem(ctx, area, newCode)) ?? (await otherParent(ctx, area, newCode))
    if (problem) return { problem }
  }
  await closeCode(ctx, area, validFrom)
  await ctx.run(sql`INSERT INTO access.area_code (area_id, code, valid_from) VALUES (${area.areaId}::uuid, ${newCode}, ${validFrom}::date)`)
  const areaKind = newCode === oldCode ? area.kind : kindOfCode(newCode, name)
  await ctx.run(sql`UPDATE access.area SET code = ${newCode}, name = ${name}, kind = ${areaKind} WHERE area_id = ${area.areaId}::uuid`)
  return 'applied'
}

/** Another area for the old one, made where it is not there yet. Several lines of one split find the old area closed by the first. */
async function succeed(
  ctx: Ctx,
  change: AreaChange,
  { source, closes, closed }: { source: string; closes: boolean; closed: Map<string, AreaChange> },
): Promise<Outcome> {
  const { kind, oldCode, newCode, newName, validFrom, share } = change
  if (await wasSucceeded(ctx, change)) return 'there'
  const old = (await bearerOf(ctx, oldCode)) ?? (await closedOn(ctx, oldCode, validFrom))
  if (!old) return { problem: `no area in force bears ${oldCode}` }
  if (newCode === oldCode) return kind === 'split' ? 'there' : { problem: `${oldCode} cannot become itself` }
  const here = await bearerOf(ctx, newCode)
  if (closes && old.validFrom >= validFrom)
    return { problem: `${old.name} is there only since ${old.validFrom}, which is not before ${validFrom}` }
  if (here && kind === 'move') return { problem: (await newCodeProblem(ctx, old, newCode)) ?? `${newCode} is borne by another area` }
  if (here && newName && here.name !== newName)
    return { problem: `${newCode} is ${here.name}, not ${newName}: rename it in a line of its own` }
  if (here && here.level !== old.level) return { problem: `${newCode} is a ${here.level}, ${oldCode} a ${old.level}` }
  const made = here ?? (await makeSuccessor(ctx, old, newCode, newName ?? (kind === 'move' ? old.name : null), validFrom))
  if ('problem' in made) return made
  if (share !== null) {
    const { given } = await ctx.get(sql<{ given: number }>`
      SELECT coalesce(sum(share), 0)::float8 AS given FROM access.area_successor WHERE old_area_id = ${old.areaId}::uuid AND valid_from = ${validFrom}::date`)
    if (given + share > 1.00005) return { problem: `the shares of ${oldCode} are more than the whole` }
  }
  await ctx.run(sql`INSERT INTO access.area_successor (old_area_id, new_area_id, share, valid_from, source, made_at)
    VALUES (${old.areaId}::uuid, ${made.areaId}::uuid, ${share}, ${validFrom}::date, ${source}, ${ctx.now}::timestamptz)`)
  if (closes && !old.validTo) {
    await closeCode(ctx, old, validFrom)
    await ctx.run(sql`UPDATE access.area SET valid_to = ${validFrom}::date WHERE area_id = ${old.areaId}::uuid`)
    closed.set(old.areaId, change)
  }
  return 'applied'
}

async function makeSuccessor(
  ctx: Ctx,
  old: AreaInTime,
  newCode: string,
  name: string | null,
  validFrom: string,
): Promise<{ areaId: string } | { problem: string }> {
  if (!name) return { problem: `${newCode} is not there yet and has no new_name` }
  const problem = await newCodeProblem(ctx, old, newCode)
  if (problem) return { problem }
  const codeOfParent = codeAbove(newCode)
  const parent = codeOfParent === null ? null : await bearerOf(ctx, codeOfParent)
  if (parent === undefined) return { problem: `no area in force bears ${codeOfParent}, in which ${newCode} would lie` }
  const areaId = newId(ctx.now.getTime())
  await ctx.run(sql`INSERT INTO access.area (area_id, parent_id, level, kind, code, name, valid_from)
    VALUES (${areaId}::uuid, ${parent?.areaId ?? null}::uuid, ${old.level}, ${kindOfCode(newCode, name)}, ${newCode}, ${name}, ${validFrom}::date)`)
  return { areaId }
}

interface AreaInTime extends Pick<AreaRow, 'areaId' | 'parentId' | 'level' | 'kind' | 'code' | 'name'> {
  validFrom: string
  validTo: string | null
  /** Since when it bears its code. */
  codeSince: string
}

const inTime = sql`a.area_id AS "areaId", a.parent_id AS "parentId", a.level, a.kind, a.code, a.name, a.valid_from AS "validFrom",
  a.valid_to AS "validTo", c.valid_from AS "codeSince"`

const bearerOf = (ctx: Ctx, code: string): Promise<AreaInTime | undefined> =>
  ctx.find(sql<AreaInTime>`SELECT ${inTime} FROM access.area a JOIN access.area_code c ON c.area_id = a.area_id AND c.valid_to IS NULL
    WHERE a.code = ${code} AND a.valid_to IS NULL`)

const closedOn = (ctx: Ctx, code: string, day: string): Promise<AreaInTime | undefined> =>
  ctx.find(sql<AreaInTime>`SELECT ${inTime} FROM access.area a JOIN access.area_code c USING (area_id)
    WHERE c.code = ${code} AND c.valid_to = ${day}::date AND a.valid_to = ${day}::date`)

/** Also when either of the two bears another code since. */
async function wasSucceeded(ctx: Ctx, { oldCode, newCode, validFrom }: AreaChange): Promise<boolean> {
  const row = await ctx.find(sql`
    SELECT 1 AS here FROM access.area_successor s JOIN access.area_code old ON old.area_id = s.old_area_id
    JOIN access.area_code next ON next.area_id = s.new_area_id
    WHERE old.code = ${oldCode} AND next.code = ${newCode} AND s.valid_from = ${validFrom}::date LIMIT 1`)
  return row !== undefined
}

async function closeCode(ctx: Ctx, { areaId, name }: AreaInTime, day: string): Promise<void> {
  await ctx.run(
    sql`UPDATE access.area_code SET valid_to = ${day}::date, name = ${name} WHERE area_id = ${areaId}::uuid AND valid_to IS NULL`,
  )
}

/** Why this area cannot bear that code, if it cannot. */
async function newCodeProblem(ctx: Ctx, area: AreaInTime, code: string): Promise<string | undefined> {
  if (levelOfCode(code) !== area.level || code.length !== area.code.length) return `${code} is not the code of a ${area.level}`
  const bearer = await bearerOf(ctx, code)
  return bearer && `${code} is borne by ${bearer.name}`
}

/** A recoded area stays where it is in the tree, so its new code must say so. */
async function otherParent(ctx: Ctx, area: AreaInTime, code: string): Promise<string | undefined> {
  const codeOfParent = codeAbove(code)
  if (codeOfParent === null) return undefined
  const parent = await findArea(ctx, codeOfParent)
  if (!parent) return `no area bears ${codeOfParent}, in which ${code} would lie`
  return parent.areaId === area.parentId ? undefined : `${code} lies in ${parent.name}, ${area.code} does not: that is a move`
}

/** What is closed leaves nothing in force behind: its parts are in the list too. */
async function refuseOrphans(ctx: Ctx, closed: ReadonlyMap<string, AreaChange>): Promise<void> {
  const orphans = await ctx.rows(sql<{ parentId: string; codes: string[]; n: number }>`
    SELECT parent_id AS "parentId", (array_agg(code ORDER BY code))[1:3] AS codes, count(*) AS n FROM access.area
    WHERE parent_id = ANY (${[...closed.keys()]}::uuid[]) AND valid_to IS NULL GROUP BY 1`)
  if (orphans.length === 0) return
  throw new AreaChangesRefused(
    orphans.map(({ parentId, codes, n }) => {
      const { line, oldCode } = closed.get(parentId) as AreaChange
      return {
        line,
        message: `${n} area(s) in ${oldCode} are still in force (${codes.join(', ')}${n > codes.length ? ', …' : ''}): list them too`,
      }
    }),
  )
}

/** Areas that this one came from, with the code and the name they had at the end. */
export function listPredecessors(ctx: Ctx, areaId: string): Promise<Predecessor[]> {
  return ctx.rows(sql<Predecessor>`
    SELECT s.old_area_id AS "areaId", a.code, a.name, s.share::float8 AS share, s.valid_from AS "validFrom", s.source
    FROM access.area_successor s JOIN access.area a ON a.area_id = s.old_area_id
    WHERE s.new_area_id = ${areaId}::uuid ORDER BY s.valid_from, a.code`)
}

export interface Predecessor {
  areaId: string
  code: string
  name: string
  share: number | null
  validFrom: string
  source: string
}
