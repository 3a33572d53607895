import { setTimeout as sleep } from 'node:timers/promises'
import { importAreas, type ListedDivision, lastShortId } from '@linli/access/server'
import { StartError, systemActor, type TransactionDeps, transact } from '@linli/base/server'
import type pg from 'pg'
import { type DivisionFile, type DivisionLine, type DivisionList, readDivisions } from './division-files.ts'

export interface ImportOptions {
  /** Codes of the counties wanted; all of the list when empty. */
  counties: readonly string[]
  validFrom: string
  /** Rows of one statement and one commit. */
  batchSize?: number
  /** Hears what was read, in bytes, and what was committed, in rows. */
  seen?: (bytes: number) => void
  committed?: (rows: number, milliseconds: number) => void
  /** Hears a line that was left out, as `file:line: reason`. */
  refuse: (line: string) => void
  /** Ends the work after what is on its way. */
  signal?: AbortSignal
}

export interface ImportReport {
  read: number
  added: number
  there: number
  renamed: number
  refused: number
  stopped: boolean
}

/** Rows of one statement: few enough for a second of work on a busy machine, enough to make the commit not count. */
const usualBatch = 4_000
/** PostgreSQL is what takes the time; a second connection uses the second core. */
const lanes = 2

interface Row extends ListedDivision {
  line: number
}

const reasons = {
  parent_unknown: ({ code, parent }: Row) => `${code} lies in ${parent}, which is not there`,
  code_twice: ({ code }: Row) => `${code} stands in this list twice`,
} as const

/**
 * Brings a list of divisions in, level by level from the top: what is missing is added, what is there stays. Every batch is committed, so
 * an import that was killed goes on where it was when it is run again. Lines that cannot be used are named and left out.
 */
export async function importDivisions(
  deps: Pick<TransactionDeps, 'pool' | 'clock'>,
  { source, files }: DivisionList,
  options: ImportOptions,
): Promise<ImportReport> {
  const report: ImportReport = { read: 0, added: 0, there: 0, renamed: 0, refused: 0, stopped: false }
  return withLock(deps.pool, async () => {
    const since = await transact(deps, systemActor, async (system) => {
      system.audit({ action: 'access.area_import_started', subjectKind: 'area', detail: { source, counties: options.counties } })
      return lastShortId(system)
    })
    try {
      for (const file of files) await importLevel(deps, file, since, options, report)
    } catch (error) {
      report.stopped = true
      await noteEnd(deps, source, report).catch(() => {})
      throw error
    }
    report.stopped = options.signal?.aborted ?? false
    await noteEnd(deps, source, report)
    return report
  })
}

async function noteEnd(deps: Pick<TransactionDeps, 'pool' | 'clock'>, source: string, report: ImportReport): Promise<void> {
  await transact(deps, systemActor, async (system) =>
    system.audit({ action: 'access.areas_imported', subjectKind: 'area', detail: { source, ...report } }),
  )
}

async function importLevel(
  deps: Pick<TransactionDeps, 'pool' | 'clock'>,
  file: DivisionFile,
  since: number,
  options: ImportOptions,
  report: ImportReport,
): Promise<void> {
  const refuse = (line: number, reason: string): void => {
    report.refused++
    options.refuse(`${file.name}:${line}: ${reason}`)
  }
  const batches = inBatches(readDivisions(file, options.counties, options.seen ?? (() => {})), options.batchSize ?? usualBatch, (line) => {
    report.read++
    if (line.problem) refuse(line.line, line.problem)
  })
  const work = async (): Promise<void> => {
    // Both lanes take from one generator, which hands out one batch after the other.
    for await (const rows of batches) {
      const startedAt = performance.now()
      const done = await transact(deps, systemActor, (system) =>
        importAreas(system, file.level, rows, { since, validFrom: options.validFrom }),
      )
      report.added += done.added
      report.there += done.there
      report.renamed += done.renamed
      for (const { place, reason } of done.refused) refuse(rows[place]!.line, reasons[reason](rows[place]!))
      options.committed?.(rows.length, performance.now() - startedAt)
      if (options.signal?.aborted) return
    }
  }
  // Whatever one lane meets, what the other has on its way is committed before this ends.
  const ends = await Promise.allSettled(Array.from({ length: lanes }, work))
  for (const end of ends) if (end.status === 'rejected') throw end.reason
}

async function* inBatches(
  pieces: AsyncIterable<DivisionLine[]>,
  size: number,
  seen: (line: DivisionLine) => void,
): AsyncGenerator<Row[], void, undefined> {
  let batch: Row[] = []
  for await (const lines of pieces) {
    for (const line of lines) {
      seen(line)
      if (!line.division) continue
      batch.push({ ...line.division, line: line.line })
      if (batch.length < size) continue
      yield batch
      batch = []
    }
  }
  if (batch.length > 0) yield batch
}

/** One import at a time. A killed one holds the lock until PostgreSQL has noticed. */
async function withLock<T>(pool: pg.Pool, work: () => Promise<T>): Promise<T> {
  const client = await pool.connect()
  try {
    for (let attempt = 0; !(await tryLock(client)); attempt++) {
      if (attempt === 30) throw new StartError(3, 'Another import of areas is running on this database.')
      await sleep(500)
    }
    return await work()
  } finally {
    // Ending the connection gives the lock back, whatever state it is in.
    client.release(true)
  }
}

async function tryLock(client: pg.PoolClient): Promise<boolean> {
  const { rows } = await client.query<{ taken: boolean }>("SELECT pg_try_advisory_lock(hashtext('linli.areas')) AS taken")
  return rows[0]?.taken ?? false
}
