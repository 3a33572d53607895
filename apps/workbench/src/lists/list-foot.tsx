import { useTranslation } from 'react-i18next'
import { type KeyHint, KeyHints } from '../parts/key-hint.tsx'

/** A list that is read page after page. */
export interface PagedList {
  hasNextPage: boolean
  isFetchingNextPage: boolean
  fetchNextPage(): unknown
}

interface ListFootProps {
  list: PagedList
  /** Rows that are here; undefined until the first of them came. */
  shown: number | undefined
  /** How many there are, where the server says; `isMore` where it stopped counting. */
  total?: { total: number; isMore: boolean } | undefined
  /** Said in place of how many are here. */
  note?: string | undefined
  hints?: readonly KeyHint[]
}

/** How much of the list is here, and the way to more of it. */
export function ListFoot({ list, shown, total, note, hints = [] }: ListFootProps) {
  const { t } = useTranslation()
  return (
    <footer className="wb-foot">
      <KeyHints hints={hints} />
      <span className="dk-note">
        {shown === undefined ? '' : (note ?? t('list.shown', { count: shown }))}
        {total && shown !== undefined && total.total > shown
          ? ` ${t(total.isMore ? 'lists.ofMore' : 'lists.of', { count: total.total })}`
          : ''}
      </span>
      <MoreButton list={list} />
    </footer>
  )
}

export function MoreButton({ list }: { list: PagedList }) {
  const { t } = useTranslation()
  if (!list.hasNextPage) return null
  return (
    <button
      type="button"
      className="dk-button dk-button-small"
      disabled={list.isFetchingNextPage}
      onClick={() => void list.fetchNextPage()}
    >
      {t('queue.more')}
    </button>
  )
}
