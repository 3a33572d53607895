import { sha256 } from '../crypto.ts'
import { type Statement, sql } from '../sql.ts'

/**
 * The SHA-256 of one audit row `e`. The text of a row value quotes its fields, so no two different rows have the same text; times are
 * microseconds, so that no display setting of the session changes it. Anyone with SQL access can compute it again.
 */
export const rowHash: Statement = sql`
  sha256(convert_to(ROW(e.audit_id, e.xact_id::text, (extract(epoch FROM e.at) * 1000000)::bigint, e.action, e.account_id, e.post_id, e.org_id,
    e.subject_kind, e.subject_id, e.area_path, e.purpose, e.detail::text, e.trace_id)::text, 'UTF8'))`

export interface Seal {
  seal_no: number
  first_xact_id: string
  first_audit_id: number
  last_xact_id: string
  last_audit_id: number
  audit_ids: number[]
  row_hashes: Buffer
  previous_hash: Buffer
  hash: Buffer
  sealed_at: Date
}

/** What stands before the first seal. */
export const noSeal = { seal_no: 0, last_xact_id: '0', last_audit_id: 0, hash: Buffer.alloc(32) }

/** The link of a seal: everything it says, and everything before it. */
export function sealHash(seal: Omit<Seal, 'hash'>): Buffer {
  const header = [
    seal.seal_no,
    seal.first_xact_id,
    seal.first_audit_id,
    seal.last_xact_id,
    seal.last_audit_id,
    seal.sealed_at.toISOString(),
    seal.audit_ids,
  ]
  return sha256(seal.previous_hash, JSON.stringify(header), seal.row_hashes)
}
