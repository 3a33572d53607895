import type pg from 'pg'
import { systemActor } from '../actor.ts'
import type { Clock } from '../clock.ts'
import type { Log } from '../outbox/subscriber.ts'
import { sql } from '../sql.ts'
import { type Ctx, transact } from '../transaction.ts'
import type { Anchor, AnchorBook } from './anchor-book.ts'
import { noSeal, rowHash, type Seal, sealHash } from './canonical-row.ts'

export interface SealerOptions {
  pool: pg.Pool
  clock: Clock
  anchors?: AnchorBook
  log?: Log
  /** Two seconds keep the watermark within the promised five. */
  everyMs?: number
  anchorEveryMs?: number
}

export interface Sealer {
  start(): void
  /** Seals what is there now; answers the number of rows, 0 also when another process is sealing. */
  sealNow(): Promise<number>
  stop(): Promise<void>
}

const largestBatch = 5000

/** Links audit rows into the hash chain, batch by batch, beside the transactions that wrote them: they never wait for it. */
export function createSealer(options: SealerOptions): Sealer {
  const { pool, clock, anchors, log = () => {}, everyMs = 2000, anchorEveryMs = 60_000 } = options
  let timer: NodeJS.Timeout | undefined
  let running: Promise<number> | undefined
  let anchoredAt = Number.NEGATIVE_INFINITY
  let newest: Anchor | undefined

  const sealAll = async (): Promise<number> => {
    let rows = 0
    for (;;) {
      const seal = await transact({ pool, clock }, systemActor, sealBatch)
      if (!seal) return rows
      rows += seal.audit_ids.length
      newest = {
        sealNo: seal.seal_no,
        hash: seal.hash.toString('hex'),
        lastAuditId: seal.last_audit_id,
        sealedAt: seal.sealed_at.toISOString(),
      }
      if (performance.now() - anchoredAt >= anchorEveryMs) await anchor()
      if (seal.audit_ids.length < largestBatch) return rows
    }
  }

  /** A chain without an anchor is still whole, so an anchor that cannot be written stops nothing. */
  const anchor = async (): Promise<void> => {
    if (!anchors || !newest) return
    try {
      await anchors.append(newest)
      anchoredAt = performance.now()
      newest = undefined
    } catch (error) {
      log('the newest audit seal could not be noted outside the database', { error: String(error) })
    }
  }

  const sealNow = (): Promise<number> => {
    running ??= sealAll().finally(() => {
      running = undefined
    })
    return running
  }

  return {
    start() {
      timer ??= setInterval(
        () => sealNow().catch((error) => log('sealing the audit trail failed, will be tried again', { error: String(error) })),
        everyMs,
      )
    },
    sealNow,
    async stop() {
      clearInterval(timer)
      await running?.catch(() => {})
      await anchor()
    },
  }
}

/** One seal over the oldest rows that no open transaction can still precede; undefined when there are none or another process is at it. */
async function sealBatch(ctx: Ctx): Promise<Seal | undefined> {
  const lock = await ctx.get(sql<{ mine: boolean }>`SELECT pg_try_advisory_xact_lock(hashtext('linli.sealer')) AS mine`)
  if (!lock.mine) return undefined
  const last =
    (await ctx.find(sql<Pick<Seal, 'seal_no' | 'last_xact_id' | 'last_audit_id' | 'hash'>>`
      SELECT seal_no, last_xact_id::text, last_audit_id, hash FROM base.audit_seal ORDER BY seal_no DESC LIMIT 1`)) ?? noSeal
  const rows = await ctx.rows(sql<{ audit_id: number; xact_id: string; hash: Buffer }>`
    SELECT e.audit_id, e.xact_id::text, ${rowHash} AS hash FROM base.audit_entry e
    WHERE (e.xact_id, e.audit_id) > (${last.last_xact_id}::xid8, ${last.last_audit_id}::bigint) AND e.xact_id < pg_snapshot_xmin(pg_current_snapshot())
    ORDER BY e.xact_id, e.audit_id LIMIT ${largestBatch}`)
  const [first, final] = [rows[0], rows.at(-1)]
  if (!first || !final) return undefined
  const content = {
    seal_no: last.seal_no + 1,
    first_xact_id: first.xact_id,
    first_audit_id: first.audit_id,
    last_xact_id: final.xact_id,
    last_audit_id: final.audit_id,
    audit_ids: rows.map((row) => row.audit_id),
    row_hashes: Buffer.concat(rows.map((row) => row.hash)),
    previous_hash: last.hash,
    sealed_at: ctx.now,
  }
  const seal: Seal = { ...content, hash: sealHash(content) }
  await ctx.run(sql`
    INSERT INTO base.audit_seal (seal_no, first_xact_id, first_audit_id, last_xact_id, last_audit_id, audit_ids, row_hashes, previous_hash, hash, sealed_at)
    VALUES (${seal.seal_no}, ${seal.first_xact_id}::xid8, ${seal.first_audit_id}, ${seal.last_xact_id}::xid8, ${seal.last_audit_id},
      ${seal.audit_ids}::bigint[], ${seal.row_hashes}, ${seal.previous_hash}, ${seal.hash}, ${seal.sealed_at})`)
  return seal
}
