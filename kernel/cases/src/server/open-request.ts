import { newId } from '@linli/base/define'
import { type Ctx, sql, systemActor } from '@linli/base/server'
import { parseForm } from '@linli/forms/define'
import type { CaseType } from '../define/case-type.ts'
import type { CasesDeps, Place } from './deps.ts'
import { type FoundDuty, findDuty, nameOfDuty } from './duties/find-duty.ts'
import { CaseError, wrongData } from './errors.ts'
import { lockCase } from './lock-case.ts'
import { openCase, titleOf } from './open-case.ts'
import { writeProjection } from './write-projection.ts'

interface Asked {
  type: CaseType
  place: Place
  data: unknown
}

/**
 * One organization asks another one of a place for assistance. What the duty lists have withdrawn from the one that is asked is refused
 * at once with the clause named, and counted; everything else opens a matter that both see.
 * Throws: type_unknown, category_unknown, data_invalid naming each field, duty_withdrawn.
 */
export async function openRequest(ctx: Ctx, deps: CasesDeps, { type, place, data }: Asked): Promise<{ caseId: string; number: string }> {
  if (!type.asks) throw CaseError('type_unknown', { detail: '这类事项不是请协助' })
  const parsed = parseForm(type.form, data, ctx.now)
  if (!parsed.ok) throw wrongData(...parsed.problems)
  const category = textOf(parsed.data.category)
  if (!deps.catalogue.categoriesOf(type.key).some(({ key }) => key === category)) {
    throw CaseError('category_unknown', { fields: [{ path: 'data.category', message: '请从类别列表里选' }] })
  }
  const { accountId, postId, orgId, displayName } = ctx.actor
  // A line post has no right to open in a place; its request is written by the platform in its name.
  return ctx.as({ ...systemActor, accountId, postId, orgId, displayName }, async (system) => {
    const asked = await askedAt(system, type, place)
    const duty = await findDuty(system, { orgId: asked, category, areaPath: place.areaPath, ground: parsed.data.clause })
    if (duty?.standing === 'withdrawn') throw refused(ctx, type, place, duty)
    const { detail, ...rest } = parsed.data
    const { caseId, number } = await openCase(system, deps, {
      type,
      place,
      channel: 'office',
      detail: textOf(detail),
      title: titleOf(textOf(detail)),
      category,
      asked: { ...rest, orgId: asked, dutyId: duty?.dutyId ?? null },
    })
    const { file, state } = await lockCase(system, deps, caseId)
    await writeProjection(system, deps, type, file, state)
    return { caseId, number }
  })
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

async function askedAt(system: Ctx, type: CaseType, { communityId }: Place): Promise<string> {
  const org = await system.find(sql<{ org_id: string }>`
    SELECT org_id FROM access.organization WHERE area_id = ${communityId} AND kind = ${type.asks?.of ?? ''} ORDER BY org_id LIMIT 1`)
  if (!org) throw wrongData({ path: 'areaCode', message: '这里没有可以请的单位，请选社区' })
  return org.org_id
}

/** Nothing is opened; that it was asked and by which line it was kept back stays on record. */
function refused(ctx: Ctx, type: CaseType, place: Place, duty: FoundDuty) {
  const { accountId, postId, orgId, displayName } = ctx.actor
  ctx.onRefusal({ ...systemActor, accountId, postId, orgId, displayName }, async (system) => {
    await recordRefusal(system, { type, dutyId: duty.dutyId, areaPath: place.areaPath, orgId, accountId, at: system.now })
    system.audit({ action: 'cases.request_refused', subjectKind: 'duty', subjectId: duty.dutyId, areaPath: place.areaPath })
  })
  const name = nameOfDuty(duty)
  return CaseError('duty_withdrawn', {
    detail: `${name}“${duty.clause}”已收回，不能请社区承担`,
    fields: [{ path: 'data.category', message: `${name}“${duty.clause}”已收回，不能请社区承担` }],
    current: { dutyId: duty.dutyId, clauseNo: duty.clauseNo, clause: duty.clause, document: duty.document },
  })
}

export interface RefusedOpening {
  type: CaseType
  dutyId: string
  areaPath: string
  orgId: string | null
  accountId: string | null
  at: Date
}

/** Counts an opening that the duty lists kept from being made; nothing of what was asked is kept. As system. */
export async function recordRefusal(system: Ctx, { type, dutyId, areaPath, orgId, accountId, at }: RefusedOpening): Promise<void> {
  await system.run(sql`
    INSERT INTO cases.opening_refusal (refusal_id, kind, case_type, duty_id, org_id, account_id, area_path, refused_at)
    VALUES (${newId(at.getTime())}, ${type.kind}, ${type.key}, ${dutyId}, ${orgId}, ${accountId}, ${areaPath}, ${at})`)
}
