import { type Ctx, sql } from '@linli/base/server'
import type { CasesDeps } from '../deps.ts'
import { type Notice, noticesOf } from '../project.ts'

interface DueRow {
  case_id: string
  clock_key: string
  round: number
  due_at: Date | null
  amber_at: Date | null
  next_level: number
  case_type: string
  number: string
  area_path: string
  main_org_id: string | null
  handler_id: string | null
  holder: string
}

const batch = 200

/**
 * Reminds and escalates over all areas and assignees: takes the clocks that passed their next notice, writes each (case, clock, round, level)
 * once, tells by event and sets the next one. Any number of workers may sweep at once. Answers how many clocks it took; call until 0.
 */
export async function sweepNotices(system: Ctx, deps: Pick<CasesDeps, 'catalogue'>): Promise<number> {
  // The file before its clocks, as a move takes them: whoever is being moved right now is left for the next sweep.
  const due = await system.rows(sql<DueRow>`
    SELECT c.case_id, c.clock_key, c.round, c.due_at, c.amber_at, c.next_level, f.case_type, f.number, f.area_path, f.main_org_id, f.handler_id, f.holder
    FROM cases.case_clock c JOIN cases.case_file f USING (case_id)
    WHERE c.stopped_at IS NULL AND c.next_notice_at <= ${system.now}
    ORDER BY c.next_notice_at LIMIT ${batch} FOR NO KEY UPDATE OF f, c SKIP LOCKED`)
  for (const row of due) await tellOne(system, deps, row)
  return due.length
}

/** Where the scene is switched off nobody is told; the reminder is kept for when it is on again. */
const heldMs = 600_000

async function tellOne(system: Ctx, deps: Pick<CasesDeps, 'catalogue'>, row: DueRow): Promise<void> {
  if (!deps.catalogue.isOn(row.case_type, row.area_path))
    return setNext(system, row, { level: row.next_level, at: new Date(system.now.getTime() + heldMs) })
  const type = deps.catalogue.get(row.case_type)
  const notice = type.notices.find((other) => other.level === row.next_level)
  const fresh = await system.run(sql`
    INSERT INTO cases.case_notice (case_id, clock_key, round, level, made_at)
    VALUES (${row.case_id}, ${row.clock_key}, ${row.round}, ${row.next_level}, ${system.now}) ON CONFLICT DO NOTHING`)
  if (fresh && notice) {
    system.emit('case.noticed', {
      caseId: row.case_id,
      number: row.number,
      areaPath: row.area_path,
      clock: row.clock_key,
      clockName: type.clocks[row.clock_key]?.name,
      round: row.round,
      level: notice.level,
      tells: notice.tells,
      template: notice.template,
      mainOrgId: row.main_org_id,
      handlerId: row.handler_id,
      holder: row.holder,
      dueAt: row.due_at,
    })
    system.audit({
      action: 'cases.notice',
      subjectKind: 'case',
      subjectId: row.case_id,
      areaPath: row.area_path,
      detail: { clock: row.clock_key, round: row.round, level: notice.level },
    })
  }
  await setNext(
    system,
    row,
    noticesOf(type, { dueAt: row.due_at, amberAt: row.amber_at }).find(({ level }) => level > row.next_level),
  )
}

async function setNext(system: Ctx, row: DueRow, next: Notice | undefined): Promise<void> {
  await system.run(sql`
    UPDATE cases.case_clock SET next_level = ${next?.level ?? null}, next_notice_at = ${next?.at ?? null}
    WHERE case_id = ${row.case_id} AND clock_key = ${row.clock_key} AND round = ${row.round}`)
}
