import { type Ctx, type Statement, sql } from '@linli/base/server'

/** What was searched for, and the files that it is known to be in: none of them says that it is common, and to be looked for on the way. */
export interface Words {
  words: string
  caseIds: string[] | null
}

/** More than these are not looked up one by one: a list that is walked meets what is so common soon. */
const mostHits = 2000

/** Looks for a number from its start (with or without the dash), or for words of title and place, within the acting post's scope. */
export async function findWords(ctx: Ctx, asked: string): Promise<Words> {
  const words = asked.replace(/^诉\s*(?=\d)/, '')
  const { ids } = await ctx.get(sql<{ ids: string[] | null }>`SELECT cases.find_files(${words}, ${mostHits}) AS ids`)
  return { words, caseIds: ids }
}

/** The files to choose from, where they are known: looked up first, so that no plan walks a list for the few of them. */
export function filesWith(words: Words | undefined): Statement {
  if (!words?.caseIds) return sql`cases.case_file`
  return sql`(SELECT found.* FROM unnest(${words.caseIds}::uuid[]) AS hit (case_id) JOIN cases.case_file found USING (case_id) OFFSET 0)`
}

/** The condition on the files `f`, where they are to be looked for. */
export function wordsAre({ words, caseIds }: Words): Statement {
  if (caseIds) return sql`true`
  const digits = words.replace(/[\s-]/g, '')
  if (/^\d{4,}$/.test(digits)) return sql`starts_with(replace(f.number, '-', ''), ${digits})`
  return sql`strpos(base.search_form(cases.words_of(f.title, f.place)), base.search_form(${words})) > 0`
}
