import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Ctx, openPool, sql, startEmbedded, systemActor, systemClock, transact } from '@linli/base/server'
import { openTable } from '@linli/exchange/server'

/** A file as somebody took it along. */
export interface TakenFile {
  exportId: string
  bytes: Buffer
}

export interface CheckedFile {
  number: string
  by: string
  format: 'xlsx' | 'csv'
  /** Of the filter, beside the kind of work. */
  filter: string
  rows: number
  kilobytes: number
  seconds: number
  /** Rows that came or went within a second of the moment of the file, so that either is right. */
  atTheEdge: number
  masked: number
  formulas: number
}

interface Job {
  export_id: string
  number: string
  query: { status?: string }
  format: 'xlsx' | 'csv'
  purpose: string
  area_path: string
  state: string
  rows_done: number
  sha256: Buffer | null
  started_at: Date
  finished_at: Date
  login: string
  name: string
  org: string
}

interface Matter {
  number: string
  opened_at: Date
  closed_at: Date | null
}

/** A transaction knows its time when it begins, and others see it when it commits. */
const commitMs = 1000

/**
 * Looks into the stopped platform's database: of each file whether it has the rows that stood in the list at one moment while it was
 * written, each once, masked, without formulas and with its mark, and whether the trail says so; of what was canceled that nothing is there.
 */
export async function checkExported(
  dataDir: string,
  files: readonly TakenFile[],
  canceled: readonly string[],
): Promise<{ checked: CheckedFile[]; faults: string[] }> {
  const database = await startEmbedded({ dataDir })
  const pool = openPool({ url: database.servingUrl, max: 2, name: 'check' })
  try {
    const faults: string[] = []
    const checked: CheckedFile[] = []
    for (const file of files) {
      const [job, matters, trail] = await transact({ pool, clock: systemClock }, systemActor, async (system) => {
        const found = await getJob(system, file.exportId)
        return [found, await listMatters(system, found), await trailOf(system, file.exportId)] as const
      })
      checked.push(await checkFile(file, job, matters, (what) => faults.push(`${job.number}: ${what}`)))
      const wanted = ['exchange.asked', 'exchange.done', 'exchange.downloaded']
      if (trail.join() !== wanted.join()) faults.push(`${job.number}: the trail says ${trail.join(', ')}`)
    }
    for (const exportId of canceled) {
      const trail = await transact({ pool, clock: systemClock }, systemActor, (system) => trailOf(system, exportId))
      if (trail.join() !== 'exchange.asked,exchange.canceled') faults.push(`canceled, and the trail says ${trail.join(', ')}`)
    }
    return { checked, faults }
  } finally {
    await pool.end()
    await database.stop()
  }
}

const getJob = (system: Ctx, exportId: string): Promise<Job> =>
  system.get(sql<Job>`
    SELECT j.*, a.login, a.display_name AS name, o.name AS org FROM exchange.export_job j JOIN access.account a USING (account_id) JOIN access.organization o USING (org_id)
    WHERE j.export_id = ${exportId}`)

const listMatters = (system: Ctx, { area_path }: Job): Promise<Matter[]> =>
  system.rows(sql<Matter>`
    SELECT number, opened_at, CASE WHEN status <> 'open' THEN coalesce(closed_at, opened_at) END AS closed_at
    FROM cases.case_file WHERE kind = 'appeal' AND channel = 'app' AND starts_with(area_path, ${area_path})`)

async function trailOf(system: Ctx, exportId: string): Promise<string[]> {
  const rows = await system.rows(
    sql<{
      action: string
    }>`SELECT action FROM base.audit_entry WHERE subject_id = ${exportId} AND action <> 'exchange.read_refused' ORDER BY at, audit_id`,
  )
  return rows.map(({ action }) => action)
}

async function checkFile({ bytes }: TakenFile, job: Job, matters: readonly Matter[], wrong: (what: string) => void): Promise<CheckedFile> {
  const lines = await readFile(bytes)
  const [[mark = ''] = [], head = [], ...rows] = lines
  for (const part of [job.number, job.name, job.org, job.purpose]) if (!mark.includes(part)) wrong(`its first row does not say ${part}`)
  if (head[0] !== '编号') wrong(`its columns begin with ${head[0]}`)
  if (!job.sha256?.equals(createHash('sha256').update(bytes).digest())) wrong('its hash is not the one on record')
  if (job.rows_done !== rows.length) wrong(`it has ${rows.length} rows, and ${job.rows_done} on record`)
  const texts = rows.flat()
  const clear = texts.filter((text) => /(?<!\d)1999999\d{4}/.test(text)).length
  if (clear > 0) wrong(`${clear} telephones are in clear`)
  const commands = texts.filter((text) => /^'?[=+@＝]/.test(text)).length
  // What a spreadsheet would count when it opens the file.
  if (job.format === 'csv' && /(^|,)"?[=+@＝]/m.test(bytes.toString('utf8'))) wrong('a text of it is a formula to a spreadsheet')
  return {
    number: job.number,
    by: job.login,
    format: job.format,
    filter: job.query.status ?? 'any',
    rows: rows.length,
    kilobytes: Math.round(bytes.length / 1024),
    seconds: (job.finished_at.getTime() - job.started_at.getTime()) / 1000,
    atTheEdge: compareRows(
      rows.map(([number = '']) => number),
      job,
      matters,
      wrong,
    ),
    masked: texts.filter((text) => text.includes('199****')).length,
    formulas: commands,
  }
}

/** The rows of the file against the list as it stood at the latest opening that the file has; answers how many differ within a second of it. */
function compareRows(
  numbers: readonly string[],
  { query, started_at, finished_at }: Job,
  matters: readonly Matter[],
  wrong: (what: string) => void,
) {
  const taken = new Set(numbers)
  if (taken.size !== numbers.length) wrong(`${numbers.length - taken.size} rows stand twice`)
  const known = new Map(matters.map((matter) => [matter.number, matter]))
  const strangers = numbers.filter((number) => !known.has(number))
  if (strangers.length > 0) wrong(`${strangers.length} rows are not of this list`)
  const moment = Math.max(
    started_at.getTime(),
    ...matters.filter(({ number }) => taken.has(number)).map(({ opened_at }) => opened_at.getTime()),
  )
  if (moment > finished_at.getTime()) wrong('it has a row that came after it')
  const isListed = ({ opened_at, closed_at }: Matter): boolean => {
    const isOpen = closed_at === null || closed_at.getTime() > moment
    return opened_at.getTime() <= moment && (query.status === undefined || (query.status === 'open') === isOpen)
  }
  const isAtTheEdge = ({ opened_at, closed_at }: Matter): boolean =>
    [opened_at, closed_at].some((at) => at !== null && Math.abs(at.getTime() - moment) < commitMs)
  const other = matters.filter((matter) => isListed(matter) !== taken.has(matter.number))
  const otherwise = other.filter((matter) => !isAtTheEdge(matter))
  if (otherwise.length > 0) wrong(`${otherwise.length} rows are missing or too many`)
  return other.length
}

/** Every row of the file, the mark and the head first, by the readers of imports, which share nothing with the writers. */
async function readFile(bytes: Buffer): Promise<string[][]> {
  const folder = await mkdtemp(join(tmpdir(), 'linli-exported-'))
  try {
    const path = join(folder, 'file')
    await writeFile(path, bytes)
    const { headers, rows } = await openTable(path, { encoding: 'auto', delimiter: ',', headerRow: 1 })
    const lines = [headers]
    for await (const piece of rows) lines.push(...piece.map(({ cells }) => cells))
    return lines
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
