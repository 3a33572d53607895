import type { CellKind, CellValue } from '@linli/base/define'

/** What goes into a file, whatever its format: cells are masked already. */
export interface Sheet {
  /** DC-20260302-000017: names the file and stands in it. */
  number: string
  title: string
  /** Who, for which post, when, what for: the first row, and head and foot of every printed page. */
  watermark: { line: string; head: string; foot: string }
  columns: readonly { head: string; kind: CellKind; width: number }[]
  /** Rows in pages; a page is written before the next one is asked for. */
  pages: AsyncIterable<readonly (readonly CellValue[])[]>
}

const shanghai = 8 * 3_600_000

/** `2026-03-02 09:00`, Asia/Shanghai. */
export function localMinute(at: Date): string {
  return new Date(at.getTime() + shanghai).toISOString().slice(0, 16).replace('T', ' ')
}
