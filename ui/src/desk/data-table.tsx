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
  /** Rows can be marked, to be taken along together: Space, or with Shift the arrows; Ctrl A marks all that are here. */
  marks?: TableMarks<Row>
  isDense?: boolean
}

export interface TableMarks<Row> {
  marked: ReadonlySet<string>
  onMark(marked: ReadonlySet<string>): void
  /** What the box of a row is called, and that of all rows. */
  label(row: Row): string
  labelAll: string
}

/**
 * A real table: one row is in the tab order, arrows (and J/K) walk, Enter opens.
 * On a narrow screen each row becomes a card whose cells keep their heads.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { caption, columns, rows, rowId, selected, onSelect, onOpen, empty, marks, isDense = false } = props
  const body = useRef<HTMLTableSectionElement>(null)
  const ids = rows.map(rowId)
  const entry = selected !== undefined && ids.includes(selected) ? selected : ids[0]
  const onKeyDown = (event: KeyboardEvent<HTMLTableSectionElement>) => {
    const row = (event.target as HTMLElement).closest('tr')
    if (!row || event.target !== row || event.altKey) return
    const id = row.dataset.id
    if (marks && (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'a') {
      event.preventDefault()
      return marks.onMark(new Set(ids))
    }
    if (event.ctrlKey || event.metaKey) return
    const step = stepOf(event.key)
    if (step) {
      event.preventDefault()
      const next = moveCursor(ids, id, step)
      if (!next) return
      if (marks && event.shiftKey && id) marks.onMark(new Set([...marks.marked, id, next]))
      onSelect?.(next)
      body.current?.querySelector<HTMLElement>(`tr[data-id="${CSS.escape(next)}"]`)?.focus()
    } else if (event.key === ' ' && id && marks) {
      event.preventDefault()
      marks.onMark(toggled(marks.marked, id))
    } else if (event.key === 'Enter' && id && onOpen) {
      event.preventDefault()
      onOpen(id)
    }
  }
  return (
    <table className="dk-table" data-dense={isDense || undefined}>
      <caption className="dk-visually-hidden">{caption}</caption>
      <thead>
        <tr>
          {marks ? (
            <th scope="col" className="dk-table-mark">
              <MarkAll ids={ids} marks={marks} />
            </th>
          ) : null}
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
            <td colSpan={columns.length + (marks ? 1 : 0)}>{empty}</td>
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
                if (!onOpen || (event.target as HTMLElement).closest('button, a, input, summary, label')) return
                onOpen(id)
              }}
              data-opens={onOpen ? true : undefined}
            >
              {marks ? (
                <td className="dk-table-mark">
                  <label>
                    <input
                      type="checkbox"
                      tabIndex={-1}
                      aria-label={marks.label(row)}
                      checked={marks.marked.has(id)}
                      onChange={() => marks.onMark(toggled(marks.marked, id))}
                    />
                  </label>
                </td>
              ) : null}
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

function MarkAll<Row>({ ids, marks }: { ids: readonly string[]; marks: TableMarks<Row> }) {
  const isAll = ids.length > 0 && ids.every((id) => marks.marked.has(id))
  return (
    <label>
      <input
        type="checkbox"
        aria-label={marks.labelAll}
        checked={isAll}
        disabled={ids.length === 0}
        onChange={() => marks.onMark(new Set(isAll ? [] : ids))}
      />
    </label>
  )
}

function toggled(marked: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(marked)
  if (!next.delete(id)) next.add(id)
  return next
}
