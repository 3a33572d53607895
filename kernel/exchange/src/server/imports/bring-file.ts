import type { ResultOf } from '@linli/base/contract'
import { newId } from '@linli/base/define'
import { type Actor, type Exchange, Refusal, sql, transact } from '@linli/base/server'
import type { bringImportFile } from '../../contract/import.ts'
import { ImportMapping } from '../../contract/import-mapping.ts'
import type { ExchangeDeps } from '../deps.ts'
import { ExchangeError } from '../errors.ts'
import { addBatch } from './import-batches.ts'
import { listSheets, openTable } from './open-table.ts'
import { TableError } from './read-csv.ts'
import { noResult } from './read-xlsx.ts'
import { viewBatch } from './view-batch.ts'

const largest = 50 * 1024 * 1024
/** Files of one account that lie here and were not begun; they go after a day. */
const mostDrafts = 20
const sampleRows = 5
const usual = ImportMapping.parse({ variant: 'any', source: 'any', fields: {} }).file

/** `POST /imports`: the file is whole on disk before a row says so, and read far enough to show its columns. */
export async function bringFile(actor: Actor, deps: ExchangeDeps, { request }: Exchange): Promise<ResultOf<typeof bringImportFile>> {
  if (!request.isMultipart()) throw missing()
  const drafts = await transact(deps, actor, (ctx) =>
    ctx.get(
      sql<{ n: number }>`SELECT count(*)::int AS n FROM exchange.import_batch WHERE state = 'draft' AND account_id = ${actor.accountId}`,
    ),
  )
  if (drafts.n >= mostDrafts) throw ExchangeError('too_many_waiting', { detail: '上传了还没导入的文件太多，请明天再传或先用掉几个' })
  const batchId = newId()
  try {
    const file = await receive(deps, batchId, request)
    const path = deps.imports.pathOf(batchId)
    const sheets = await listSheets(path)
    const { headers, rows } = await openTable(path, usual)
    const sample: string[][] = []
    for await (const piece of rows) {
      for (const { cells } of piece.slice(0, sampleRows - sample.length))
        sample.push(headers.map((_, i) => (cells[i] === noResult ? '' : (cells[i] ?? '').slice(0, 200))))
      if (sample.length >= sampleRows) break
    }
    const batch = await transact(
      deps,
      actor,
      async (ctx) => viewBatch(ctx, await addBatch(ctx, { batchId, file, by: actor, state: 'draft' })),
      { traceId: request.id },
    )
    return { batch, headers, sample, sheets }
  } catch (error) {
    await deps.imports.remove(batchId)
    throw refusalOf(error)
  }
}

async function receive(deps: ExchangeDeps, batchId: string, request: Exchange['request']) {
  let file: { name: string; bytes: number; sha256: Buffer } | undefined
  for await (const part of request.parts({ limits: { fileSize: largest, files: 1 } })) {
    if (part.type !== 'file') continue
    const written = await deps.imports.receive(batchId, part.file)
    if (part.file.truncated) throw tooLarge()
    file = { name: nameOf(part.filename), ...written }
  }
  if (!file) throw missing()
  if (file.bytes === 0) throw ExchangeError('file_unreadable', { detail: '文件是空的' })
  return file
}

/** Without the folders of whoever sent it, and without what no name has. */
const nameOf = (name: string): string => {
  const plain = name
    .toWellFormed()
    .replace(/\p{Cc}/gu, '')
    .replace(/^.*[\\/]/, '')
  return plain.slice(-120) || 'file'
}

function refusalOf(error: unknown): unknown {
  if (error instanceof Refusal) return error
  if (error instanceof TableError) return ExchangeError('file_unreadable', { detail: `文件读不了：${error.zh}` })
  const { code, statusCode } = error as { code?: string; statusCode?: number }
  if (code === 'FST_REQ_FILE_TOO_LARGE' || (code?.startsWith('FST_') && statusCode === 413)) return tooLarge()
  const isOurs = (error as NodeJS.ErrnoException).syscall !== undefined || code?.length === 5
  return isOurs ? error : ExchangeError('file_unreadable', { detail: '没传完整，请重新上传' })
}

const tooLarge = () => ExchangeError('file_too_large', { detail: '文件最大 50 MB；更大的请运维用命令行导入' })
const missing = () =>
  ExchangeError('file_missing', { detail: '请用 multipart/form-data 上传一个文件', fields: [{ path: 'file', message: '请选一个文件' }] })
