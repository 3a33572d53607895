import type { ReactNode } from 'react'
import { ListTools } from '../exports/list-tools.tsx'
import { useKeys } from '../parts/keys.ts'
import { CopyRows, Toast, useCopy } from './copy-rows.tsx'
import { type ListColumn, rowsAsText } from './list-column.ts'

/** What a list is asked for, and the way back to it. */
export interface Asked {
  /** As the server wants it: this is what goes into a file. */
  query: Record<string, unknown>
  /** As it stands in the address: this is what a saved view brings back. */
  address: Record<string, string | undefined>
  onChoose(address: Record<string, string>): void
}

interface ListBarProps<Row> {
  /** `cases.list`: what views of it are saved under and its file is asked by. */
  name: string
  /** Not there for a list that is nobody's to keep. */
  asked?: Asked | undefined
  /** Whether it is narrowed to something worth a name. */
  canSave?: boolean
  columns: readonly Pick<ListColumn<Row>, 'head' | 'text'>[]
  /** The marked ones, or all that are here. */
  rows: readonly Row[]
  marked?: number
  onUnmark?(): void
  children?: ReactNode
}

/** Over a list: saved views of it, the way out as a file, and its rows to the clipboard, by C as well. */
export function ListBar<Row>({ name, asked, canSave = false, columns, rows, marked = 0, onUnmark, children }: ListBarProps<Row>) {
  const { said, copy } = useCopy()
  const copyRows = () => copy(rowsAsText(columns, rows), rows.length)
  useKeys((key, event) => {
    if (key !== 'c' && key !== 'C') return
    event.preventDefault()
    copyRows()
  })
  return (
    <div className="wb-list-tools wb-no-print">
      {asked ? <ListTools list={name} {...asked} canSave={canSave} /> : null}
      <span className="wb-inline wb-list-do">
        <CopyRows marked={marked} count={rows.length} onCopy={copyRows} onUnmark={() => onUnmark?.()} />
        {children}
      </span>
      <Toast>{said}</Toast>
    </div>
  )
}
