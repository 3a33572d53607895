import { findPosts } from '@linli/access/server'
import { type Ctx, sql, systemActor } from '@linli/base/server'
import { parseForm } from '@linli/forms/define'
import { AppealType } from '../contract/case.ts'
import { type CaseType, type Effect, type Fact, findMove, type Move } from '../define/case-type.ts'
import { applyEntry, type CaseState, effectsOf, isOpenTo } from '../define/fold.ts'
import { formOf } from '../define/form-of.ts'
import { type FileRow, getFile } from './case-rows.ts'
import type { CasesDeps } from './deps.ts'
import type { FoundDuty } from './duties/find-duty.ts'
import { CaseError, wrongData } from './errors.ts'
import { settleReopened } from './hand-over-cases.ts'
import { type LockedCase, lockCase } from './lock-case.ts'
import { mayMake } from './offer-moves.ts'
import { checkDispatch, checkTask } from './routing/check-dispatch.ts'
import { findSuperior } from './routing/find-superior.ts'
import { checkSeesTarget, findMergeTarget } from './similar/find-merge-target.ts'
import { writeProjection } from './write-projection.ts'

export interface MoveRequest {
  caseId: string
  key: string
  expectedSeq: number
  data: unknown
}

/**
 * One step of a case by a post that sees it. Of two steps on the same state one wins; the other gets `case.changed` and the state as it is.
 * Throws: not_found, move_unknown, move_forbidden, changed, data_invalid naming each field.
 */
export async function moveCase(ctx: Ctx, deps: CasesDeps, request: MoveRequest): Promise<CaseState> {
  const { case_type } = await getFile(ctx, request.caseId)
  const move = findMove(deps.catalogue.get(case_type), request.key)
  if (!move) throw CaseError('move_unknown', { detail: '没有这一步' })
  await checkSeesTarget(ctx, move, request.data)
  const { actor } = ctx
  // The platform writes, since projections are not for requests; the entry and its audit line are the post's.
  const writer = { ...systemActor, accountId: actor.accountId, postId: actor.postId, orgId: actor.orgId }
  return ctx.as(writer, async (system) => {
    const locked = await lockCase(system, deps, request.caseId)
    const { type, state } = locked
    if (state.seq !== request.expectedSeq) throw CaseError('changed', { detail: '这件事刚被别人办了一步', current: summaryOf(type, state) })
    if (!mayMake(move, state, actor))
      throw CaseError('move_forbidden', { detail: `现在不能由您“${move.name}”`, current: summaryOf(type, state) })
    return makeMove(system, deps, locked, move, request.data)
  })
}

/** One step by the resident or the platform itself; the caller has shown the right to it. Runs as the system. */
export async function moveUnattended(system: Ctx, deps: CasesDeps, locked: LockedCase, key: string, data: unknown): Promise<CaseState> {
  const move = findMove(locked.type, key)
  if (!move || (move.by !== 'resident' && move.by !== 'system')) throw CaseError('move_forbidden', { detail: '这类事项没有这一步' })
  return makeMove(system, deps, locked, move, data)
}

