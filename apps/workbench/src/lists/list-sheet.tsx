import { DataTable } from '@linli/ui/desk'
import type { UseInfiniteQueryResult } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { KeyHint } from '../parts/key-hint.tsx'
import { useKeys } from '../parts/keys.ts'
import { Problem, Waiting } from '../parts/states.tsx'
import { CopyRows, Toast, useCopy } from './copy-rows.tsx'
import { type Chip, EmptyList, FilterChips } from './filter-chips.tsx'
import { type ListColumn, rowsAsText } from './list-column.ts'
import { ListFoot } from './list-foot.tsx'
import { useListLook } from './list-look.ts'
import { LookMenu } from './look-menu.tsx'

interface ListSheetProps<Row> {
  /** Under which its looks are remembered: `cases.list`. */
  name: string
  account: string
  caption: string
  columns: readonly ListColumn<Row>[]
  list: UseInfiniteQueryResult<{ pages: { items: Row[] }[] }>
  rowId(row: Row): string
  /** How the box that marks a row names it. */
  rowName(row: Row): string
  selected?: string | undefined
  onOpen(id: string): void
  chips: readonly Chip[]
  onClear(): void
  /** Said where there is nothing although nothing is asked for. */
  emptyTitle: string
  total?: { total: number; isMore: boolean } | undefined
  /** Saved views and the way out as a file. */
  tools?: ReactNode
}

/**
 * A table of the desk with everything that one can be asked to do: what it is narrowed to, one chip each; which columns; rows marked and
 * copied; an empty place that says what to take off; how much of it is here.
 */
export function ListSheet<Row>(props: ListSheetProps<Row>) {
  const { name, account, caption, columns, list, rowId, rowName, selected, onOpen, chips, onClear, emptyTitle, total, tools } = props
  const { t } = useTranslation()
  const rows = list.data?.pages.flatMap((page) => page.items) ?? []
  const [look, setLook] = useListLook(account, name, columns)
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set())
  const { said, copy } = useCopy()
  const shown = columns.filter(({ key }) => look.columns.includes(key))
  const copyRows = () => {
    const wanted = marked.size > 0 ? rows.filter((row) => marked.has(rowId(row))) : rows
    copy(rowsAsText(shown, wanted), wanted.length)
  }
  useKeys((key, event) => {
    if (key !== 'c' && key !== 'C') return
    event.preventDefault()
    copyRows()
  })
  const hints: KeyHint[] = [
    { keys: ['J', 'K'], says: t('keys.walk') },
    { keys: ['Enter'], says: t('keys.open') },
    { keys: [t('lists.space')], says: t('lists.mark') },
    { keys: ['C'], says: t('lists.copy') },
  ]
  return (
    <>
      <FilterChips chips={chips} onClear={onClear} />
      <div className="wb-list-tools">
        {tools}
        <span className="wb-inline wb-list-do">
          <CopyRows marked={marked.size} count={rows.length} onCopy={copyRows} onUnmark={() => setMarked(new Set())} />
          <LookMenu columns={columns} look={look} onLook={setLook} />
        </span>
      </div>
      <div className="wb-table-panel">
        {list.error && rows.length === 0 ? <Problem error={list.error} retry={() => void list.refetch()} /> : null}
        {list.isPending ? <Waiting rows={8} /> : null}
        {list.isSuccess ? (
          <DataTable
            caption={caption}
            columns={shown}
            rows={rows}
            rowId={rowId}
            selected={selected}
            onOpen={onOpen}
            isDense={look.isDense}
            marks={{
              marked,
              onMark: setMarked,
              label: (row) => t('lists.markRow', { name: rowName(row) }),
              labelAll: t('lists.markAll'),
            }}
            empty={<EmptyList chips={chips} title={emptyTitle} onClear={onClear} />}
          />
        ) : null}
        <ListFoot list={list} shown={list.isSuccess ? rows.length : undefined} total={total} hints={hints} />
      </div>
      <Toast>{said}</Toast>
    </>
  )
}
