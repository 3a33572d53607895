import { decodeCursor, encodeCursor } from '../cursor.ts'
import type { ListSource } from '../list-source.ts'
import { type Statement, sql, sqlAnd, sqlIf } from '../sql.ts'
import type { Ctx } from '../transaction.ts'

export interface AuditQuery {
  action?: string
  /** Only what was refused: actions named so (`access.refused`, `access.sign_in_refused`). */
  isRefused?: boolean
  /** What the caller's words for an account mean; an empty list finds nothing. */
  accountIds?: readonly string[]
  /** An id, or `kind/id`. */
  subject?: string
  /** ISO instants; `from` is included, `to` is not. */
  from?: string
  to?: string
  cursor?: string
  limit?: number
}

export interface FoundAuditRow {
  auditId: number
  at: Date
  action: string
  accountId: string | null
  postId: string | null
  orgId: string | null
  subjectKind: string | null
  subjectId: string | null
  purpose: string | null
  detail: Record<string, unknown>
  traceId: string
  sealed: boolean
}

/** Lines of the audit trail, newest first, for someone who may read it; ids only, since names belong to `access`. */
export async function searchAudit(ctx: Ctx, query: AuditQuery): Promise<{ items: FoundAuditRow[]; next: string | null }> {
  const limit = query.limit ?? 50
  const conditions = conditionsOf(query)
  if (query.cursor) {
    const [at, id] = decodeCursor(query.cursor, 'instant', 'integer')
    conditions.push(sql`(e.at, e.audit_id) < (${at}::timestamptz, ${id}::bigint)`)
  }
  const rows = await ctx.rows(sql<FoundAuditRow>`${selectLines} WHERE ${sqlAnd(conditions)} ORDER BY ${auditOrder} LIMIT ${limit + 1}`)
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, next: rows.length > limit && last ? encodeCursor(last.at, last.auditId) : null }
}

const auditOrder: Statement = sql`e.at DESC, e.audit_id DESC`

/** The same lines as they are found for a file. */
export const auditSource = (query: AuditQuery): ListSource => ({
  id: sql`e.audit_id`,
  from: sql`base.audit_entry e`,
  where: sqlAnd(conditionsOf(query)),
  orderBy: auditOrder,
})

/** These lines, for someone who may read them. */
export const loadAudit = (ctx: Ctx, auditIds: readonly string[]): Promise<FoundAuditRow[]> =>
  ctx.rows(sql<FoundAuditRow>`${selectLines} WHERE e.audit_id = ANY (${auditIds}::bigint[])`)

const selectLines: Statement = sql`
  SELECT e.audit_id AS "auditId", e.at, e.action, e.account_id AS "accountId", e.post_id AS "postId", e.org_id AS "orgId",
    e.subject_kind AS "subjectKind", e.subject_id AS "subjectId", e.purpose, e.detail, e.trace_id AS "traceId",
    COALESCE((e.xact_id, e.audit_id) <= (SELECT last_xact_id, last_audit_id FROM base.audit_seal ORDER BY seal_no DESC LIMIT 1), false) AS sealed
  FROM base.audit_entry e`

function conditionsOf(query: AuditQuery): Statement[] {
  const [kind, id] = splitSubject(query.subject)
  return [
    sqlIf(query.action, () => sql`e.action = ${query.action}`),
    sqlIf(query.isRefused, () => sql`e.action LIKE '%refused'`),
    sqlIf(query.accountIds, () => sql`e.account_id = ANY(${query.accountIds}::uuid[])`),
    sqlIf(id, () => sql`e.subject_id = ${id}`),
    sqlIf(kind, () => sql`e.subject_kind = ${kind}`),
    sqlIf(query.from, () => sql`e.at >= ${query.from}::timestamptz`),
    sqlIf(query.to, () => sql`e.at < ${query.to}::timestamptz`),
  ].filter(({ text }) => text !== '')
}

function splitSubject(subject: string | undefined): [kind: string | undefined, id: string | undefined] {
  const parts = subject?.match(/^(?:([a-z-]+)\/)?(.+)$/s)
  return parts ? [parts[1], parts[2]] : [undefined, undefined]
}
