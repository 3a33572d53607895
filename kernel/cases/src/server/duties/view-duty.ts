import { type Ctx, may, sql, systemActor } from '@linli/base/server'
import type { DutyView } from '../../contract/duty.ts'
import type { CaseCatalogue } from '../catalogue.ts'
import { getDuty } from './duty-rows.ts'
import { type ChangeRow, selectChanges, viewChanges } from './view-duty-changes.ts'

/** One line with its history, the changes that made it, and what became of the matters that were sent by it. */
export async function viewDuty(ctx: Ctx, catalogue: CaseCatalogue, dutyId: string): Promise<DutyView> {
  const duty = await getDuty(ctx, catalogue, dutyId)
  const history = await ctx.rows(sql<DutyView['history'][number]>`
    WITH RECURSIVE earlier AS (
      SELECT duty_id, replaces FROM cases.duty WHERE duty_id = ${dutyId} UNION SELECT d.duty_id, d.replaces FROM cases.duty d JOIN earlier e ON d.duty_id = e.replaces
    ), later AS (
      SELECT duty_id FROM cases.duty WHERE duty_id = ${dutyId} UNION SELECT d.duty_id FROM cases.duty d JOIN later l ON d.replaces = l.duty_id
    )
    SELECT d.duty_id AS "dutyId", d.standing, d.clause_no AS "clauseNo", d.clause, o.name AS "orgName", d.valid_from::text AS "validFrom", d.valid_to::text AS "validTo"
    FROM cases.duty d JOIN access.organization o USING (org_id)
    WHERE d.duty_id IN (SELECT duty_id FROM earlier UNION SELECT duty_id FROM later) ORDER BY d.valid_from DESC, d.valid_to DESC NULLS FIRST, d.duty_id DESC`)
  const ids = history.map((line) => line.dutyId)
  const changes = await ctx.as(systemActor, (system) =>
    system.rows(
      sql<ChangeRow>`${selectChanges} WHERE c.duty_id = ANY (${ids}::uuid[]) OR c.new_duty_id = ANY (${ids}::uuid[]) ORDER BY c.proposed_at DESC LIMIT 50`,
    ),
  )
  const readsCases = may(ctx.actor, 'cases.read')
  return {
    ...duty,
    history,
    // Who reads a list reads how it came about; what is only proposed is for those who decide it.
    changes: (await viewChanges(ctx, catalogue, changes)).filter(
      ({ state, canDecide, canTakeBack }) => state === 'confirmed' || canDecide || canTakeBack,
    ),
    routed: readsCases ? await countRouted(ctx, dutyId) : null,
    rejected: readsCases ? await listRejected(ctx, catalogue, dutyId) : null,
  }
}

function countRouted(ctx: Ctx, dutyId: string): Promise<{ total: number; open: number }> {
  return ctx.get(sql<{ total: number; open: number }>`
    SELECT count(*)::int AS total, count(*) FILTER (WHERE status = 'open')::int AS open FROM cases.case_file WHERE duty_id = ${dutyId}`)
}

interface Rejected {
  case_id: string
  code: string | null
  basis: string | null
  at: Date
  org_name: string | null
}

/** Found by the platform, for no index is asked about words under the policies; shown are those of files that the post sees. */
async function listRejected(ctx: Ctx, catalogue: CaseCatalogue, dutyId: string): Promise<NonNullable<DutyView['rejected']>> {
  const found = await ctx.as(systemActor, (system) =>
    system.rows(sql<Rejected>`
      SELECT e.case_id, e.data ->> d.reason AS code, e.data ->> d.basis AS basis, e.made_at AS at, o.name AS org_name
      FROM cases.case_entry e JOIN cases.case_file f USING (case_id)
      JOIN jsonb_to_recordset(${JSON.stringify(rejecting(catalogue))}::jsonb) AS d(type text, move text, reason text, basis text) ON d.type = f.case_type AND d.move = e.move
      LEFT JOIN access.organization o ON o.org_id = e.org_id
      WHERE e.data ? 'dutyId' AND e.data ->> 'dutyId' = ${dutyId} ORDER BY e.made_at DESC LIMIT 200`),
  )
  const files = await ctx.rows(sql<{ case_id: string; number: string; title: string }>`
    SELECT case_id, number, title FROM cases.case_file WHERE case_id = ANY (${found.map((one) => one.case_id)}::uuid[])`)
  const byId = new Map(files.map((file) => [file.case_id, file]))
  return found.flatMap(({ case_id, code, basis, at, org_name }) => {
    const file = byId.get(case_id)
    return file
      ? [{ caseId: case_id, number: file.number, title: file.title, orgName: org_name ?? '', code, basis, at: at.toISOString() }]
      : []
  })
}

/** The moves that give a dispatch back, and where each says why. */
function rejecting(catalogue: CaseCatalogue): { type: string; move: string; reason: string; basis: string }[] {
  return catalogue.all().flatMap((type) =>
    type.moves.flatMap((move) =>
      [...(move.effects ?? []), ...(move.toWhen ?? []).flatMap((branch) => branch.effects ?? [])]
        .filter((effect) => effect.does === 'reject')
        .slice(0, 1)
        .map(({ reason, basis }) => ({ type: type.key, move: move.key, reason, basis })),
    ),
  )
}
