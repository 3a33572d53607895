import { type Ctx, sql } from '@linli/base/server'
import type { CasesDeps } from '@linli/cases/server'

type Ref = Parameters<CasesDeps['findSubject']>[1]
interface Found {
  id: string
  name: string
}

/** What a matter may be about, as its own engine knows it and as far as whoever asks sees it; people by their masked names. */
export async function findCaseSubject(ctx: Ctx, ref: Ref): Promise<Found | undefined> {
  if (ref.kind === 'device') {
    const by = 'code' in ref ? sql`d.code = ${ref.code}` : sql`d.device_id = ${ref.id}::uuid`
    return ctx.find(sql<Found>`SELECT d.device_id AS id, d.name || ' ' || d.code AS name FROM signals.device d WHERE ${by}`)
  }
  if (ref.kind === 'person')
    return ctx.find(
      sql<Found>`SELECT p.person_id AS id, coalesce(p.masked ->> 'name', '') AS name FROM registry.person p WHERE p.person_id = ${ref.id}::uuid`,
    )
  const at =
    'ofPerson' in ref
      ? sql`d.address_id = (SELECT p.address_id FROM registry.person p WHERE p.person_id = ${ref.ofPerson}::uuid)`
      : sql`d.address_id = ${ref.id}::uuid`
  return ctx.find(sql<Found>`SELECT d.address_id AS id, d.full_name AS name FROM registry.address d WHERE ${at}`)
}
