import { maskText, newId } from '@linli/base/define'
import {
  type Actor,
  type Ctx,
  decodeCursor,
  encodeCursor,
  loadPersonKey,
  type Statement,
  sql,
  sqlAnd,
  systemActor,
  type Vault,
} from '@linli/base/server'
import type { z } from 'zod'
import type { askCorrection as contract, OpenCorrection } from '../contract/correction.ts'
import { maskField, type PersonField, personFields } from '../define/person-fields.ts'
import { checkSeesPerson } from './change-person.ts'
import type { RegistryDeps } from './deps.ts'
import { RegistryError } from './errors.ts'
import { openPerson } from './person-store.ts'
import { readValues } from './read-values.ts'
import { isMinorFile, openText, sealText } from './seal-person.ts'

interface CorrectionRow {
  correction_id: string
  person_id: string
  key_id: string
  name: string | null
  place: string
  field: PersonField
  why: OpenCorrection['why']
  held: string | null
  masked: string | null
  asked_by: string | null
  by: string | null
  basis: string | null
  raised_at: Date
  outcome: OpenCorrection['outcome']
  settled_at: Date | null
}

/** The level of the post by equality; a post without an area of people finds nothing, for this is asked as the system. */
export function inScope({ reach, areaId }: Actor): Statement {
  if (reach === 'cell') return sql`p.cell_id = ${areaId}::uuid`
  if (reach === 'community') return sql`p.community_id = ${areaId}::uuid`
  if (reach === 'township') return sql`p.township_id = ${areaId}::uuid`
  if (reach === 'county') return sql`p.county_id = ${areaId}::uuid`
  return sql`false`
}

const select = (where: Statement, limit: number): Statement<CorrectionRow> => sql<CorrectionRow>`
  SELECT c.correction_id, c.person_id, p.key_id, p.masked ->> 'name' AS name, concat_ws(' ', a.name, d.full_name) AS place, c.field, c.why,
    p.masked ->> c.field AS held, c.masked, c.asked_by, coalesce(c.asked_name, v.by_name) AS by, c.basis, c.raised_at, c.outcome, c.settled_at
  FROM registry.correction c JOIN registry.person p USING (person_id) JOIN access.area a ON a.area_id = p.community_id
    LEFT JOIN registry.address d USING (address_id) LEFT JOIN registry.visit v ON v.visit_id = c.visit_id
  WHERE ${where} ORDER BY c.raised_at DESC, c.correction_id DESC LIMIT ${limit}`

/** What waits to be looked at in the acting post's area, or what was; the latest first. */
export async function listCorrections(
  ctx: Ctx,
  { vault }: Pick<RegistryDeps, 'vault'>,
  { state, limit, cursor }: { state: 'open' | 'settled'; limit: number; cursor?: string | undefined },
): Promise<{ items: OpenCorrection[]; next: string | null }> {
  const conditions = [inScope(ctx.actor), state === 'open' ? sql`c.settled_at IS NULL` : sql`c.settled_at IS NOT NULL`]
  if (cursor) {
    const [at, id] = decodeCursor(cursor, 'instant', 'uuid')
    conditions.push(sql`(c.raised_at, c.correction_id) < (${at}::timestamptz, ${id}::uuid)`)
  }
  return ctx.as(systemActor, async (system) => {
    const rows = await system.rows(select(sqlAnd(conditions), limit + 1))
    const last = rows.length > limit ? rows[limit - 1] : undefined
    return {
      items: await viewsOf(system, vault, ctx.actor, rows.slice(0, limit)),
      next: last ? encodeCursor(last.raised_at.toISOString(), last.correction_id) : null,
    }
  })
}

const mostOfPerson = 20

