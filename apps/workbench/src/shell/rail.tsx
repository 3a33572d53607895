import { useInfiniteQuery, useQueries, useQuery } from '@tanstack/react-query'
import { Link, useLocation, useNavigate } from '@tanstack/react-router'
import {
  BellRing,
  ChartColumn,
  ClipboardCheck,
  ClipboardPen,
  Download,
  Eye,
  HandHelping,
  IdCard,
  Inbox,
  ListChecks,
  type LucideIcon,
  Map as MapIcon,
  MessagesSquare,
  ScrollText,
  Send,
  ShieldCheck,
  Table2,
  ToggleRight,
  Upload,
  Users,
} from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { kinds } from '../api/kinds.ts'
import { countsOf, type Me, takesInQuery } from '../api/queries.ts'
import { waitsFor } from '../cases/queue-tabs.ts'
import { useKeys } from '../parts/keys.ts'
import { deskPermissions, isLine, may } from '../session/home.ts'
import { episodesQuery } from '../signals/episodes-query.ts'

interface RailItem {
  to:
    | '/queue'
    | '/list'
    | '/intake'
    | '/statistics'
    | '/request'
    | '/duties'
    | '/topics'
    | '/persons'
    | '/people'
    | '/roles'
    | '/scenes'
    | '/audit'
    | '/looks'
    | '/exports'
    | '/imports'
    | '/cells'
    | '/alarms'
    | '/devices'
    | '/backlog'
    | '/deliveries'
  icon: LucideIcon
  text: string
  /** Says beside itself what waits for this post. */
  isCounted?: boolean
  /** Says how many alarms ring. */
  isRinging?: boolean
}

/** What a window takes in. */
const taken = ['appeal', 'event', 'callOut']

/** The pages of this post, by what it may do and the kinds of matters that are taken in here; as long as that is not known, all. */
export function railOf(me: Me, takesIn?: ReadonlySet<string>): RailItem[] {
  const isTaken = (...kinds: string[]) => takesIn === undefined || kinds.some((kind) => takesIn.has(kind))
  const items: RailItem[] = []
  if (may(me, 'cases.read')) {
    if (isLine(me)) items.push({ to: '/list', icon: Inbox, text: 'inbox', isCounted: true })
    else {
      const works = deskPermissions.some((permission) => may(me, permission))
      const dispatches = may(me, 'cases.dispatch')
      if (works) items.push({ to: '/queue', icon: Inbox, text: dispatches ? 'dispatch' : 'todo', isCounted: true })
      items.push({ to: '/list', icon: Table2, text: 'list' })
    }
  }
  if (isTaken(...taken) && may(me, 'cases.open')) items.push({ to: '/intake', icon: ClipboardPen, text: 'intake' })
  if (isTaken('assistance') && may(me, 'cases.request')) items.push({ to: '/request', icon: HandHelping, text: 'request' })
  if (may(me, 'cases.read')) {
    items.push(
      { to: '/statistics', icon: ChartColumn, text: 'statistics' },
      { to: '/duties', icon: ListChecks, text: 'duties' },
      { to: '/topics', icon: MessagesSquare, text: 'topics' },
    )
  }
  if (may(me, 'signals.read')) {
    if (!isLine(me) || may(me, 'signals.respond')) items.push({ to: '/alarms', icon: BellRing, text: 'alarms', isRinging: true })
    items.push({ to: '/devices', icon: ToggleRight, text: 'devices' })
  }
  if (may(me, 'registry.read')) items.push({ to: '/persons', icon: IdCard, text: 'persons' })
  if (may(me, 'access.viewCells')) items.push({ to: '/cells', icon: MapIcon, text: 'cells' })
  if (may(me, 'exchange.review')) items.push({ to: '/backlog', icon: ClipboardCheck, text: 'backlog' })
  if (may(me, 'exchange.import')) items.push({ to: '/imports', icon: Upload, text: 'imports' })
  if (may(me, 'access.view') || may(me, 'access.administer')) {
    items.push({ to: '/people', icon: Users, text: 'people' }, { to: '/roles', icon: ShieldCheck, text: 'roles' })
  }
  if (may(me, 'scene.switch')) items.push({ to: '/scenes', icon: ToggleRight, text: 'scenes' })
  if (may(me, 'messages.operate')) items.push({ to: '/deliveries', icon: Send, text: 'deliveries' })
  if (may(me, 'audit.read') || may(me, 'audit.readRefused')) items.push({ to: '/audit', icon: ScrollText, text: 'audit' })
  if (may(me, 'registry.readLooks')) items.push({ to: '/looks', icon: Eye, text: 'looks' })
  if (may(me, 'exchange.export') || may(me, 'exchange.decide')) items.push({ to: '/exports', icon: Download, text: 'exports' })
  return items
}

