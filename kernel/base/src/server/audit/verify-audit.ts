import { type Statement, sql } from '../sql.ts'
import type { Ctx } from '../transaction.ts'
import type { Anchor, AnchorBook } from './anchor-book.ts'
import { noSeal, rowHash, type Seal, sealHash } from './canonical-row.ts'

export type AuditFinding = 'row_changed' | 'row_missing' | 'row_added' | 'seal_changed' | 'seal_missing' | 'anchor_contradicted'

export interface AuditVerdict {
  /** Everything up to this time is in the chain; null when nothing was ever sealed. */
  sealedTo: Date | null
  ok: boolean
  /** Rows found as they were sealed. */
  rows: number
  /** The audit_id of the first row that is not, or of the first row of the first broken seal. */
  firstBad: number | null
  finding: AuditFinding | null
}

type Bad = { firstBad: number; finding: AuditFinding }
type Link = Pick<Seal, 'seal_no' | 'last_xact_id' | 'last_audit_id' | 'hash'>

/** Row hashes read at a time: 10,000 rows. */
const pageBytes = 320_000

/**
 * Computes the whole chain again and names the first row that was changed, removed or put in later. What the chain alone cannot show is
 * its own end: seals cut off the tail together with their rows. The anchors, kept outside the database, show that up to the newest one.
 * Runs as linli_system or as someone who may read the audit trail.
 */
export async function verifyAudit(ctx: Ctx, anchors?: AnchorBook): Promise<AuditVerdict> {
  const known = new Map<number, Anchor>((await anchors?.read())?.map((anchor) => [anchor.sealNo, anchor]))
  let last: Link = noSeal
  let rows = 0
  for (;;) {
    const seals = await ctx.rows(sealsAfter(last.seal_no))
    if (seals.length === 0) break
    const bad = checkSeals(last, seals, known) ?? (await checkRows(ctx, last, seals, (count) => (rows += count)))
    if (bad) return { sealedTo: seals[0]!.sealed_at, ok: false, rows, ...bad }
    last = seals.at(-1)!
  }
  const lost = [...known.values()].find((anchor) => anchor.sealNo > last.seal_no)
  if (lost) return { sealedTo: await sealedTo(ctx, last), ok: false, rows, firstBad: lost.lastAuditId, finding: 'seal_missing' }
  return { sealedTo: await sealedTo(ctx, last), ok: true, rows, firstBad: null, finding: null }
}

/** As many seals as fit a page, at least one. */
function sealsAfter(sealNo: number): Statement<Seal> {
  return sql<Seal>`
    SELECT seal_no, first_xact_id::text, first_audit_id, last_xact_id::text, last_audit_id, audit_ids, row_hashes, previous_hash, hash, sealed_at
    FROM (SELECT *, sum(octet_length(row_hashes)) OVER (ORDER BY seal_no) AS bytes
          FROM (SELECT * FROM base.audit_seal WHERE seal_no > ${sealNo} ORDER BY seal_no LIMIT 1000) next) sized
    WHERE bytes <= ${pageBytes} OR bytes = octet_length(row_hashes) ORDER BY seal_no`
}

/** Each seal follows the one before, says what its hash says, and is the one that was anchored. */
function checkSeals(before: Link, seals: Seal[], anchors: Map<number, Anchor>): Bad | undefined {
  let last = before
  for (const seal of seals) {
    if (seal.seal_no !== last.seal_no + 1) return { firstBad: seal.first_audit_id, finding: 'seal_missing' }
    if (!seal.previous_hash.equals(last.hash) || !sealHash(seal).equals(seal.hash))
      return { firstBad: seal.first_audit_id, finding: 'seal_changed' }
    const anchor = anchors.get(seal.seal_no)
    if (anchor && anchor.hash !== seal.hash.toString('hex')) return { firstBad: seal.first_audit_id, finding: 'anchor_contradicted' }
    last = seal
  }
  return undefined
}

/** The rows between two places in the order are exactly those that the seals name, and as they were. */
async function checkRows(ctx: Ctx, after: Link, seals: Seal[], count: (rows: number) => void): Promise<Bad | undefined> {
  const ids = seals.flatMap((seal) => seal.audit_ids)
  const hashes = Buffer.concat(seals.map((seal) => seal.row_hashes))
  const to = seals.at(-1)!
  const between = sql<{ audit_id: number; hash: Buffer }>`
    SELECT e.audit_id, ${rowHash} AS hash FROM base.audit_entry e
    WHERE (e.xact_id, e.audit_id) > (${after.last_xact_id}::xid8, ${after.last_audit_id}::bigint)
      AND (e.xact_id, e.audit_id) <= (${to.last_xact_id}::xid8, ${to.last_audit_id}::bigint)
    ORDER BY e.xact_id, e.audit_id LIMIT ${ids.length + 1}`
  // All of them at once: ten thousand rows as two values cost a third less than as rows. Only where they differ is each one looked at.
  const [all] = await ctx.rows(sql<{ ids: string | null; hashes: Buffer | null }>`
    SELECT string_agg(audit_id::text, ',') AS ids, string_agg(hash, ''::bytea) AS hashes FROM (${between}) e`)
  if (all?.ids === ids.join(',') && all.hashes?.equals(hashes)) {
    count(ids.length)
    return undefined
  }
  const rows = await ctx.rows(between)
  for (const [i, id] of ids.entries()) {
    const row = rows[i]
    if (row?.audit_id === id && row.hash.equals(hashes.subarray(i * 32, i * 32 + 32))) continue
    count(i)
    if (row?.audit_id === id) return { firstBad: id, finding: 'row_changed' }
    const isThere = row && (rows.some(({ audit_id }) => audit_id === id) || !ids.includes(row.audit_id))
    return isThere ? { firstBad: row.audit_id, finding: 'row_added' } : { firstBad: id, finding: 'row_missing' }
  }
  count(ids.length)
  const extra = rows[ids.length]
  return extra ? { firstBad: extra.audit_id, finding: 'row_added' } : undefined
}

/** Now, when nothing waits to be sealed; otherwise the time of the row that waits longest. */
async function sealedTo(ctx: Ctx, last: Link): Promise<Date | null> {
  if (last.seal_no === 0) return null
  const waiting = await ctx.find(sql<{ at: Date }>`
    SELECT at FROM base.audit_entry WHERE (xact_id, audit_id) > (${last.last_xact_id}::xid8, ${last.last_audit_id}::bigint)
    ORDER BY xact_id, audit_id LIMIT 1`)
  return waiting?.at ?? ctx.now
}
