import { setImmediate as nextTurn } from 'node:timers/promises'
import { findStandingPost, type StandingPost } from '@linli/access/server'
import type { CellValue } from '@linli/base/define'
import { isDatabaseAway, type Log, sql, type TransactionDeps, transact } from '@linli/base/server'
import { cellOf } from '../define/cell-text.ts'
import type { ExportRule } from '../define/export-rule.ts'
import { type Claimed, leaseEnd } from './claim-export.ts'
import { lineOf, onBehalfOf, tellChanged } from './export-rows.ts'
import type { ExportStore } from './export-store.ts'
import type { ExportableList, ExportableLists } from './exportable-list.ts'
import type { Sheet } from './sheet.ts'
import { watermarkOf } from './watermark.ts'
import { writeCsv } from './write-csv.ts'
import { writeXlsx } from './write-xlsx.ts'

export interface WriterDeps extends TransactionDeps {
  lists: ExportableLists
  store: ExportStore
  rule: ExportRule
  log: Log
  /** True once this process ends: what is being written goes back into the line. */
  isStopping(): boolean
}

const rowsPerPage = 500
/** Of these many rows cells are made without a pause. */
const rowsAtOnce = 50
const tellEveryMs = 1000

/** Ends the writing without a word: somebody canceled, or another worker took over. */
class Superseded extends Error {}
class PostEnded extends Error {}
class Stopping extends Error {}

/**
 * Writes one claimed export. Before every page it looks whether the export is still this worker's and whether the post still stands and
 * may still read the list, and reads that page under the post's own scope: what is withdrawn in the middle is not in the rest, and the
 * file that was begun is thrown away.
 */
export async function writeExport(deps: WriterDeps, row: Claimed): Promise<void> {
  try {
    const list = deps.lists.get(row.list_key)
    if (!list) throw new Error(`there is no list ${row.list_key}`)
    const written = await deps.store.write(row.export_id, row.lease_id, async (file) => {
      const sheet = await sheetOf(deps, row, list)
      await (row.format === 'csv' ? writeCsv(file, sheet) : writeXlsx(file, sheet))
    })
    await finish(deps, row, written)
  } catch (error) {
    await fail(deps, row, error as Error)
  }
}

async function sheetOf(deps: WriterDeps, row: Claimed, list: ExportableList<unknown, unknown>): Promise<Sheet> {
  const standing = await keep(deps, row, list, 0)
  const columns = list.columns.filter(({ key }) => row.columns.includes(key))
  return {
    number: row.number,
    title: list[row.lang],
    watermark: watermarkOf(row, standing, deps.clock.now()),
    columns: columns.map((column) => ({ head: column[row.lang], kind: column.kind, width: column.width })),
    pages: pagesOf(deps, row, list, standing, columns),
  }
}

/** Ids first, in one short look, so that a row which moves in the list meanwhile comes neither twice nor not at all; then page by page. */
async function* pagesOf(
  deps: WriterDeps,
  row: Claimed,
  list: ExportableList<unknown, unknown>,
  standing: StandingPost,
  columns: ExportableList<unknown, unknown>['columns'],
): AsyncGenerator<CellValue[][]> {
  const options = { purpose: row.purpose }
  const query = list.query.parse(row.query)
  const ids = await transact(deps, standing.actor, (ctx) => list.pick(ctx, query, deps.rule.rowsPerFile), options)
  let done = 0
  for (let from = 0; from < ids.length; from += rowsPerPage) {
    const { actor } = from === 0 ? standing : await keep(deps, row, list, done)
    const page = ids.slice(from, from + rowsPerPage)
    const found = await transact(deps, actor, (ctx) => list.load(ctx, page, query), options)
    const rows = page.flatMap((id) => (found.has(id) ? [found.get(id)] : []))
    done += rows.length
    row.rows_done = done
    for (let at = 0; at < rows.length; at += rowsAtOnce) {
      yield rows.slice(at, at + rowsAtOnce).map((one) => columns.map((column) => cellOf(column, one, row.lang)))
      // Whoever asks this process for something meanwhile has the next turn.
      await nextTurn()
    }
  }
  await keep(deps, row, list, done)
}

const toldAt = new WeakMap<Claimed, number>()

