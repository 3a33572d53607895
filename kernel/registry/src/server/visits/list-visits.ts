import { maskText } from '@linli/base/define'
import { type Ctx, loadPersonKey, sql, systemActor } from '@linli/base/server'
import type { Visit } from '../../contract/visit.ts'
import { findCareGroup } from '../../define/care-groups.ts'
import { checkSeesPerson } from '../change-person.ts'
import type { RegistryDeps } from '../deps.ts'
import { openText } from '../seal-person.ts'
import { knownCareGroups } from '../see-tags.ts'

interface VisitRow {
  visit_id: string
  key_id: string
  made_at: Date
  received_at: Date
  is_clock_off: boolean
  by_name: string
  org: string | null
  place: string | null
  met: Visit['met']
  result: Visit['result']
  note: string | null
  fields: Visit['fields']
  care_groups: string[]
  attachments: string[]
  corrections: (Omit<Visit['corrections'][number], 'settledAt'> & { settledAt: string | null })[]
}

/** A file with more visits than this has been cared for; the older ones stand in the record of changes. */
const most = 100

/** Visits of a person, latest first, each with what it left to be looked at. The file they belong to was opened on record. */
export async function listVisits(ctx: Ctx, deps: RegistryDeps, personId: string): Promise<Visit[]> {
  await checkSeesPerson(ctx, personId)
  const known = await knownCareGroups(ctx, personId)
  return ctx.as(systemActor, async (system) => {
    const rows = await system.rows(sql<VisitRow>`
      SELECT v.visit_id, p.key_id, v.made_at, v.received_at, v.is_clock_off, v.by_name, o.name AS org, a.full_name AS place, v.met, v.result, v.note, v.fields, v.care_groups, v.attachments,
        coalesce((SELECT jsonb_agg(jsonb_build_object('correctionId', c.correction_id, 'field', c.field, 'why', c.why, 'masked', c.masked,
          'outcome', c.outcome, 'settledAt', c.settled_at) ORDER BY c.field) FROM registry.correction c WHERE c.visit_id = v.visit_id), '[]') AS corrections
      FROM registry.visit v JOIN registry.person p USING (person_id) LEFT JOIN access.organization o ON o.org_id = v.org_id
        LEFT JOIN registry.address a ON a.address_id = v.address_id
      WHERE v.person_id = ${personId} ORDER BY v.made_at DESC, v.visit_id DESC LIMIT ${most}`)
    const key = rows[0] && (await loadPersonKey(system, deps.vault, rows[0].key_id))
    return rows.map((row) => ({
      visitId: row.visit_id,
      madeAt: row.made_at.toISOString(),
      receivedAt: row.received_at.toISOString(),
      isClockOff: row.is_clock_off,
      by: row.by_name,
      org: row.org,
      place: row.place,
      met: row.met,
      result: row.result,
      note: key && row.note ? maskText(openText(deps.vault, key, row.note)) : null,
      fields: row.fields,
      careGroups: row.care_groups
        .filter((group) => known.has(group))
        .map((group) => ({ key: group, name: findCareGroup(group)?.name ?? group })),
      attachments: row.attachments,
      corrections: row.corrections.map((one) => ({ ...one, settledAt: one.settledAt && new Date(one.settledAt).toISOString() })),
    }))
  })
}
