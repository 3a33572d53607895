import { dayOf, formatDay } from '@linli/base/define'
import { type Ctx, Refusal, sql, type Vault } from '@linli/base/server'
import type { PublicSimilar } from '../../contract/similar.ts'
import { type CaseType, findMerge, type Queue } from '../../define/case-type.ts'
import { buildingOf, sayingsIn } from '../../define/similar/index.ts'
import type { CasesDeps, Place } from '../deps.ts'
import { lockCase } from '../lock-case.ts'
import { moveUnattended } from '../move-case.ts'

export interface Sighted {
  type: CaseType
  place: Place
  category: string
  detail: string
  /** What the asker calls the place. */
  spot?: string | undefined
}

interface OpenRow {
  case_id: string
  title: string
  place: string | null
  stage: string
  opened_at: Date
  community_name: string
}

/** Fewer reports of a category in a community than this could point at a person. */
const kAnonymity = 5
const mostShown = 3
const withinDays = 30
const ticketMs = 3_600_000
const dayMs = 86_400_000
/** Accepted and not answered yet: who joins now is told of the answer. */
const waiting: readonly Queue[] = ['dispatch', 'rule', 'handle']

/**
 * What a resident who is about to report may know of others: only sayings that the scene declares to be about shared places, so that nobody
 * can ask word by word what neighbors wrote. Runs as the system.
 */
export async function findPublicSimilar(system: Ctx, deps: CasesDeps, sighted: Sighted): Promise<PublicSimilar[]> {
  const { type, place, category, detail, spot } = sighted
  const known = deps.catalogue.categoriesOf(type.key).find(({ key }) => key === category)?.sharedSayings ?? []
  const asked = sayingsIn(detail, known)
  if (asked.length === 0 || !place.communityId || !findMerge(type, 'resident')) return []
  const rows = await system.rows(sql<OpenRow & { reports: number }>`
    WITH recent AS MATERIALIZED (
      SELECT f.* FROM cases.case_file f WHERE f.community_id = ${place.communityId}::uuid AND f.case_type = ${type.key} AND f.category = ${category}
        AND f.opened_at > ${new Date(system.now.getTime() - withinDays * dayMs)} AND NOT f.reporter_sealed
    )
    SELECT f.case_id, f.title, f.place, f.stage, f.opened_at, area.name AS community_name, (SELECT count(*)::integer FROM recent) AS reports
    FROM recent f JOIN access.area area ON area.area_id = f.community_id
    WHERE f.status = 'open' AND f.queue = ANY (${waiting}) AND f.merged_into IS NULL ORDER BY f.opened_at DESC LIMIT 200`)
  if ((rows[0]?.reports ?? 0) < kAnonymity) return []
  const building = buildingOf(spot ?? null)
  return rows
    .flatMap((row) => {
      const [saying] = sayingsIn(row.title, asked)
      return saying ? [viewOf(deps, type, category, saying, row, building, system.now)] : []
    })
    .sort((a, b) => Number(b.isSameBuilding) - Number(a.isSameBuilding))
    .slice(0, mostShown)
}

function viewOf(
  { vault }: CasesDeps,
  type: CaseType,
  category: string,
  saying: string,
  row: OpenRow,
  building: string | null,
  now: Date,
): PublicSimilar {
  const isSameBuilding = building !== null && building === buildingOf(row.place)
  return {
    ticket: ticketFor(vault, row.case_id, now),
    category,
    saying,
    placeName: isSameBuilding ? `${row.community_name} ${building}` : row.community_name,
    isSameBuilding,
    openedOn: formatDay(dayOf(row.opened_at.getTime())),
    stage: row.stage,
    stageName: type.stages[row.stage]?.publicName ?? row.stage,
  }
}

const ticketKind = 'same-matter'

/** Says which matter is meant to nobody but this platform; ids carry the minute in which a matter was opened. */
function ticketFor(vault: Vault, caseId: string, now: Date): string {
  return vault.seal([ticketKind, caseId, now.getTime() + ticketMs].join(' ')).toString('base64url')
}

function readTicket(vault: Vault, ticket: string, now: Date): string | undefined {
  try {
    const [kind, caseId, until] = vault.open(Buffer.from(ticket, 'base64url')).split(' ')
    return kind === ticketKind && Number(until) > now.getTime() ? caseId : undefined
  } catch {
    return undefined
  }
}

/**
 * 我也遇到了: makes a matter that was just filed part of the one that the ticket names. False where that is no longer possible, for it was
 * answered or the ticket is stale: the matter then goes its own way, for no report may be lost to a hint. Runs as the system.
 */
export async function joinByTicket(system: Ctx, deps: CasesDeps, caseId: string, ticket: string): Promise<boolean> {
  const targetId = readTicket(deps.vault, ticket, system.now)
  if (!targetId) return false
  const target = await system.find(
    sql<{ number: string; queue: Queue }>`SELECT number, queue FROM cases.case_file WHERE case_id = ${targetId}::uuid`,
  )
  const locked = await lockCase(system, deps, caseId)
  const join = findMerge(locked.type, 'resident')
  if (!join || !target || !waiting.includes(target.queue)) return false
  try {
    await moveUnattended(system, deps, locked, join.move.key, { [join.into]: target.number })
    return true
  } catch (error) {
    if (error instanceof Refusal && error.code === 'case.data_invalid') return false
    throw error
  }
}
