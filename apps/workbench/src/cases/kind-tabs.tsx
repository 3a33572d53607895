import { useQueries } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { type Kind, kindInAddress, kinds } from '../api/kinds.ts'
import { countsOf } from '../api/queries.ts'

/** One list per kind of work, each with what is open of it: appeals and events are never added up. */
export function KindTabs({ kind, to }: { kind: Kind; to: '/queue' | '/list' }) {
  const { t } = useTranslation()
  const counts = useQueries({ queries: kinds.map((one) => countsOf(one)) })
  return (
    <nav className="wb-tabs wb-kinds" aria-label={t('kinds.label')}>
      {kinds.map((one, at) => (
        <Link
          key={one}
          to={to}
          search={kindInAddress(one)}
          // Without it every address of a list would be one of the appeals, whose address says least.
          activeOptions={{ exact: true }}
          aria-current={one === kind ? 'page' : undefined}
        >
          {t(`kinds.${one}`)} <span className="wb-tab-count">{counts[at]?.data?.queues.all?.total ?? ''}</span>
        </Link>
      ))}
    </nav>
  )
}
