import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Problem } from '../parts/states.tsx'
import { ErasureNote } from './erasure-note.tsx'
import { erasuresQuery } from './queries.ts'

/** Requests to erase files, above what else waits for a second pair of eyes; nothing where there are none. */
export function Erasures({ state }: { state: 'open' | 'settled' }) {
  const { t } = useTranslation()
  const list = useInfiniteQuery(erasuresQuery(state))
  if (list.error) return <Problem error={list.error} retry={() => void list.refetch()} />
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? []
  if (rows.length === 0) return null
  return (
    <section aria-label={t('persons.erasures')}>
      <h2 className="dk-h3">{t('persons.erasures')}</h2>
      <ul className="wb-plain">
        {rows.map((row) => (
          <li key={row.erasureId} className="wb-person-part">
            <div className="wb-person-head">
              <h3 className="dk-h3">
                <Link to="/persons/$personId" params={{ personId: row.personId }} className="dk-link">
                  <span lang="zh-CN">{row.name || t('persons.erasedTitle')}</span>
                </Link>
              </h3>
              <span className="dk-meta" lang="zh-CN">
                {row.place}
              </span>
            </div>
            <ErasureNote erasure={row} />
          </li>
        ))}
      </ul>
      {list.hasNextPage ? (
        <button type="button" className="dk-button" disabled={list.isFetching} onClick={() => void list.fetchNextPage()}>
          {t('persons.more')}
        </button>
      ) : null}
    </section>
  )
}
