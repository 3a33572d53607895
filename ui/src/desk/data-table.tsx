import { type KeyboardEvent, type ReactNode, useRef } from 'react'
import { moveCursor, stepOf } from './list-cursor.ts'

export interface Column<Row> {
  key: string
  head: string
  cell(row: Row): ReactNode
  /** CSS width; the column without one takes what is left. */
  width?: string
  align?: 'end'
}

interface DataTableProps<Row> {
  caption: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowId(row: Row): string
  selected?: string | undefined
  onSelect?: (id: string) => void
  onOpen?: (id: string) => void
  /** Shown in place of rows. */
  empty: ReactNode
}

/**
 * A real table: one row is in the tab order, arrows (and J/K) walk, Enter opens.
 * On a narrow screen each row becomes a card whose cells keep their heads.
 */
export function DataTable<Row>({ caption, columns, rows, rowId, selected, onSelect, onOpen, empty }: DataTableProps<Row>) {
  const body = useRef<HTMLTableSectionElement>(null)
  const ids = rows.map(rowId)
  const entry = selected !== undefined && ids.includes(selected) ? selected : ids[0]
  const onKeyDown = (event: KeyboardEvent<HTMLTableSectionElement>) => {
    const row = (event.target as HTMLElement).closest('tr')
    if (!row || event.target !== row || event.ctrlKey || event.metaKey || event.altKey) return
    const id = row.dataset.id
    const step = stepOf(event.key)
    if (step) {
      event.preventDefault()
      const next = moveCursor(ids, id, step)
      if (!next) return
      onSelect?.(next)
      body.current?.querySelector<HTMLElement>(`tr[data-id="${CSS.escape(next)}"]`)?.focus()
    } else if (event.key === 'Enter' && id && onOpen) {
      event.preventDefault()
      onOpen(id)
    }
  }
  return (
    <table className="dk-table">
      <caption className="dk-visually-hidden">{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.key} scope="col" style={column.width ? { width: column.width } : undefined} data-align={column.align}>
              {column.head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody ref={body} onKeyDown={onKeyDown}>
        {rows.length === 0 ? (
          <tr className="dk-table-none">
            <td colSpan={columns.length}>{empty}</td>
          </tr>
        ) : null}
        {rows.map((row) => {
          const id = rowId(row)
          return (
            <tr
              key={id}
              data-id={id}
              tabIndex={onOpen ? (id === entry ? 0 : -1) : undefined}
              aria-current={id === selected ? 'true' : undefined}
              onFocus={(event) => {
                if (event.target === event.currentTarget) onSelect?.(id)
              }}
              onClick={(event) => {
                if (!onOpen || (event.target as HTMLElement).closest('button, a, input, summary')) return
                onOpen(id)
              }}
              data-opens={onOpen ? true : undefined}
            >
              {columns.map((column) => (
                <td key={column.key} data-head={column.head} data-align={column.align}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
