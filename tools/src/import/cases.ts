import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { newId } from '@linli/base/define'
import { Refusal, sql, systemActor, transact } from '@linli/base/server'
import { ImportMapping } from '@linli/exchange/contract'
import {
  addBatch,
  type BatchRow,
  batchLine,
  faultLines,
  faultsOf,
  getBatch,
  type LeasedBatch,
  leaseBatch,
  type Preview,
  previewImport,
  type RunDeps,
  runImport,
  Superseded,
  sayWhere,
  undoImport,
} from '@linli/exchange/server'
import { readConfig } from '@linli/server/config'
import { withEngines } from '@linli/server/engines'
import { type ImportValues, namer, note, Refused } from './import-command.ts'
import { withTarget } from './open-target.ts'
import { Progress } from './progress.ts'

/** `cases`: matters of another system, by a mapping; their preview, their batches, and how a batch is taken out again. */
export async function cases(values: ImportValues): Promise<number> {
  if (values.batches) return withDeps((deps) => listBatches(deps))
  if (values.undo !== undefined) {
    if (!values.reason || values.reason.trim().length < 2) throw new Refused('--undo needs --reason: it goes into the audit')
    return withDeps((deps, signal) => undo(deps, signal, values.undo!, values.reason!.trim()))
  }
  if (!values.in || !values.mapping) throw new Refused('cases needs --in FILE and --mapping FILE.json')
  for (const file of [values.in, values.mapping]) if (!existsSync(file)) throw new Refused(`there is no ${file}`)
  const mapping = await readMapping(values.mapping)
  const file = await fingerprint(resolve(values.in))
  return withDeps((deps, signal) => (values.preview ? preview(deps, signal, file, mapping) : bringIn(deps, signal, file, mapping, values)))
}

interface GivenFile {
  path: string
  name: string
  bytes: number
  sha256: Buffer
}

function withDeps(work: (deps: RunDeps, signal: AbortSignal) => Promise<number>): Promise<number> {
  return withTarget((database, signal) =>
    withEngines(readConfig(process.env), database, note, async ({ transaction, exchange }) => {
      try {
        return await work({ ...transaction, importables: exchange.importables }, signal)
      } catch (error) {
        if (error instanceof Superseded) throw new Refused('another run took this batch over')
        if (error instanceof Refusal)
          throw new Refused(error.more.fields?.map(({ path, message }) => `${path}: ${message}`).join('; ') ?? error.code)
        throw error
      }
    }),
  )
}

async function readMapping(path: string): Promise<ImportMapping> {
  let given: unknown
  try {
    given = JSON.parse(await readFile(path, 'utf8'))
  } catch (error) {
    throw new Refused(`${basename(path)} is not JSON: ${(error as Error).message}`)
  }
  const read = ImportMapping.safeParse(given)
  if (read.success) return read.data
  throw new Refused(
    read.error.issues.map((issue) => `${basename(path)}: ${issue.path.join('.') || 'mapping'}: ${issue.message}`).join('\n'),
  )
}

async function fingerprint(path: string): Promise<GivenFile> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) hash.update(chunk)
  return { path, name: basename(path), bytes: (await stat(path)).size, sha256: hash.digest() }
}

const progressOf = (bytes: number): Progress => new Progress(bytes, note, process.stderr.isTTY ?? false)
const operator = { accountId: null, postId: null, orgId: null, areaPath: '' }

async function preview(deps: RunDeps, signal: AbortSignal, file: GivenFile, mapping: ImportMapping): Promise<number> {
  const progress = progressOf(file.bytes)
  const scope = { batchId: newId(), mapping, areaPath: '' }
  const found = await previewImport(deps, scope, file.path, {
    signal,
    seen: (bytes) => progress.read(bytes),
    judged: (rows) => progress.done(rows.length),
  }).finally(() => progress.end())
  for (const line of wordsOf(found)) note(line)
  console.log(`cases: preview, nothing written; read ${found.rows}, would add ${found.added}, ${countsOf(found)}`)
  return found.refused > 0 ? 2 : 0
}

function* wordsOf({ first, problems, kind, encoding }: Preview): Generator<string> {
  yield `a ${kind === 'csv' ? `CSV file in ${encoding.toUpperCase()}` : 'workbook'}; the first rows would become`
  for (const { line, values } of first)
    yield `  ${line}: ${Object.entries(values)
      .map(([key, value]) => `${key}=${value}`)
      .join(' · ')}`
  for (const { code, field, column, rows, examples } of problems) {
    yield `${rows} rows: ${sayWhere({ code, field, column, value: null, ...(examples[0]?.more && { more: examples[0].more }) }, 'en')}`
    for (const { line, value } of examples) yield `  row ${line}${value === null ? '' : `: "${value}"`}`
  }
}

const countsOf = (row: Pick<BatchRow, 'there' | 'changed' | 'refused' | 'agreeing' | 'differing'>): string =>
  `there ${row.there}, changed ${row.changed}, refused ${row.refused}${
    row.agreeing + row.differing > 0 ? `; on time or not as the file says ${row.agreeing}, otherwise ${row.differing}` : ''
  }`

