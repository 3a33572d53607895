import { type Ctx, sql, systemActor, transact } from '@linli/base/server'
import type { CasesDeps } from './deps.ts'
import { CaseError } from './errors.ts'
import { lockCase } from './lock-case.ts'
import { writeProjection } from './write-projection.ts'

/** The years that the deadlines stand on, with the moment each was imported. */
type AppliedYears = Record<string, string>

const markName = 'calendar_applied'
const page = 200

/**
 * After a year of the calendar came or changed: open cases whose running clocks end in it or later get their deadlines from it. Each case
 * in a transaction of its own with an audit line where a deadline moved; what was done is noted at the end, so that a run that was cut
 * short is run again. Answers how many deadlines moved. `deps.calendar` is already the new one.
 */
export async function recomputeDeadlines(deps: CasesDeps): Promise<number> {
  const asSystem = <T>(work: (system: Ctx) => Promise<T>): Promise<T> => transact(deps, systemActor, work)
  const { known, applied } = await asSystem(readYears)
  const changed = Object.keys(known).filter((year) => known[year] !== applied[year])
  if (changed.length === 0) return 0
  const from = new Date(`${Math.min(...changed.map(Number))}-01-01T00:00:00+08:00`)
  let moved = 0
  for (let after: string | undefined = '00000000-0000-0000-0000-000000000000'; after; ) {
    const start: string = after
    const ids = await asSystem((system) => casesEndingFrom(system, from, start))
    for (const caseId of ids) if (await asSystem((system) => recompute(system, deps, caseId))) moved++
    after = ids.length === page ? ids.at(-1) : undefined
  }
  await asSystem((system) =>
    system.run(sql`
      INSERT INTO base.database_mark (name, value) VALUES (${markName}, ${JSON.stringify(known)})
      ON CONFLICT (name) DO UPDATE SET value = excluded.value`),
  )
  return moved
}

async function readYears(system: Ctx): Promise<{ known: AppliedYears; applied: AppliedYears }> {
  const years = await system.rows(sql<{ year: number; imported: string }>`
    SELECT year, (imported_at AT TIME ZONE 'UTC')::text AS imported FROM base.calendar_year ORDER BY year`)
  const mark = await system.find(sql<{ value: string }>`SELECT value FROM base.database_mark WHERE name = ${markName}`)
  return {
    known: Object.fromEntries(years.map(({ year, imported }) => [year, imported])),
    applied: mark ? (JSON.parse(mark.value) as AppliedYears) : {},
  }
}

async function casesEndingFrom(system: Ctx, from: Date, after: string): Promise<string[]> {
  const rows = await system.rows(sql<{ case_id: string }>`
    SELECT f.case_id FROM cases.case_file f
    WHERE f.case_id > ${after}::uuid AND EXISTS (SELECT FROM cases.case_clock c
      WHERE c.case_id = f.case_id AND c.stopped_at IS NULL AND c.due_at >= ${from})
    ORDER BY f.case_id LIMIT ${page}`)
  return rows.map(({ case_id }) => case_id)
}

async function recompute(system: Ctx, deps: CasesDeps, caseId: string): Promise<boolean> {
  const { type, file, state } = await lockCase(system, deps, caseId)
  await writeProjection(system, deps, type, file, state)
  const now = await system.find(sql<{ due_at: Date | null; outer_due_at: Date | null }>`
    SELECT due_at, outer_due_at FROM cases.case_file WHERE case_id = ${caseId}`)
  if (!now) throw CaseError('not_found')
  if (now.due_at?.getTime() === file.due_at?.getTime() && now.outer_due_at?.getTime() === file.outer_due_at?.getTime()) return false
  system.audit({
    action: 'cases.deadline_recomputed',
    subjectKind: 'case',
    subjectId: caseId,
    areaPath: file.area_path,
    detail: { dueAt: now.due_at, outerDueAt: now.outer_due_at, was: { dueAt: file.due_at, outerDueAt: file.outer_due_at } },
  })
  return true
}
