import type { Column } from '@linli/ui/desk'

/** A column that can be taken along: what it shows is also said as plain text. */
export interface ListColumn<Row> extends Column<Row> {
  text(row: Row): string
  /** Stands whatever is chosen: without it a row says nothing. */
  isFixed?: boolean
  /** Not shown until somebody chooses it. */
  isExtra?: boolean
}

/** Rows as a table sheet takes them: a line each, cells by tabs, heads first. A cell that begins like a formula stays a text. */
export function rowsAsText<Row>(columns: readonly Pick<ListColumn<Row>, 'head' | 'text'>[], rows: readonly Row[]): string {
  const lines = [columns.map(({ head }) => head), ...rows.map((row) => columns.map(({ text }) => text(row)))]
  return lines.map((cells) => cells.map(plainCell).join('\t')).join('\n')
}

/** One cell on one line. A sheet would compute what begins with one of these signs, and a resident's words may. */
function plainCell(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return /^[=+\-@]/.test(line) ? `'${line}` : line
}
