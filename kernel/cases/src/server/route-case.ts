import { type Ctx, sql, systemActor } from '@linli/base/server'
import type { RouteSuggestion } from '../contract/case.ts'
import { getFile, loadEntries } from './case-rows.ts'

interface DutyRow {
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
 * the words seen in the text, nearness, and how often the organization took this category here lately. Withdrawn duties are never suggested.
 */
export async function suggestRoute(ctx: Ctx, caseId: string): Promise<RouteSuggestion[]> {
  const file = await getFile(ctx, caseId)
  const [opening] = await loadEntries(ctx, caseId)
  const text = `${file.title}\n${String(opening?.data.detail ?? '')}`
  const since = new Date(ctx.now.getTime() - 90 * 86_400_000)
  const duties = await ctx.as(systemActor, (system) =>
    system.rows(sql<DutyRow>`
      SELECT d.org_id, o.name AS org_name, d.category, d.area_path, d.clause_no, d.clause, d.document, d.words,
        (SELECT count(*) FROM cases.case_file f WHERE f.main_org_id = d.org_id AND f.community_id = ${file.community_id} AND f.category = d.category AND f.opened_at > ${since}) AS recent
      FROM cases.duty d JOIN access.organization o USING (org_id)
      WHERE d.standing <> 'withdrawn' AND starts_with(${file.area_path}, d.area_path)
        AND d.valid_from <= ${ctx.now}::date AND (d.valid_to IS NULL OR d.valid_to > ${ctx.now}::date)`),
  )
  return rankDuties(duties, text, file.category).slice(0, 4)
}

/** Pure part, for tests: scores and reasons. */
export function rankDuties(duties: DutyRow[], text: string, category: string | null): RouteSuggestion[] {
  return duties
    .map((duty) => {
      const seenWords = duty.words.filter((word) => text.includes(word))
      const nearness = duty.area_path.split('/').length / 10
      const score =
        (duty.category === category ? 3 : 0) +
        seenWords.reduce((sum, word) => sum + Math.min(2, word.length / 2), 0) +
        nearness +
        Math.min(1, duty.recent / 10)
      return {
        orgId: duty.org_id,
        orgName: duty.org_name,
        category: duty.category,
        clauseNo: duty.clause_no,
        clause: duty.clause,
        document: duty.document,
        seenWords,
        recentCases: duty.recent,
        score,
      }
    })
    .filter((suggestion) => suggestion.seenWords.length > 0 || suggestion.category === category)
    .sort((a, b) => b.score - a.score || a.orgName.localeCompare(b.orgName, 'zh'))
}
