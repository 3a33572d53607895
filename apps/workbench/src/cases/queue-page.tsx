import { keepCursor, moveCursor, stepOf } from '@linli/ui/desk'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { ArrowLeft } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { kindInAddress, kindOf } from '../api/kinds.ts'
import { caseQuery, countsOf, listQuery, type Me, meQuery } from '../api/queries.ts'
import { ExportButton } from '../exports/export-button.tsx'
import { MoreButton } from '../lists/list-foot.tsx'
import { KeyHints } from '../parts/key-hint.tsx'
import { useKeys } from '../parts/keys.ts'
import { Nothing, Problem, Waiting } from '../parts/states.tsx'
import { may } from '../session/home.ts'
import { CaseList } from './case-list.tsx'
import { CasePanel } from './case-panel.tsx'
import { CaseSide } from './case-side.tsx'
import { KindTabs } from './kind-tabs.tsx'
import { chosenTab, tabsOf } from './queue-tabs.ts'

export function QueuePage() {
  const { data: me } = useQuery(meQuery)
  return me ? <Queue me={me} /> : <Waiting />
}

/** Queue, detail, clocks side by side. The address holds tab and case, so that back, reload and a sent link show the same. */
function Queue({ me }: { me: Me }) {
  const { t } = useTranslation()
  const search = useSearch({ from: '/shell/queue' })
  const navigate = useNavigate()
  const kind = kindOf(search.kind)
  const inAddress = kindInAddress(kind)
  const { data: counts } = useQuery(countsOf(kind))
  const tabs = tabsOf(me, kind)
  const tab = chosenTab(tabs, search.tab, counts?.queues) ?? { key: 'all', query: {}, count: 'all' }
  const list = useInfiniteQuery({
    ...listQuery({ kind, ...tab.query }),
    enabled: search.tab !== undefined || counts !== undefined,
  })
  const rows = list.data?.pages.flatMap((page) => page.items) ?? []
  const ids = rows.map((row) => row.caseId)
  const [follow, setFollow] = useState(0)

  // The order in which the selected case was last seen: after it was handled and left, J goes on where it stood.
  const place = `${kind} ${tab.key}`
  const seen = useRef<{ tab: string; ids: readonly string[] }>({ tab: place, ids })
  if (ids.length > 0 && (seen.current.tab !== place || search.case === undefined || ids.includes(search.case)))
    seen.current = { tab: place, ids }

  const select = (caseId: string | undefined, replace: boolean) =>
    void navigate({ to: '/queue', search: { ...inAddress, tab: tab.key, ...(caseId ? { case: caseId } : {}) }, replace })
  const isWide = useIsWide()
  const first = ids[0]
  useEffect(() => {
    if (isWide && search.case === undefined && first !== undefined)
      void navigate({ to: '/queue', search: { ...kindInAddress(kind), tab: tab.key, case: first }, replace: true })
  }, [isWide, search.case, first, kind, tab.key, navigate])

  useKeys((key, event) => {
    const step = stepOf(key)
    if (!step || (event.target as HTMLElement).closest('[role="toolbar"], fieldset')) return
    event.preventDefault()
    const isGone = search.case !== undefined && !ids.includes(search.case)
    const next = isGone ? keepCursor(seen.current.ids, ids, search.case) : moveCursor(ids, search.case, step)
    if (next && next !== search.case) select(next, true)
    setFollow((count) => count + 1)
    if (step === 'next' && ids.indexOf(next ?? '') >= ids.length - 3 && list.hasNextPage && !list.isFetchingNextPage)
      void list.fetchNextPage()
  })

  const total = counts?.queues[tab.count]?.total
  const at = search.case ? ids.indexOf(search.case) : -1
  return (
    <div className="wb-queue" data-has-case={search.case !== undefined || undefined}>
      <section className="wb-queue-list" aria-label={t('queue.title')}>
        <div className="wb-queue-head">
          <h1>{t(`queue.tabs.${tab.key}`)}</h1>
          <span className="dk-meta">{t('queue.order')}</span>
          <ExportButton list="cases.list" query={{ kind, ...tab.query } as Record<string, string>} />
        </div>
        <KindTabs kind={kind} to="/queue" />
        <nav className="wb-tabs" aria-label={t('queue.title')}>
          {tabs.map((one) => (
            <Link key={one.key} to="/queue" search={{ ...inAddress, tab: one.key }} aria-current={one.key === tab.key ? 'page' : undefined}>
              {t(`queue.tabs.${one.key}`)} <span className="wb-tab-count">{counts?.queues[one.count]?.total ?? ''}</span>
            </Link>
          ))}
        </nav>
        <div className="wb-scroll">
          {list.isPending ? <Waiting rows={10} /> : null}
          {list.error && rows.length === 0 ? <Problem error={list.error} retry={() => void list.refetch()} /> : null}
          {list.isSuccess && rows.length === 0 ? <Nothing title={t('queue.empty')}>{t('queue.emptyText')}</Nothing> : null}
          <CaseList
            rows={rows}
            selected={search.case}
            onSelect={(id) => select(id, isWide)}
            label={t(`queue.tabs.${tab.key}`)}
            follow={follow}
          />
          {list.hasNextPage ? (
            <p className="wb-more">
              <MoreButton list={list} />
            </p>
          ) : null}
        </div>
        <footer className="wb-foot">
          <KeyHints
            hints={[
              { keys: ['J', 'K'], says: t('keys.walk') },
              { keys: ['Enter'], says: t('keys.first') },
              { keys: ['Ctrl', 'K'], says: t('keys.search') },
              ...(may(me, 'cases.open') ? [{ keys: ['F2'], says: t('keys.counter') }] : []),
            ]}
          />
        </footer>
      </section>
      <div className="wb-queue-detail">
        {search.case ? (
          <>
            <p className="wb-back">
              <Link to="/queue" search={{ ...inAddress, tab: tab.key }} className="dk-link">
                <ArrowLeft size={16} aria-hidden="true" /> {t('queue.back')}
              </Link>
            </p>
            <CasePanel
              key={search.case}
              caseId={search.case}
              me={me}
              isTitle={!isWide}
              position={at >= 0 && total !== undefined ? t('queue.position', { at: at + 1, total }) : undefined}
              next={ids.length > 0 && at < 0 ? t('queue.next') : undefined}
            />
          </>
        ) : (
          <Nothing title={t('queue.none')} />
        )}
      </div>
      {search.case ? <Side caseId={search.case} /> : <div className="wb-case-side" />}
    </div>
  )
}

function Side({ caseId }: { caseId: string }) {
  const { data } = useQuery(caseQuery(caseId))
  return data ? <CaseSide caseFile={data} /> : <div className="wb-case-side" />
}

/** Room for list and detail beside each other; below it they are two views. Scaled type needs more room. */
export function useIsWide(): boolean {
  const query = '(min-width: 60rem)'
  const [isWide, setIsWide] = useState(() => matchMedia(query).matches)
  useEffect(() => {
    const media = matchMedia(query)
    const listen = () => setIsWide(media.matches)
    media.addEventListener('change', listen)
    return () => media.removeEventListener('change', listen)
  }, [])
  return isWide
}