/** Holds the export for another minute and says how far it is; throws when it is no longer to be written. */
async function keep(deps: WriterDeps, row: Claimed, list: ExportableList<unknown, unknown>, done: number): Promise<StandingPost> {
  if (deps.isStopping()) throw new Stopping()
  const standing = await transact(deps, onBehalfOf(row), async (system) => {
    const held = await system.run(sql`
      UPDATE exchange.export_job SET lease_until = ${leaseEnd(system)}, rows_done = ${done}
      WHERE export_id = ${row.export_id} AND lease_id = ${row.lease_id} AND state = 'running'`)
    if (held === 0) throw new Superseded()
    if (performance.now() - (toldAt.get(row) ?? 0) > tellEveryMs) {
      toldAt.set(row, performance.now())
      tellChanged(system, row)
    }
    return findStandingPost(system, { accountId: row.account_id, postId: row.post_id })
  })
  const { permissions } = standing?.actor ?? {}
  if (!standing || !permissions?.has('exchange.export') || !permissions.has(list.permission)) throw new PostEnded()
  return standing
}

const hourMs = 3_600_000

async function finish(deps: WriterDeps, row: Claimed, { bytes, sha256 }: { bytes: number; sha256: Buffer }): Promise<void> {
  const isMine = await transact(deps, onBehalfOf(row), async (system) => {
    const at = system.now.getTime()
    const done = await system.run(sql`
      UPDATE exchange.export_job SET state = 'done', rows_done = ${row.rows_done}, bytes = ${bytes}, sha256 = ${sha256}, finished_at = ${system.now},
        link_until = ${new Date(at + deps.rule.linkHours * hourMs)}, kept_until = ${new Date(at + deps.rule.keepDays * 24 * hourMs)},
        lease_id = NULL, lease_until = NULL
      WHERE export_id = ${row.export_id} AND lease_id = ${row.lease_id} AND state = 'running'`)
    if (done === 0) return false
    system.audit(lineOf(row, 'exchange.done', { rows: row.rows_done, bytes, columns: row.columns, sha256: sha256.toString('hex') }))
    tellChanged(system, row)
    return true
  })
  if (isMine) return
  // Whoever took over writes a file of the same name, or nobody will: only a canceled one is taken away here.
  const { state } = await transact(deps, onBehalfOf(row), (system) =>
    system.get(sql<{ state: string }>`SELECT state FROM exchange.export_job WHERE export_id = ${row.export_id}`),
  )
  if (state === 'canceled') await deps.store.remove(row.export_id)
}

async function fail(deps: WriterDeps, row: Claimed, error: Error): Promise<void> {
  if (error instanceof Superseded) return
  if (error instanceof Stopping) return giveBack(deps, row)
  // The lease runs out and the next worker begins again.
  if (isDatabaseAway(error)) return deps.log('an export lost the database and is begun again', { number: row.number })
  const code = (error as NodeJS.ErrnoException).code
  const reason = error instanceof PostEnded ? 'post-ended' : code === 'ENOSPC' || code === 'EDQUOT' ? 'no-room' : 'fault'
  if (reason !== 'post-ended') deps.log(`export ${row.number} failed`, { error: error.message })
  await transact(deps, onBehalfOf(row), async (system) => {
    const failed = await system.run(sql`
      UPDATE exchange.export_job SET state = 'failed', reason = ${reason}, finished_at = ${system.now}, lease_id = NULL, lease_until = NULL
      WHERE export_id = ${row.export_id} AND lease_id = ${row.lease_id} AND state = 'running'`)
    if (failed === 0) return
    system.audit(lineOf(row, 'exchange.failed', { reason, rows: row.rows_done }))
    tellChanged(system, row)
  })
}

/** This process ends, not the work: the next one begins at once, and it does not count as an attempt. */
async function giveBack(deps: WriterDeps, row: Claimed): Promise<void> {
  await transact(deps, onBehalfOf(row), (system) =>
    system.run(sql`
      UPDATE exchange.export_job SET state = 'queued', rows_done = 0, attempts = attempts - 1, lease_id = NULL, lease_until = NULL
      WHERE export_id = ${row.export_id} AND lease_id = ${row.lease_id} AND state = 'running'`),
  )
}
