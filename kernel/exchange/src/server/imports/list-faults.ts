import { sql, systemActor, type TransactionDeps, transact } from '@linli/base/server'
import { asText } from '../../define/cell-text.ts'
import { type RowProblem, sayProblem } from '../../define/row-problem.ts'
import type { BatchRow } from './import-batches.ts'
import { openTable } from './open-table.ts'

export interface Fault {
  line: number
  outcome: 'refused' | 'changed'
  problems: RowProblem[]
}

/** The rows of a batch that were not taken, in their order, from behind a line. As system. */
export async function* faultsOf(deps: TransactionDeps, batchId: string): AsyncGenerator<Fault[]> {
  for (let after = 0; ; ) {
    const from = after
    const page = await transact(deps, systemActor, (system) =>
      system.rows(sql<Fault>`
        SELECT line, outcome, problems FROM exchange.import_fault WHERE batch_id = ${batchId} AND line > ${from} ORDER BY line LIMIT 1000`),
    )
    if (page.length === 0) return
    yield page
    after = page.at(-1)!.line
  }
}

/** A problem as one sentence: where, what stands there, and what to do about it. */
export function sayWhere({ code, field, column, value, more }: RowProblem, lang: 'zh' | 'en'): string {
  const where = column ?? field ?? ''
  const what = value === null || value === '' ? '' : lang === 'zh' ? `“${value}”` : ` "${value}"`
  const words = sayProblem({ code, ...(more !== undefined && { more }) }, lang)
  return lang === 'zh' ? `${where}${what}${words}` : `${where}${what} ${words}`.trim()
}

/**
 * The rows that were not taken as the lines of a CSV file, with what is wrong in two columns before them: put right, the file can be imported
 * by the same mapping, for columns are found by their names.
 */
export async function* faultLines(
  deps: TransactionDeps,
  batch: Pick<BatchRow, 'batch_id' | 'mapping'>,
  path: string,
  lang: 'zh' | 'en',
): AsyncGenerator<string> {
  const faults = new Map<number, Fault>()
  for await (const page of faultsOf(deps, batch.batch_id)) for (const fault of page) faults.set(fault.line, fault)
  const { headers, rows } = await openTable(path, batch.mapping!.file)
  const [line, problem] = lang === 'zh' ? ['原行号', '问题'] : ['Row', 'Problem']
  yield `\uFEFF${toLine([line!, problem!, ...headers])}`
  for await (const piece of rows) {
    let text = ''
    for (const record of piece) {
      const fault = faults.get(record.line)
      if (fault) text += toLine([String(record.line), fault.problems.map((one) => sayWhere(one, lang)).join('；'), ...record.cells])
    }
    if (text !== '') yield text
  }
}

/** What somebody else's system wrote is opened in a spreadsheet here: it counts nothing in it. */
const toLine = (cells: readonly string[]): string => `${cells.map((text) => quote(asText(text))).join(',')}\r\n`
const quote = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
