import { maskText, newId } from '@linli/base/define'
import { type Ctx, decodeCursor, encodeCursor, loadPersonKey, may, type Statement, sql, sqlAnd, systemActor } from '@linli/base/server'
import type { Erasure } from '../contract/erasure.ts'
import { checkSeesPerson } from './change-person.ts'
import { inScope } from './corrections.ts'
import type { RegistryDeps } from './deps.ts'
import { eraseFile } from './erase-file.ts'
import { RegistryError } from './errors.ts'
import type { OpenPerson } from './open-person.ts'
import { openPerson } from './person-store.ts'
import { openText, sealText } from './seal-person.ts'

type Deps = Pick<RegistryDeps, 'vault' | 'erasureHolds'>

interface ErasureRow {
  erasure_id: string
  person_id: string
  key_id: string
  name: string | null
  place: string
  ground: Erasure['ground']
  reason: string
  asked_by: string
  asked_name: string
  asked_at: Date
  outcome: Erasure['outcome']
  decided_name: string | null
  decided_at: Date | null
}

const select = (where: Statement, limit: number): Statement<ErasureRow> => sql<ErasureRow>`
  SELECT e.*, p.key_id, p.masked ->> 'name' AS name, a.name AS place FROM registry.erasure e JOIN registry.person p USING (person_id)
    JOIN access.area a ON a.area_id = p.community_id
  WHERE ${where} ORDER BY e.asked_at DESC, e.erasure_id DESC LIMIT ${limit}`

/** Requests of the acting post's area, the latest first. */
export async function listErasures(
  ctx: Ctx,
  deps: Deps,
  { state, limit, cursor }: { state: 'open' | 'settled'; limit: number; cursor?: string | undefined },
): Promise<{ items: Erasure[]; next: string | null }> {
  const conditions = [inScope(ctx.actor), state === 'open' ? sql`e.decided_at IS NULL` : sql`e.decided_at IS NOT NULL`]
  if (cursor) {
    const [at, id] = decodeCursor(cursor, 'instant', 'uuid')
    conditions.push(sql`(e.asked_at, e.erasure_id) < (${at}::timestamptz, ${id}::uuid)`)
  }
  return ctx.as(systemActor, async (system) => {
    const rows = await system.rows(select(sqlAnd(conditions), limit + 1))
    const last = rows.length > limit ? rows[limit - 1] : undefined
    const items: Erasure[] = []
    for (const row of rows.slice(0, limit)) items.push(await viewOf(system, ctx, deps, row))
    return { items, next: last ? encodeCursor(last.asked_at.toISOString(), last.erasure_id) : null }
  })
}

/** The latest request of one file; the file was opened on record. */
export async function erasureOf(ctx: Ctx, deps: Pick<Deps, 'vault'>, personId: string): Promise<Erasure | null> {
  return ctx.as(systemActor, async (system) => {
    const row = await system.find(select(sql`e.person_id = ${personId}::uuid`, 1))
    return row ? viewOf(system, ctx, deps, row) : null
  })
}

async function viewOf(system: Ctx, { actor }: Ctx, { vault }: Pick<Deps, 'vault'>, row: ErasureRow): Promise<Erasure> {
  const key = await loadPersonKey(system, vault, row.key_id)
  const { erasure_id: erasureId, person_id: personId, name, place, ground, outcome } = row
  return {
    ...{ erasureId, personId, name: name ?? '', place, ground, outcome },
    reason: key ? maskText(openText(vault, key, row.reason)) : null,
    by: row.asked_name,
    askedAt: row.asked_at.toISOString(),
    decidedBy: row.decided_name,
    decidedAt: row.decided_at?.toISOString() ?? null,
    mayDecide: row.decided_at === null && may(actor, 'registry.erase') && row.asked_by !== actor.accountId,
  }
}

/** Asks for a file to be erased; one request waits at a time, and none is taken for what must not go yet. */
export async function askErasure(
  ctx: Ctx,
  deps: Deps,
  personId: string,
  { ground, reason }: Pick<Erasure, 'ground'> & { reason: string },
): Promise<Erasure> {
  await checkSeesPerson(ctx, personId)
  const erasureId = newId(ctx.now.getTime())
  await ctx.as(systemActor, async (system) => {
    const person = await openPerson(system, deps.vault, personId)
    const { key } = person
    if (!key) throw RegistryError('erasure_done')
    await checkHolds(system, deps, person)
    const asked = await system.run(sql`
      INSERT INTO registry.erasure (erasure_id, person_id, ground, reason, asked_at, asked_by, asked_name)
      VALUES (${erasureId}, ${personId}::uuid, ${ground}, ${sealText(deps.vault, key, reason)}, ${system.now}, ${ctx.actor.accountId}, ${ctx.actor.displayName ?? ''})
      ON CONFLICT (person_id) WHERE decided_at IS NULL DO NOTHING`)
    if (asked === 0) throw RegistryError('erasure_asked')
  })
  ctx.audit({ action: 'registry.erasure_asked', subjectKind: 'person', subjectId: personId, detail: { erasureId, ground } })
  return (await erasureOf(ctx, deps, personId))!
}

/** The second person: the file goes for good, or stays. What came up since it was asked holds it all the same. */
export async function decideErasure(
  ctx: Ctx,
  deps: Deps,
  { personId, erasureId }: { personId: string; erasureId: string },
  outcome: NonNullable<Erasure['outcome']>,
): Promise<Erasure> {
  await checkSeesPerson(ctx, personId)
  await ctx.as(systemActor, async (system) => {
    const person = await openPerson(system, deps.vault, personId)
    const row = await system.find(
      sql<
        Pick<ErasureRow, 'asked_by' | 'decided_at'>
      >`SELECT asked_by, decided_at FROM registry.erasure WHERE erasure_id = ${erasureId}::uuid AND person_id = ${personId}::uuid`,
    )
    if (!row) throw RegistryError('erasure_unknown')
    if (row.decided_at) throw RegistryError('erasure_settled')
    if (row.asked_by === ctx.actor.accountId) throw RegistryError('erasure_own')
    if (outcome === 'erased') {
      await checkHolds(system, deps, person)
      await eraseFile(system, deps.vault, personId)
    }
    await system.run(sql`
      UPDATE registry.erasure SET outcome = ${outcome}, decided_at = ${system.now}, decided_by = ${ctx.actor.accountId}, decided_name = ${ctx.actor.displayName ?? ''}
      WHERE erasure_id = ${erasureId}::uuid`)
  })
  ctx.audit({ action: 'registry.erasure_decided', subjectKind: 'person', subjectId: personId, detail: { erasureId, outcome } })
  return (await erasureOf(ctx, deps, personId))!
}

/** What must end first: the open work of other engines, and a merge, for one half of a person cannot be erased. */
async function checkHolds(system: Ctx, { erasureHolds }: Deps, { personId, state }: OpenPerson): Promise<void> {
  if (state.merged || state.absorbed.size > 0) throw held(['这份档案并过档，先拆开'])
  const reasons: string[] = []
  for (const { said, count } of erasureHolds) {
    const open = await count(system, [personId])
    if (open > 0) reasons.push(said(open))
  }
  if (reasons.length > 0) throw held(reasons)
}

const held = (reasons: readonly string[]): Error => RegistryError('erasure_held', { detail: `现在不能删除：${reasons.join('；')}。` })
