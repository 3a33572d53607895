import { type Ctx, sql, systemActor } from '@linli/base/server'
import { parseForm } from '@linli/forms/define'
import { type CaseType, findMove, type Move } from '../define/case-type.ts'
import { applyEntry, type CaseState, foldCase, isOpenTo } from '../define/fold.ts'
import { type FileRow, getFile, loadEntries, lockFile } from './case-rows.ts'
import type { CasesDeps } from './deps.ts'
import { CaseError } from './errors.ts'
import { mayMake } from './offer-moves.ts'
import { project } from './project.ts'

export interface MoveRequest {
  caseId: string
  key: string
  expectedSeq: number
  data: unknown
}

/** Whose move it is, for the entry. Residents and the platform have none of the three. */
interface Maker {
  accountId: string | null
  postId: string | null
  orgId: string | null
}

/**
 * One step of a case by a post that sees it. Of two steps on the same state one wins; the other gets `case.changed` and the state as it is.
 * Throws: not_found, move_unknown, move_forbidden, changed, data_invalid naming each field.
 */
export async function moveCase(ctx: Ctx, deps: CasesDeps, request: MoveRequest): Promise<CaseState> {
  const seen = await getFile(ctx, request.caseId)
  const type = deps.catalogue.get(seen.case_type)
  const move = findMove(type, request.key)
  if (!move) throw CaseError('move_unknown', { detail: '没有这一步' })
  const { actor } = ctx
  return ctx.as(systemActor, async (system) => {
    const { file, state } = await lockAndFold(system, type, request.caseId)
    if (state.seq !== request.expectedSeq) throw CaseError('changed', { detail: '这件事刚被别人办了一步', current: summaryOf(type, state) })
    if (!mayMake(move, state, actor)) throw CaseError('move_forbidden', { detail: `现在不能由您“${move.name}”` })
    return makeMove(system, deps, { type, move, file, state, data: request.data, maker: actor })
  })
}

/** One step by the resident or the platform itself; the caller has shown the right to it. Runs as the system. */
export async function moveUnattended(system: Ctx, deps: CasesDeps, caseId: string, key: string, data: unknown): Promise<CaseState> {
  const { case_type } = await lockFile(system, caseId)
  const type = deps.catalogue.get(case_type)
  const move = findMove(type, key)
  if (!move || (move.by !== 'resident' && move.by !== 'system')) throw CaseError('move_unknown')
  const { file, state } = await lockAndFold(system, type, caseId)
  return makeMove(system, deps, { type, move, file, state, data, maker: { accountId: null, postId: null, orgId: null } })
}

async function lockAndFold(system: Ctx, type: CaseType, caseId: string): Promise<{ file: FileRow; state: CaseState }> {
  const file = await lockFile(system, caseId)
  return { file, state: foldCase(type, await loadEntries(system, caseId)) }
}

interface Step {
  type: CaseType
  move: Move
  file: FileRow
  state: CaseState
  data: unknown
  maker: Maker
}

async function makeMove(system: Ctx, deps: CasesDeps, { type, move, file, state, data, maker }: Step): Promise<CaseState> {
  if (!isOpenTo(type, state, move, system.now)) {
    throw CaseError('move_forbidden', {
      detail: `“${type.stages[state.stage]?.name ?? state.stage}”时不能“${move.name}”`,
      current: summaryOf(type, state),
    })
  }
  const form = parseForm(move.form, data, system.now)
  if (!form.ok) throw CaseError('data_invalid', { detail: '有填得不对的地方', fields: form.problems })
  await checkReferences(system, deps, move, form.data, file, maker)
  const entry = { seq: state.seq + 1, move: move.key, data: form.data, at: system.now, accountId: maker.accountId, orgId: maker.orgId }
  const next = applyEntry(type, state, entry)
  await system.run(sql`
    INSERT INTO cases.case_entry (case_id, seq, move, stage, data, account_id, post_id, org_id, made_at)
    VALUES (${file.case_id}, ${entry.seq}, ${move.key}, ${next.stage}, ${JSON.stringify(form.data)}::jsonb, ${maker.accountId}, ${maker.postId}, ${maker.orgId}, ${system.now})`)
  await writeProjection(system, deps, type, file, next)
  system.emit('case.moved', {
    caseId: file.case_id,
    kind: type.kind,
    areaPath: file.area_path,
    move: move.key,
    from: state.stage,
    stage: next.stage,
    seq: next.seq,
    mainOrgId: next.mainOrgId,
  })
  system.audit({
    action: `cases.${move.key}`,
    subjectKind: 'case',
    subjectId: file.case_id,
    areaPath: file.area_path,
    detail: { seq: next.seq, stage: next.stage, by: maker.accountId },
  })
  return next
}

