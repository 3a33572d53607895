import { type Actor, type Statement, sql } from '@linli/base/server'

/** The level column of a territory post by equality, so that its index does the work. */
export function levelOf({ reach, areaId }: Actor): Statement {
  switch (reach) {
    case 'cell':
      return sql`f.cell_id = ${areaId}`
    case 'community':
      return sql`f.community_id = ${areaId}`
    case 'township':
      return sql`f.township_id = ${areaId}`
    case 'county':
      return sql`f.county_id = ${areaId}`
    default:
      return sql`true`
  }
}

/**
 * The files `f` that a post's figures are about: those of its area, for a line post those its organization `p` works on. To be counted as
 * the system, for the policies would be asked anew for each of a million rows; so whoever has no scope must find nothing here.
 */
export function filesInScope(actor: Actor): Statement {
  const { reach } = actor
  if (reach === 'line') return sql`cases.case_party p JOIN cases.case_file f USING (case_id) WHERE p.org_id = ${actor.orgId}`
  if (reach === 'prefecture' || reach === 'province') return sql`cases.case_file f WHERE starts_with(f.area_path, ${actor.areaPath})`
  if (reach === 'none' || reach === 'public') return sql`cases.case_file f WHERE false`
  return sql`cases.case_file f WHERE ${levelOf(actor)}`
}

/** What the post's organization has to do now: the files it is the main organization of, those it asked for and must answer now, and those of which it has a part. As the system. */
export function filesInHand(actor: Actor): Statement {
  if (actor.reach === 'none' || actor.reach === 'public') return sql`cases.case_party p JOIN cases.case_file f USING (case_id) WHERE false`
  return sql`cases.case_party p JOIN cases.case_file f USING (case_id)
    WHERE p.org_id = ${actor.orgId} AND p.status = 'open' AND ${levelOf(actor)} AND ${isInHand(actor)}`
}

/** Of a file `f` and the party `p` that the acting organization is of it. */
export const isInHand = ({ orgId }: Actor): Statement => sql`(f.holder = 'main' AND f.main_org_id = ${orgId}
  OR f.holder = 'requester' AND f.requester_org_id = ${orgId} OR p.task_key IS NOT NULL)`
