import { Readable } from 'node:stream'
import { type Actor, type Ctx, type Exchange, sql, systemActor, transact } from '@linli/base/server'
import type { ImportBatch, ImportPreview } from '../../contract/import.ts'
import type { ImportMapping } from '../../contract/import-mapping.ts'
import { sayProblem } from '../../define/row-problem.ts'
import type { ExchangeDeps } from '../deps.ts'
import { ExchangeError } from '../errors.ts'
import { type BatchRow, batchLine, getBatch, tellBatch } from './import-batches.ts'
import { targetOf } from './importable.ts'
import { openImport, previewImport } from './judge-file.ts'
import { faultLines } from './list-faults.ts'
import { TableError } from './read-csv.ts'
import { findBatch, viewBatch } from './view-batch.ts'

/** A preview is looked at while somebody waits; a longer file is judged whole when it is brought in. */
const previewRows = 20_000

/** What the file would become by this mapping; writes nothing. Reads outside of the request's transaction, piece by piece. */
export async function previewBatch(actor: Actor, deps: ExchangeDeps, batchId: string, mapping: ImportMapping): Promise<ImportPreview> {
  const row = await transact(deps, actor, async (ctx) => draftOf(await findBatch(ctx, batchId)))
  mayReach(actor, deps, mapping)
  if (!(await deps.imports.has(batchId))) throw gone()
  try {
    const scope = { batchId, mapping, areaPath: row.area_path }
    const { problems, ...found } = await previewImport(deps, scope, deps.imports.pathOf(batchId), { mostRows: previewRows })
    return {
      ...found,
      problems: problems.map(({ examples, ...kind }) => {
        const about = { code: kind.code, ...(examples[0]?.more && { more: examples[0].more }) }
        return {
          ...kind,
          zh: sayProblem(about, 'zh'),
          en: sayProblem(about, 'en'),
          examples: examples.map(({ line, value }) => ({ line, value })),
        }
      }),
    }
  } catch (error) {
    throw tableRefusal(error)
  }
}

/** Puts a draft into the line of the worker, by the mapping that it is given. */
export async function startBatch(
  ctx: Ctx,
  deps: ExchangeDeps,
  batchId: string,
  { mapping, mode }: { mapping: ImportMapping; mode: BatchRow['mode'] },
): Promise<ImportBatch> {
  const row = draftOf(await findBatch(ctx, batchId))
  mayReach(ctx.actor, deps, mapping)
  if (!(await deps.imports.has(batchId))) throw gone()
  try {
    const { table } = await openImport(deps.importables, mapping, deps.imports.pathOf(batchId))
    await table.rows.return(undefined)
  } catch (error) {
    throw tableRefusal(error)
  }
  const started = await ctx.as(systemActor, (system) =>
    system.run(sql`
      UPDATE exchange.import_batch SET state = 'queued', mapping = ${JSON.stringify(mapping)}::jsonb, mode = ${mode}, made_at = ${ctx.now}
      WHERE batch_id = ${batchId} AND state = 'draft'`),
  )
  if (started === 0) throw ended()
  const now = await getBatch(ctx, row.batch_id)
  ctx.audit(batchLine(now, 'exchange.import_started', { bytes: now.file_bytes, mode }))
  tellBatch(ctx, now)
  return viewBatch(ctx, now)
}

/** Ends an import that is not through; what it brought stays and can be undone. */
export async function cancelBatch(ctx: Ctx, batchId: string): Promise<ImportBatch> {
  const row = await findBatch(ctx, batchId)
  const canceled = await ctx.as(systemActor, (system) =>
    system.run(sql`
      UPDATE exchange.import_batch SET state = 'canceled', reason = 'by-person', finished_at = ${ctx.now}, lease_id = NULL, lease_until = NULL
      WHERE batch_id = ${batchId} AND state IN ('draft', 'queued', 'running')`),
  )
  if (canceled === 0) throw ended()
  ctx.audit(batchLine(row, 'exchange.import_canceled'))
  tellBatch(ctx, row)
  return viewBatch(ctx, await getBatch(ctx, batchId))
}

/** Has a batch taken out again; what people have worked on since stays, and is named. */
export async function undoBatch(ctx: Ctx, batchId: string, reason: string): Promise<ImportBatch> {
  const row = await findBatch(ctx, batchId)
  const begun = await ctx.as(systemActor, (system) =>
    system.run(sql`
      UPDATE exchange.import_batch SET state = 'undoing', undo_reason = ${reason}, attempts = 0, lease_id = NULL, lease_until = NULL
      WHERE batch_id = ${batchId} AND mapping IS NOT NULL AND (state IN ('done', 'canceled', 'failed') OR state = 'undone' AND kept > 0)`),
  )
  if (begun === 0) throw ExchangeError('already_ended', { detail: '这个批次现在不能撤销：还在导入，或已经撤销' })
  ctx.audit({ ...batchLine(row, 'exchange.import_undo_asked'), purpose: reason })
  tellBatch(ctx, row)
  return viewBatch(ctx, await getBatch(ctx, batchId))
}

/** The rows that were not taken, as a file to put right and import again. On the trail before the first byte leaves. */
export async function readFaults(ctx: Ctx, deps: ExchangeDeps, batchId: string, lang: 'zh' | 'en', { reply }: Exchange): Promise<Readable> {
  const row = await findBatch(ctx, batchId)
  if (row.mapping === null) throw ended()
  if (row.file_deleted_at || !(await deps.imports.has(batchId))) throw gone()
  ctx.audit(batchLine(row, 'exchange.import_faults_read', { refused: row.refused, changed: row.changed }))
  reply
    .header('content-type', 'text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename="${row.number}-rows.csv"`)
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'no-store')
  return Readable.from(faultLines(deps, row, deps.imports.pathOf(batchId), lang))
}

function draftOf(row: BatchRow): BatchRow {
  if (row.state === 'draft') return row
  throw ended()
}

/** What the target itself asks for, beside importing. */
function mayReach(actor: Actor, { importables }: ExchangeDeps, mapping: ImportMapping): void {
  if (actor.permissions.has(targetOf(importables, mapping).target.permission)) return
  throw ExchangeError('mapping_wrong', {
    detail: '您的岗位不能导入这一种',
    fields: [{ path: 'mapping.target', message: '您的岗位不能导入这一种' }],
  })
}

const tableRefusal = (error: unknown): unknown =>
  error instanceof TableError ? ExchangeError('mapping_wrong', { detail: `文件和映射对不上：${error.zh}` }) : error
const ended = () => ExchangeError('already_ended', { detail: '这个批次已经开始或结束，请重新上传文件' })
const gone = () => ExchangeError('file_gone', { detail: '文件已经到期删除，请重新上传' })
