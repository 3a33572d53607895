import { type Ctx, sql, systemActor } from '@linli/base/server'
import type { RouteSuggestion } from '../../contract/case.ts'
import { foldCase, rejectedInRound } from '../../define/fold.ts'
import { getFile, loadEntries } from '../case-rows.ts'
import type { CasesDeps } from '../deps.ts'
import { inForceOn, todayOf } from '../duties/duty-rows.ts'

export interface DutyRow {
  org_id: string
  org_name: string
  category: string
  area_path: string
  clause_no: string
  clause: string
  document: string
  words: string[]
  recent: number
}

/**
 * Where a case belongs, by place × category × duty list: duties in force whose area holds the place, ranked by the category given,
 * the words seen in the text, nearness, and how often the organization took this category here lately. Withdrawn duties are never suggested, nor who has just rejected it.
 */
export async function suggestRoute(ctx: Ctx, { catalogue }: Pick<CasesDeps, 'catalogue'>, caseId: string): Promise<RouteSuggestion[]> {
  const file = await getFile(ctx, caseId)
  const entries = await loadEntries(ctx, caseId)
  const [opening] = entries
  const rejected = rejectedInRound(foldCase(catalogue.get(file.case_type), entries)).map(({ orgId }) => orgId)
  const text = `${file.title}\n${String(opening?.data.detail ?? '')}`
  const since = new Date(ctx.now.getTime() - 90 * 86_400_000)
  // Words of one kind of work do not point to duties of another.
  const categories = catalogue.categoriesOf(file.case_type).map(({ key }) => key)
  const today = todayOf(ctx)
  const duties = await ctx.as(systemActor, (system) =>
    system.rows(sql<DutyRow>`
      WITH lately AS (
        SELECT main_org_id, category, count(*) AS cases FROM cases.case_file
        WHERE community_id = ${file.community_id} AND opened_at > ${since} AND main_org_id IS NOT NULL GROUP BY main_org_id, category
      )
      SELECT d.org_id, o.name AS org_name, d.category, d.area_path, d.clause_no, d.clause, d.document, d.words, coalesce(l.cases, 0) AS recent
      FROM cases.duty d JOIN access.organization o USING (org_id) LEFT JOIN lately l ON l.main_org_id = d.org_id AND l.category = d.category
      WHERE d.standing <> 'withdrawn' AND d.org_id <> ALL (${rejected}::uuid[]) AND d.category = ANY (${categories}::text[]) AND starts_with(${file.area_path}, d.area_path)
        AND ${inForceOn(today)}`),
  )
  return rankDuties(duties, text, file.category).slice(0, 4)
}

/** Scores with their reasons, best first; an organization that answers by several clauses is named once, by the one that fits best. */
export function rankDuties(duties: readonly DutyRow[], text: string, category: string | null): RouteSuggestion[] {
  const seen = new Set<string>()
  return duties
    .map((duty) => suggestionOf(duty, text, category))
    .filter((suggestion) => suggestion.seenWords.length > 0 || suggestion.category === category)
    .sort((a, b) => b.score - a.score || a.orgName.localeCompare(b.orgName, 'zh') || a.clauseNo.localeCompare(b.clauseNo))
    .filter(({ orgId }) => !seen.has(orgId) && seen.add(orgId))
}

function suggestionOf(duty: DutyRow, text: string, category: string | null): RouteSuggestion {
  const seenWords = duty.words.filter((word) => text.includes(word))
  const nearness = duty.area_path.split('/').length / 10
  const wordScore = seenWords.reduce((sum, word) => sum + Math.min(2, word.length / 2), 0)
  return {
    orgId: duty.org_id,
    orgName: duty.org_name,
    category: duty.category,
    clauseNo: duty.clause_no,
    clause: duty.clause,
    document: duty.document,
    seenWords,
    recentCases: duty.recent,
    score: (duty.category === category ? 3 : 0) + wordScore + nearness + Math.min(1, duty.recent / 10),
  }
}