/** Appends the entry and writes what follows from it. `system` names whose move it is; residents and the platform have no account. */
async function makeMove(system: Ctx, deps: CasesDeps, { type, file, state }: LockedCase, move: Move, data: unknown): Promise<CaseState> {
  if (!isOpenTo(type, state, move, system.now)) {
    throw CaseError('move_forbidden', {
      detail: `“${type.stages[state.stage]?.name ?? state.stage}”时不能“${move.name}”`,
      current: summaryOf(type, state),
    })
  }
  const form = parseForm(formOf(move, state), data, system.now)
  if (!form.ok) throw wrongData(...form.problems)
  await checkReferences(system, deps, move, form.data, file)
  checkTask(state, move, form.data)
  const duty = await checkDispatch(system, file, state, move, form.data)
  const { accountId, postId, orgId } = system.actor
  // Clocks of two processes differ and a transaction may wait for its lock: a log never runs backward all the same.
  const at = new Date(Math.max(system.now.getTime(), state.movedAt.getTime()))
  const known = await knownBeside(system, state, effectsOf(type, state, move, form.data, at), duty)
  const target = await findMergeTarget(system, type, file, move, form.data)
  const entry = { seq: state.seq + 1, move: move.key, data: { ...form.data, ...known, ...target }, at, accountId, orgId }
  const next = applyEntry(type, state, entry)
  await system.run(sql`
    INSERT INTO cases.case_entry (case_id, seq, move, stage, data, account_id, post_id, org_id, made_at)
    VALUES (${file.case_id}, ${entry.seq}, ${move.key}, ${next.stage}, ${JSON.stringify(entry.data)}::jsonb, ${accountId}, ${postId}, ${orgId}, ${at})`)
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
    detail: { seq: next.seq, stage: next.stage },
  })
  // What was closed stayed where it was counted; taken up again, it is for whoever works there now.
  if (state.status !== 'open' && next.status === 'open') return settleReopened(system, deps, { type, file, state: next })
  return next
}

/** What an entry says beyond its form, for the log alone cannot tell: who is to rule, and by which line of the duty lists it was sent or given back. */
async function knownBeside(system: Ctx, state: CaseState, effects: readonly Effect[], duty: FoundDuty | undefined) {
  const does = (what: Effect['does']): boolean => effects.some((effect) => effect.does === what)
  const dutyId = does('setMain') ? duty?.dutyId : does('reject') ? state.dutyId : undefined
  return { ...(does('askRuling') && { superior: await findSuperior(system, state) }), ...(dutyId && { dutyId }) }
}

/** What a form points at must be there: the organization, the colleague who may do it, the uploads, the category. */
async function checkReferences(system: Ctx, deps: CasesDeps, move: Move, data: Record<string, unknown>, file: FileRow): Promise<void> {
  for (const field of move.form?.fields ?? []) {
    const value = data[field.key]
    if (value === undefined) continue
    const wrong = (message: string) => wrongData({ path: `data.${field.key}`, message })
    if (field.type === 'organization' && !(await hasOrganization(system, value as string))) throw wrong('没有这个单位')
    if (field.type === 'colleague' && !(await isColleague(system, value as string, move))) throw wrong('不是本单位在岗、能办这件事的人')
    if (field.type === 'files' && (value as string[]).length > 0) {
      const files = { fileIds: value as string[], ownerKind: 'case', ownerId: file.case_id, areaPath: file.area_path }
      if (!(await deps.adoptFiles(system, files))) throw wrong('有附件找不到了，请重新上传')
    }
    if (factSetBy(move, field.key) === 'category' && !deps.catalogue.categoriesOf(file.case_type).some(({ key }) => key === value)) {
      throw wrong('没有这个类别，请从列表里选')
    }
    if (factSetBy(move, field.key) === 'appealType' && !AppealType.safeParse(value).success) throw wrong('没有这种诉求类型')
  }
}

function factSetBy(move: Move, field: string): Fact | undefined {
  for (const effect of move.effects ?? []) if (effect.does === 'set' && effect.from === field) return effect.fact
  return undefined
}

async function hasOrganization(system: Ctx, orgId: string): Promise<boolean> {
  return (await system.find(sql`SELECT 1 AS here FROM access.organization WHERE org_id = ${orgId}`)) !== undefined
}

async function isColleague(system: Ctx, accountId: string, move: Move): Promise<boolean> {
  const { orgId } = system.actor
  if (!orgId) return false
  const posts = await findPosts(system, { orgId, permission: move.permission })
  return posts.some((post) => post.accountId === accountId)
}

/** What a loser of a race is shown. */
function summaryOf(type: CaseType, state: CaseState): Record<string, unknown> {
  return { seq: state.seq, stage: state.stage, stageName: type.stages[state.stage]?.name ?? state.stage, status: state.status }
}
