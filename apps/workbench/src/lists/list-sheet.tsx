import { DataTable } from '@linli/ui/desk'
import { type UseInfiniteQueryResult, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { meQuery } from '../api/queries.ts'
import type { KeyHint } from '../parts/key-hint.tsx'
import { Problem, Waiting } from '../parts/states.tsx'
import { rowsOf } from './card-list.tsx'
import { type Chip, EmptyList, FilterChips } from './filter-chips.tsx'
import { type Asked, ListBar } from './list-bar.tsx'
import type { ListColumn } from './list-column.ts'
import { ListFoot } from './list-foot.tsx'
import { useListLook } from './list-look.ts'
import { LookMenu } from './look-menu.tsx'

interface ListSheetProps<Row> {
  /** `cases.list`: under which its looks are remembered, its views saved and its file asked for. */
  name: string
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
  /** Said where there is nothing although nothing is asked for, and what to do then. */
  emptyTitle: string
  emptyText?: string
  total?: { total: number; isMore: boolean } | undefined
  /** Said at the foot in place of how many rows are here. */
  note?: string | undefined
  /** With it the list can be kept as a view and taken along as a file. */
  asked?: Asked | undefined
}

/**
 * A table of the desk with everything that one can be asked to do: what it is narrowed to, one chip each; which columns; rows marked and
 * copied; an empty place that says what to take off; how much of it is here.
 */
export function ListSheet<Row>(props: ListSheetProps<Row>) {
  const { name, caption, columns, list, rowId, rowName, selected, onOpen, chips, onClear, emptyTitle, emptyText, total, note, asked } =
    props
  const { t } = useTranslation()
  const { data: me } = useQuery(meQuery)
  const rows = rowsOf(list)
  const [look, setLook] = useListLook(me?.accountId ?? '', name, columns)
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set())
  const shown = columns.filter(({ key }) => look.columns.includes(key))
  const hints: KeyHint[] = [
    { keys: ['J', 'K'], says: t('keys.walk') },
    { keys: ['Enter'], says: t('keys.open') },
    { keys: [t('lists.space')], says: t('lists.mark') },
    { keys: ['C'], says: t('lists.copy') },
  ]
  return (
    <>
      <FilterChips chips={chips} onClear={onClear} />
      <ListBar
        name={name}
        asked={asked}
        canSave={chips.length > 0}
        columns={shown}
        rows={marked.size > 0 ? rows.filter((row) => marked.has(rowId(row))) : rows}
        marked={marked.size}
        onUnmark={() => setMarked(new Set())}
      >
        <LookMenu columns={columns} look={look} onLook={setLook} />
      </ListBar>
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
            empty={<EmptyList chips={chips} title={emptyTitle} text={emptyText} onClear={onClear} />}
          />
        ) : null}
        <ListFoot list={list} shown={list.isSuccess ? rows.length : undefined} total={total} note={note} hints={hints} />
      </div>
    </>
  )
}