/** How many alarms nobody has answered yet, wherever in the workbench one is. */
function Ringing() {
  const { t } = useTranslation()
  const { data } = useInfiniteQuery(episodesQuery)
  const ringing = data?.pages[0]?.ringing ?? 0
  if (ringing === 0) return null
  return (
    <span className="wb-badge wb-badge-ringing">
      <span aria-hidden="true">{ringing}</span>
      <span className="dk-visually-hidden">{t('rail.ringing', { count: ringing })}</span>
    </span>
  )
}

export function Rail({ me }: { me: Me }) {
  const { t } = useTranslation()
  const { data: takesIn } = useQuery({ ...takesInQuery, enabled: may(me, 'cases.open') || may(me, 'cases.request') })
  const items = railOf(me, takesIn)
  const navigate = useNavigate()
  // From anywhere somebody may be standing at the window. The counter itself reads their card with the same key.
  useKeys((key, event) => {
    if (key !== 'F2' || !items.some(({ to }) => to === '/intake')) return
    event.preventDefault()
    void navigate({ to: '/intake' })
  })
  // Along the foot of a phone not all pages have room: the one that is open is never out of sight.
  const rail = useRef<HTMLElement>(null)
  const page = useLocation({ select: ({ pathname }) => pathname })
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page, another item to show
  useEffect(() => {
    const nav = rail.current
    if (!nav) return
    // The numbers beside the words come later and would push it out of sight again.
    const widths = new ResizeObserver(() => {
      nav.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' })
    })
    for (const item of nav.children) widths.observe(item)
    return () => widths.disconnect()
  }, [page, items.length])
  return (
    <nav ref={rail} className="wb-rail" aria-label={t('rail.label')}>
      {items.map(({ to, icon: Icon, text, isCounted, isRinging }) => (
        <Link key={to} to={to} className="wb-rail-item" activeProps={{ 'aria-current': 'page' }} activeOptions={{ includeSearch: false }}>
          <Icon size={18} aria-hidden="true" />
          <span>{t(`rail.${text}`)}</span>
          {isCounted ? <Badges me={me} /> : null}
          {isRinging ? <Ringing /> : null}
        </Link>
      ))}
    </nav>
  )
}

/** What waits for this post, one badge for each kind of work: kinds are never added up. */
function Badges({ me }: { me: Me }) {
  const { t } = useTranslation()
  const counts = useQueries({ queries: kinds.map((kind) => ({ ...countsOf(kind), enabled: may(me, 'cases.read') })) })
  const waiting = kinds.map((kind, at) => ({
    kind,
    count: waitsFor(me, kind).reduce((sum, key) => sum + (counts[at]?.data?.queues[key]?.total ?? 0), 0),
  }))
  return (
    <span className="wb-badges">
      {waiting
        .filter(({ count }) => count > 0)
        .map(({ kind, count }) => (
          <span key={kind} className="wb-badge" data-kind={kind}>
            <span aria-hidden="true">
              {t(`desk.stamp.${kind}`)} {count > 999 ? '999+' : count}
            </span>
            <span className="dk-visually-hidden">{t('rail.waiting', { count, kind: t(`kinds.${kind}`) })}</span>
          </span>
        ))}
    </span>
  )
}
