import { type Ctx, type Statement, sql } from '@linli/base/server'
import type { Entry } from '../define/fold.ts'
import { CaseError } from './errors.ts'

/** A row of cases.case_file with the names that lists show. */
export interface FileRow {
  case_id: string
  number: string
  kind: string
  case_type: string
  title: string
  category: string | null
  appeal_type: string | null
  level: string | null
  channel: string
  place: string | null
  lon: number | null
  lat: number | null
  area_id: string
  area_path: string
  county_id: string | null
  township_id: string | null
  community_id: string | null
  cell_id: string | null
  stage: string
  queue: string | null
  status: 'open' | 'closed' | 'withdrawn'
  holder: 'desk' | 'main' | 'requester' | 'superior' | 'none'
  main_org_id: string | null
  duty_id: string | null
  requester_org_id: string | null
  handler_id: string | null
  round: number
  extension: 'none' | 'asked' | 'granted' | 'refused'
  score: number | null
  seq: number
  opened_at: Date
  closed_at: Date | null
  clock_key: string | null
  clock_started_at: Date | null
  due_at: Date | null
  amber_at: Date | null
  paused_until: Date | null
  pause_reason: string | null
  outer_due_at: Date | null
  ruling_area_id: string | null
  supervised_at: Date | null
  merged_into: string | null
  contact_key_id: string | null
  reporter_sealed: boolean
  contact_erased_at: Date | null
  tail_hash: Buffer
  code_hash: Buffer
}

export interface NamedFileRow extends FileRow {
  /** Where the file was found by what an organization has in hand of it. */
  task_key?: string | null
  task_started_at?: Date | null
  task_amber_at?: Date | null
  task_due_at?: Date | null
  /** How many reports it is, with those merged into it. */
  reporters: number
  community_name: string | null
  cell_name: string | null
  township_name: string | null
  area_name: string
  main_org_name: string | null
  requester_name: string | null
}

/** What a file shows of itself, `f`, with the names of its places and organization; goes with `fileNames`. */
export const fileColumns: Statement = sql`
  f.*, cases.count_reporters(f.case_id) AS reporters, area.name AS area_name, community.name AS community_name, cell.name AS cell_name, township.name AS township_name, org.name AS main_org_name,
  asker.name AS requester_name`

export const fileNames: Statement = sql`
  JOIN access.area area ON area.area_id = f.area_id
  LEFT JOIN access.area community ON community.area_id = f.community_id
  LEFT JOIN access.area cell ON cell.area_id = f.cell_id
  LEFT JOIN access.area township ON township.area_id = f.township_id
  LEFT JOIN access.organization org ON org.org_id = f.main_org_id
  LEFT JOIN access.organization asker ON asker.org_id = f.requester_org_id`

/** Files with their names; follow with WHERE. */
export const selectFiles: Statement<NamedFileRow> = sql<NamedFileRow>`SELECT ${fileColumns} FROM cases.case_file f ${fileNames}`

/** The file as it is now; for a caller that has already shown its right to it. */
export function reloadFile(ctx: Ctx, caseId: string): Promise<NamedFileRow> {
  return ctx.get(sql<NamedFileRow>`${selectFiles} WHERE f.case_id = ${caseId}`)
}

/** The file when the acting post sees it. A file out of scope and one that never was are the same 404. */
export async function getFile(ctx: Ctx, caseId: string): Promise<NamedFileRow> {
  const row = await ctx.find(sql<NamedFileRow>`${selectFiles} WHERE f.case_id = ${caseId}`)
  if (row) return row
  const { actor } = ctx
  ctx.onRefusal(actor, async (refused) => refused.audit({ action: 'cases.read_refused', subjectKind: 'case', subjectId: caseId }))
  throw CaseError('not_found')
}

/**
 * Locks the file: of two writers the second waits here and then sees what the first did. System only.
 * Every writer takes this lock first and the rest after it; rows that only refer to the file do not wait for it.
 */
export async function lockFile(system: Ctx, caseId: string): Promise<FileRow> {
  const row = await system.find(sql<FileRow>`SELECT * FROM cases.case_file WHERE case_id = ${caseId} FOR NO KEY UPDATE`)
  if (!row) throw CaseError('not_found')
  return row
}

interface EntryRow {
  seq: number
  move: string
  stage: string
  data: Record<string, unknown>
  account_id: string | null
  org_id: string | null
  made_at: Date
}

export interface LoggedEntry extends Entry {
  readonly stage: string
}

/** The log in order. The opening's contact is ciphertext and stays in here. */
export async function loadEntries(ctx: Ctx, caseId: string): Promise<LoggedEntry[]> {
  const rows = await ctx.rows(sql<EntryRow>`
    SELECT seq, move, stage, data, account_id, org_id, made_at FROM cases.case_entry WHERE case_id = ${caseId} ORDER BY seq`)
  return rows.map((row) => ({
    seq: row.seq,
    move: row.move,
    stage: row.stage,
    data: row.data,
    at: row.made_at,
    accountId: row.account_id,
    orgId: row.org_id,
  }))
}
