import { type Ctx, sql } from '@linli/base/server'

/**
 * Takes up to so many matters of a batch out again, with all that the import wrote of them, and the keys of their reporters' contacts.
 * Those stay that somebody has worked on since, that others were merged into, whose contact somebody has looked at, whose receipt was
 * printed, or that somebody decided on for a topic. Answers the numbers; none when no more can be removed. As system.
 */
export async function removeImported(system: Ctx, batchId: string, most: number): Promise<string[]> {
  // Whoever moves a matter holds its file; what was moved meanwhile no longer has the entry count of the import, and is not found.
  const wanted = await system.rows(sql<{ case_id: string }>`
    SELECT f.case_id FROM cases.imported_case i JOIN cases.case_file f USING (case_id)
    WHERE i.batch_id = ${batchId} AND f.seq = i.seq AND ${isUntouched}
    ORDER BY f.case_id LIMIT ${most} FOR UPDATE OF f`)
  if (wanted.length === 0) return []
  const gone = await system.rows(sql<{ number: string; contact_key_id: string | null }>`
    SELECT number, contact_key_id FROM cases.remove_imported(${batchId}::uuid, ${wanted.map(({ case_id }) => case_id)}::uuid[])`)
  const keys = gone.flatMap(({ contact_key_id }) => contact_key_id ?? [])
  if (keys.length > 0) await system.run(sql`DELETE FROM base.person_key WHERE key_id = ANY (${keys}::uuid[])`)
  return gone.map(({ number }) => number)
}

const isUntouched = sql`NOT EXISTS (SELECT FROM cases.contact_view v WHERE v.case_id = f.case_id)
  AND NOT EXISTS (SELECT FROM cases.receipt_print p WHERE p.case_id = f.case_id)
  AND NOT EXISTS (SELECT FROM cases.case_file m WHERE m.merged_into = f.case_id)
  AND NOT EXISTS (SELECT FROM cases.case_rating r WHERE r.case_id = f.case_id)
  AND NOT EXISTS (SELECT FROM cases.topic_item t WHERE t.case_id = f.case_id)`

/** Numbers of the matters of a batch that are still here. As system. */
export async function listRemaining(system: Ctx, batchId: string, most: number): Promise<string[]> {
  const rows = await system.rows(sql<{ number: string }>`
    SELECT f.number FROM cases.imported_case i JOIN cases.case_file f USING (case_id) WHERE i.batch_id = ${batchId} ORDER BY f.number LIMIT ${most}`)
  return rows.map(({ number }) => number)
}