/** What a form points at must be there: the organization, the colleague, the uploads. */
async function checkReferences(
  system: Ctx,
  deps: CasesDeps,
  move: Move,
  data: Record<string, unknown>,
  file: FileRow,
  maker: Maker,
): Promise<void> {
  for (const field of move.form?.fields ?? []) {
    const value = data[field.key]
    if (value === undefined) continue
    const wrong = (message: string) =>
      CaseError('data_invalid', { detail: '有填得不对的地方', fields: [{ path: `data.${field.key}`, message }] })
    if (field.type === 'organization' && !(await hasOrganization(system, value as string))) throw wrong('没有这个单位')
    if (field.type === 'colleague' && !(await isColleague(system, value as string, maker.orgId))) throw wrong('不是本单位在岗的人')
    if (field.type === 'files' && (value as string[]).length > 0) {
      const files = { fileIds: value as string[], ownerKind: 'case', ownerId: file.case_id, areaPath: file.area_path }
      if (!(await deps.adoptFiles(system, files))) throw wrong('有附件找不到了，请重新上传')
    }
  }
}

async function hasOrganization(system: Ctx, orgId: string): Promise<boolean> {
  return (await system.find(sql`SELECT 1 AS here FROM access.organization WHERE org_id = ${orgId}`)) !== undefined
}

async function isColleague(system: Ctx, accountId: string, orgId: string | null): Promise<boolean> {
  const row = await system.find(sql`
    SELECT 1 AS here FROM access.post WHERE account_id = ${accountId} AND org_id = ${orgId} AND ended_at IS NULL LIMIT 1`)
  return row !== undefined
}

/** Writes what follows from the state: the file's columns, its clocks, its parties. Rebuilding a case calls just this. */
export async function writeProjection(
  system: Ctx,
  deps: CasesDeps,
  type: CaseType,
  file: Pick<FileRow, 'case_id' | 'area_path'>,
  state: CaseState,
): Promise<void> {
  const row = project(type, state, deps.calendar())
  const parties = state.parties.map((party) => ({ org_id: party.orgId, role: party.role }))
  await system.run(sql`
    WITH file AS (
      UPDATE cases.case_file SET stage = ${row.stage}, queue = ${row.queue}, status = ${row.status}, holder = ${row.holder}, category = ${row.category}, appeal_type = ${row.appealType},
        main_org_id = ${row.mainOrgId}, handler_id = ${row.handlerId}, round = ${row.round}, extension = ${row.extension}, score = ${row.score}, seq = ${row.seq},
        closed_at = ${row.closedAt}, clock_key = ${row.clockKey}, clock_started_at = ${row.clockStartedAt}, due_at = ${row.dueAt}, amber_at = ${row.amberAt},
        paused_until = ${row.pausedUntil}, pause_reason = ${row.pauseReason}, outer_due_at = ${row.outerDueAt}
      WHERE case_id = ${file.case_id}
    ), clocks AS (
      INSERT INTO cases.case_clock AS old (case_id, clock_key, round, org_id, started_at, due_at, amber_at, stopped_at, next_level, next_notice_at)
      SELECT ${file.case_id}::uuid, c.key, c.round, c."orgId", c."startedAt", c."dueAt", c."amberAt", c."stoppedAt", c."nextLevel", c."nextNoticeAt"
      FROM jsonb_to_recordset(${JSON.stringify(row.clocks)}::jsonb) AS c(key text, round integer, "orgId" uuid, "startedAt" timestamptz, "dueAt" timestamptz,
        "amberAt" timestamptz, "stoppedAt" timestamptz, "nextLevel" integer, "nextNoticeAt" timestamptz)
      ON CONFLICT (case_id, clock_key, round) DO UPDATE SET org_id = excluded.org_id, due_at = excluded.due_at, amber_at = excluded.amber_at,
        stopped_at = excluded.stopped_at,
        next_level = CASE WHEN excluded.stopped_at IS NULL AND old.due_at IS NOT DISTINCT FROM excluded.due_at AND old.stopped_at IS NULL THEN old.next_level ELSE excluded.next_level END,
        next_notice_at = CASE WHEN excluded.stopped_at IS NULL AND old.due_at IS NOT DISTINCT FROM excluded.due_at AND old.stopped_at IS NULL THEN old.next_notice_at ELSE excluded.next_notice_at END
    )
    INSERT INTO cases.case_party AS old (case_id, org_id, role, area_path, kind, status, stage, due_at)
    SELECT ${file.case_id}::uuid, p.org_id, p.role, ${file.area_path}, ${type.kind}, ${row.status}, ${row.stage}, ${row.dueAt}::timestamptz
    FROM jsonb_to_recordset(${JSON.stringify(parties)}::jsonb) AS p(org_id uuid, role text)
    ON CONFLICT (case_id, org_id) DO UPDATE SET role = excluded.role, status = excluded.status, stage = excluded.stage, due_at = excluded.due_at`)
}

/** What a loser of a race is shown. */
function summaryOf(type: CaseType, state: CaseState): Record<string, unknown> {
  return { seq: state.seq, stage: state.stage, stageName: type.stages[state.stage]?.name ?? state.stage, status: state.status }
}
