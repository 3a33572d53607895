/**
 * How a cell is written. `text` is what somebody typed: numbers that could be a telephone or an identity card are masked in it whatever the
 * list shows. `code` is ours (a case number) and stays as it is; both are text to a spreadsheet. `instant` is Asia/Shanghai.
 */
export type CellKind = 'text' | 'code' | 'instant' | 'number'
export type CellValue = string | number | Date | null

/** A column of an exportable list, in the list's own order. */
export interface ExportColumn<Row> {
  readonly key: string
  readonly zh: string
  readonly en: string
  readonly kind: CellKind
  /** The whole cell is a name or a telephone number: it never leaves unmasked, whatever the row holds. */
  readonly mask?: 'name' | 'phone'
  /** Characters. */
  readonly width: number
  value(row: Row, lang: 'zh' | 'en'): CellValue
}