async function bringIn(deps: RunDeps, signal: AbortSignal, file: GivenFile, mapping: ImportMapping, values: ImportValues): Promise<number> {
  const batch = await takeBatch(deps, file, mapping, values.whole ? 'whole' : 'each')
  const progress = progressOf(file.bytes)
  const before = batch.rows_done
  const outcome = await runImport(deps, batch, file.path, {
    signal,
    seen: (bytes) => progress.read(bytes),
    committed: (rows) => progress.done(rows),
  }).finally(() => progress.end())
  const row = await transact(deps, systemActor, (system) => getBatch(system, batch.batch_id))
  const refused = namer()
  for await (const page of faultsOf(deps, row.batch_id))
    for (const { line, problems } of page) refused.name(`${file.name}:${line}: ${problems.map((one) => sayWhere(one, 'en')).join('; ')}`)
  refused.end()
  if (values.errors && row.refused + row.changed > 0) await writeFaults(deps, row, file, values.errors)
  const { seconds } = progress
  const said = { done: '', stopped: 'stopped, run it again to go on; ', refused: 'a row was refused, so none was written; ' }[outcome]
  const resumed = before > 0 ? ` (${before} of them before it was stopped)` : ''
  console.log(
    `cases: ${row.number}: ${said}read ${row.rows_done}${resumed}, added ${row.added}, ${countsOf(row)}, ${seconds.toFixed(1)} s, ${Math.round((row.rows_done - before) / seconds)} rows/s`,
  )
  return outcome === 'stopped' ? 130 : row.refused > 0 ? 2 : 0
}

/** The batch of this file and mapping that was not finished, to go on with, or a new one. */
async function takeBatch(deps: RunDeps, file: GivenFile, mapping: ImportMapping, mode: BatchRow['mode']): Promise<LeasedBatch> {
  return transact(deps, systemActor, async (system) => {
    await system.run(sql`SELECT pg_advisory_xact_lock(hashtextextended('exchange.take', 0))`)
    const begun = await system.find(sql<BatchRow>`
      SELECT * FROM exchange.import_batch WHERE account_id IS NULL AND state = 'running' AND file_sha256 = ${file.sha256}
        AND mapping = ${JSON.stringify(mapping)}::jsonb AND mode = ${mode} ORDER BY made_at DESC LIMIT 1`)
    const batch = begun ?? (await addBatch(system, { batchId: newId(), file, by: operator, mapping, mode, state: 'queued' }))
    if (!begun) system.audit(batchLine(batch, 'exchange.import_started', { bytes: file.bytes, mode }))
    return leaseBatch(system, batch.batch_id, 'running')
  })
}

async function writeFaults(deps: RunDeps, row: BatchRow, file: GivenFile, to: string): Promise<void> {
  await writeFile(to, faultLines(deps, row, file.path, 'zh'))
  note(`the rows that were not taken are in ${to}: put them right there and import it by the same mapping`)
}

async function undo(deps: RunDeps, signal: AbortSignal, number: string, reason: string): Promise<number> {
  const batch = await transact(deps, systemActor, async (system) => {
    const row = await system.find(sql<BatchRow>`SELECT * FROM exchange.import_batch WHERE number = ${number} FOR UPDATE`)
    if (!row) throw new Refused(`there is no batch ${number}`)
    if (row.state === 'undone') throw new Refused(`${number} was undone before`)
    if (row.mapping === null) throw new Refused(`${number} brought nothing`)
    await system.run(sql`UPDATE exchange.import_batch SET undo_reason = coalesce(undo_reason, ${reason}) WHERE batch_id = ${row.batch_id}`)
    return leaseBatch(system, row.batch_id, 'undoing')
  })
  const outcome = await undoImport(deps, batch, { signal })
  const row = await transact(deps, systemActor, (system) => getBatch(system, batch.batch_id))
  for (const kept of row.kept_numbers ?? []) note(`${kept} stays: it was worked on since`)
  console.log(
    `cases: ${number}: ${outcome === 'stopped' ? 'stopped, run it again to go on; ' : ''}removed ${row.removed}, kept ${row.kept ?? 'not counted yet'}`,
  )
  return outcome === 'stopped' ? 130 : 0
}

async function listBatches(deps: RunDeps): Promise<number> {
  const rows = await transact(deps, systemActor, (system) =>
    system.rows(sql<BatchRow>`SELECT * FROM exchange.import_batch WHERE state <> 'draft' ORDER BY made_at DESC LIMIT 100`),
  )
  for (const { number, state, file_name, mapping, made_at, ...row } of rows)
    console.log(
      `${number} ${state} ${made_at.toISOString()} ${mapping?.source ?? ''} ${file_name}: added ${row.added}, ${countsOf(row)}${state === 'undone' ? `; removed ${row.removed}, kept ${row.kept}` : ''}`,
    )
  if (rows.length === 0) console.log('cases: nothing was imported so far')
  return 0
}
