import { type Ctx, sql, systemActor } from '@linli/base/server'
import type { EntryView } from '../contract/case.ts'
import { type CaseType, findMove } from '../define/case-type.ts'
import { handoverMove } from '../define/fold.ts'
import { getFile, loadEntries } from './case-rows.ts'
import type { CasesDeps } from './deps.ts'
import { attachmentsOf, isPublicEntry, listAttachments } from './entry-files.ts'

interface EntryNames {
  seq: number
  account_name: string | null
  org_name: string | null
}

/** The log for a screen: names of people and organizations, forms as filled, never the reporter's contact. */
export async function viewEntries(ctx: Ctx, deps: CasesDeps, caseId: string): Promise<EntryView[]> {
  const row = await getFile(ctx, caseId)
  const type = deps.catalogue.get(row.case_type)
  const { entries, names, files } = await ctx.as(systemActor, async (system) => ({
    entries: await loadEntries(system, caseId),
    names: await namesOf(system, caseId),
    files: await listAttachments(system, caseId),
  }))
  return entries.map((entry) => {
    const move = findMove(type, entry.move)
    const { account_name, org_name } = names.get(entry.seq) ?? { account_name: null, org_name: null }
    const { contact: _contact, ...data } = entry.data
    return {
      seq: entry.seq,
      move: entry.move,
      moveName: platformNames[entry.move] ?? move?.name ?? entry.move,
      stageName: type.stages[entry.stage]?.name ?? entry.stage,
      milestone: move?.effects?.find((effect) => effect.does === 'mark')?.milestone ?? null,
      isPublic: isPublicEntry(type, entry),
      data: shownOf(type, entry.move, data),
      byName: account_name ?? (move?.by === 'system' || entry.move === handoverMove ? '系统' : '居民'),
      orgName: org_name,
      attachments: attachmentsOf(type, entry, files),
      at: entry.at.toISOString(),
    }
  })
}

/** Steps that every type has. */
const platformNames: Readonly<Record<string, string>> = { open: '登记', [handoverMove]: '工作交接' }

function shownOf(type: CaseType, move: string, data: Record<string, unknown>): Record<string, unknown> {
  if (move === 'open') return openingOf(type, data)
  if (move === handoverMove) return data.place ? { note: `${data.from} → ${data.to}` } : {}
  return data
}

/** What staff read of an opening: of a request all that was asked, of everything else what was said and where. */
function openingOf(type: CaseType, data: Record<string, unknown>): Record<string, unknown> {
  const { detail, place, channel, attachments } = data
  const asked = type.asks ? Object.fromEntries(type.form.fields.map(({ key }) => [key, data[key]])) : {}
  return { detail, place, channel, attachments, ...asked }
}

export async function namesOf(system: Ctx, caseId: string): Promise<Map<number, EntryNames>> {
  const rows = await system.rows(sql<EntryNames>`
    SELECT e.seq, a.display_name || CASE WHEN p.account_id <> e.account_id
      THEN '（代' || (SELECT h.display_name FROM access.account h WHERE h.account_id = p.account_id) || '）' ELSE '' END AS account_name, o.name AS org_name
    FROM cases.case_entry e LEFT JOIN access.post p ON p.post_id = e.post_id
    LEFT JOIN access.account a ON a.account_id = e.account_id LEFT JOIN access.organization o ON o.org_id = e.org_id
    WHERE e.case_id = ${caseId}`)
  return new Map(rows.map((row) => [row.seq, row]))
}
