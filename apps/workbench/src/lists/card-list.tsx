import type { UseInfiniteQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Problem, Waiting } from '../parts/states.tsx'
import { MoreButton } from './list-foot.tsx'

interface CardListProps<Row> {
  list: UseInfiniteQueryResult<{ pages: { items: Row[] }[] }>
  /** In place of rows, where there are none. */
  empty: ReactNode
  children(rows: Row[]): ReactNode
}

/** A list that is no table, read page after page: it waits, says what went wrong or that there is nothing, and shows the way to more. */
export function CardList<Row>({ list, empty, children }: CardListProps<Row>) {
  const rows = rowsOf(list)
  return (
    <>
      {list.isPending ? <Waiting /> : null}
      {list.error && rows.length === 0 ? <Problem error={list.error} retry={() => void list.refetch()} /> : null}
      {list.isSuccess && rows.length === 0 ? empty : null}
      {rows.length > 0 ? children(rows) : null}
      {list.hasNextPage ? (
        <p className="wb-more">
          <MoreButton list={list} />
        </p>
      ) : null}
    </>
  )
}

/** The rows that are here, of all pages. */
export const rowsOf = <Row,>(list: UseInfiniteQueryResult<{ pages: { items: Row[] }[] }>): Row[] =>
  list.data?.pages.flatMap((page) => page.items) ?? []
