import { type Actor, type Ctx, may, sql } from '@linli/base/server'
import type { z } from 'zod'
import type { listSimilar as contract, SimilarCase } from '../../contract/similar.ts'
import { type CaseType, findMerge } from '../../define/case-type.ts'
import { type Likeness, likenessOf, type Sighting, similarFrom, similarWithin } from '../../define/similar/index.ts'
import { getFile, type NamedFileRow, selectFiles } from '../case-rows.ts'
import type { CasesDeps } from '../deps.ts'
import { rowOf } from '../view-row.ts'

type SimilarCases = z.input<typeof contract.result>

interface RecentRow {
  case_id: string
  title: string
  category: string | null
  community_id: string | null
  place: string | null
  lon: number | null
  lat: number | null
  opened_at: Date
}

/** A community has this many open and lately closed matters at most that are compared; the latest ones. */
const mostCompared = 600
const mostShown = 5
const dayMs = 86_400_000

/** Open and lately closed matters that may be the same as this one. Nothing is merged by it, and no tip-off is compared. */
export async function listSimilar(ctx: Ctx, deps: CasesDeps, caseId: string): Promise<SimilarCases> {
  const row = await getFile(ctx, caseId)
  if (row.reporter_sealed) return answer([])
  const type = deps.catalogue.get(row.case_type)
  return answer(await findSimilar(ctx, type, sightingOf(row), row))
}

/** As `listSimilar`, for what is not opened yet. */
export async function findSimilarTo(ctx: Ctx, type: CaseType, sighting: Sighting): Promise<SimilarCases> {
  return answer(await findSimilar(ctx, type, sighting, undefined))
}

const answer = (items: SimilarCases['items']): SimilarCases => ({ from: similarFrom, ...similarWithin, items })

async function findSimilar(ctx: Ctx, type: CaseType, sighting: Sighting, own: NamedFileRow | undefined): Promise<SimilarCases['items']> {
  const alike = (await recentIn(ctx, type, sighting.communityId))
    .filter((row) => row.case_id !== own?.case_id && row.case_id !== own?.merged_into)
    .map((row) => ({ caseId: row.case_id, likeness: likenessOf(sighting, sightingOf(row)) }))
    .filter(({ likeness }) => likeness.score >= similarFrom)
    .sort((a, b) => b.likeness.score - a.likeness.score || a.likeness.days - b.likeness.days || (a.caseId < b.caseId ? -1 : 1))
    .slice(0, mostShown)
  const rows = await ctx.rows(sql<NamedFileRow>`${selectFiles} WHERE f.case_id = ANY (${alike.map(({ caseId }) => caseId)}::uuid[])`)
  return alike.flatMap(({ caseId, likeness }) => {
    const row = rows.find((one) => one.case_id === caseId)
    return row
      ? [
          {
            case: rowOf(type, row, ctx.now),
            likeness: shown(likeness),
            takes: isTarget(type, row),
            merge: mergeOf(ctx.actor, type, own, row),
          },
        ]
      : []
  })
}

const shown = (likeness: Likeness): SimilarCase['likeness'] => ({ ...likeness, words: [...likeness.words] })

/**
 * The latest matters of this type in the community that the acting post sees. Under the policies: the range of the index has leakproof
 * operators only, and the words are compared here, not there.
 */
function recentIn(ctx: Ctx, type: CaseType, communityId: string | null): Promise<RecentRow[]> {
  if (!communityId) return Promise.resolve([])
  const since = (days: number) => new Date(ctx.now.getTime() - days * dayMs)
  return ctx.rows(sql<RecentRow>`
    SELECT f.case_id, f.title, f.category, f.community_id, f.place, f.lon, f.lat, f.opened_at FROM cases.case_file f
    WHERE f.community_id = ${communityId}::uuid AND f.opened_at > ${since(similarWithin.openDays)} AND f.case_type = ${type.key}
      AND (f.status = 'open' OR f.status = 'closed' AND f.closed_at > ${since(similarWithin.closedDays)})
      AND f.merged_into IS NULL AND NOT f.reporter_sealed
    ORDER BY f.opened_at DESC LIMIT ${mostCompared}`)
}

/** What is compared of a matter: nothing of who reported it. */
export function sightingOf(row: RecentRow): Sighting {
  return {
    communityId: row.community_id,
    place: row.place,
    position: row.lon !== null && row.lat !== null ? { lon: row.lon, lat: row.lat } : null,
    at: row.opened_at.getTime(),
    words: row.title,
    category: row.category,
  }
}

/** The step that makes one of the two: this one into that, or else that one into this. */
function mergeOf(actor: Actor, type: CaseType, own: NamedFileRow | undefined, other: NamedFileRow): SimilarCase['merge'] {
  const merge = findMerge(type, 'desk')
  if (!merge || !own || (merge.move.permission && !may(actor, merge.move.permission))) return null
  const step = (from: NamedFileRow, into: NamedFileRow): SimilarCase['merge'] =>
    merge.move.from.includes(from.stage) && from.reporters === 1 && isTarget(type, into) && from.township_id === into.township_id
      ? { caseId: from.case_id, expectedSeq: from.seq, move: merge.move.key, data: { [merge.into]: into.number }, into: into.number }
      : null
  return step(own, other) ?? step(other, own)
}

/** As `findMergeTarget` asks it, which has the last word. */
const isTarget = (type: CaseType, row: NamedFileRow): boolean =>
  row.status === 'open' && row.stage !== type.opens && row.merged_into === null && !row.reporter_sealed