/** What the desk asked to be corrected in one file; what visits found stands with the visits. The file was opened on record. */
export async function correctionsOf(ctx: Ctx, vault: Vault, personId: string): Promise<OpenCorrection[]> {
  return ctx.as(systemActor, async (system) => {
    const rows = await system.rows(select(sql`c.person_id = ${personId}::uuid AND c.asked_by IS NOT NULL`, mostOfPerson))
    return viewsOf(system, vault, ctx.actor, rows)
  })
}

async function viewsOf(system: Ctx, vault: Vault, actor: Actor, rows: readonly CorrectionRow[]): Promise<OpenCorrection[]> {
  const views: OpenCorrection[] = []
  for (const row of rows) {
    const key = row.basis ? await loadPersonKey(system, vault, row.key_id) : undefined
    const { correction_id: correctionId, person_id: personId, name, place, field, why, held, masked, raised_at, outcome, settled_at } = row
    views.push({
      ...{ correctionId, personId, name: name ?? '', place, field, why, held, masked, outcome },
      isAsked: row.asked_by !== null,
      by: row.by ?? '',
      basis: key && row.basis ? maskText(openText(vault, key, row.basis)) : null,
      raisedAt: raised_at.toISOString(),
      settledAt: settled_at?.toISOString() ?? null,
      maySettle: settled_at === null && actor.permissions.has('registry.record') && row.asked_by !== actor.accountId,
    })
  }
  return views
}

type Asked = z.output<typeof contract.body>

/** Asks for a value that another office owns to be corrected; one of a field waits at a time. What nobody else owns is corrected at once instead. */
export async function askCorrection(
  ctx: Ctx,
  { vault }: Pick<RegistryDeps, 'vault'>,
  personId: string,
  { field, value, basis }: Asked,
): Promise<{ correctionId: string }> {
  await checkSeesPerson(ctx, personId)
  const wanted = readAsked(field, value, ctx.now)
  const correctionId = newId(ctx.now.getTime())
  await ctx.as(systemActor, async (system) => {
    const { state, key } = await openPerson(system, vault, personId)
    if (!key || state.merged) throw RegistryError('person_unknown')
    const held = state.values[field]
    if (personFields[field].owner !== 'police' || held?.source !== 'policeFile')
      throw invalid('field', '这一栏没有别的单位在管，可以直接更正')
    if (openText(vault, key, held.sealed) === wanted) throw invalid('value', '和档案里的一样')
    const raised = await system.run(sql`
      INSERT INTO registry.correction (correction_id, person_id, field, why, sealed, masked, raised_at, asked_by, asked_name, basis)
      VALUES (${correctionId}, ${personId}, ${field}, 'owned', ${sealText(vault, key, wanted)}, ${maskField(field, wanted, isMinorFile(vault, key, state, system.now))}, ${system.now},
        ${ctx.actor.accountId}, ${ctx.actor.displayName ?? ''}, ${sealText(vault, key, basis)})
      ON CONFLICT (person_id, field) WHERE visit_id IS NULL AND settled_at IS NULL DO NOTHING`)
    if (raised === 0) throw RegistryError('correction_asked')
  })
  ctx.audit({ action: 'registry.correction_asked', subjectKind: 'person', subjectId: personId, detail: { correctionId, field } })
  return { correctionId }
}

/** As a file would keep it; wrong digits and impossible days are refused before anybody is asked to look. */
function readAsked(field: Asked['field'], value: string, now: Date): string {
  if (field === 'birthDate' && !/^\d{4}-\d{2}-\d{2}$/.test(value)) throw invalid('value', '写成 1951-03-15 这样')
  if (field === 'sex' && !/^[0129]$/.test(value)) throw invalid('value', '请选性别')
  if (field === 'name' && [...value].length < 2) throw invalid('value', '姓名两个字起')
  if (field !== 'idNumber') return value
  try {
    return readValues({ idNumber: value }, now).idNumber ?? value
  } catch {
    throw invalid('value', '号码不对：请核对 18 位和最后一位校验码')
  }
}

const invalid = (path: string, message: string): Error => RegistryError('data_invalid', { detail: message, fields: [{ path, message }] })
