import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import {
  ClipboardPen,
  Download,
  IdCard,
  Inbox,
  ListChecks,
  type LucideIcon,
  Map as MapIcon,
  ScrollText,
  ShieldCheck,
  Table2,
  ToggleRight,
  Users,
} from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { countsQuery, type Me, takesInQuery } from '../api/queries.ts'
import { deskPermissions, isLine, may } from '../session/home.ts'

interface RailItem {
  to: '/queue' | '/list' | '/intake' | '/duties' | '/persons' | '/people' | '/roles' | '/scenes' | '/audit' | '/exports' | '/cells'
  icon: LucideIcon
  text: string
  /** Keys of the counts whose totals are shown together: stages of one kind of work, never two kinds. */
  counts?: readonly string[]
}

/** The pages of this post, by what it may do and whether matters are taken in here. A badge counts what waits for this desk. */
export function railOf(me: Me, takesIn = true): RailItem[] {
  const items: RailItem[] = []
  if (may(me, 'cases.read')) {
    if (isLine(me)) items.push({ to: '/list', icon: Inbox, text: 'inbox', counts: ['mine'] })
    else {
      const works = deskPermissions.some((permission) => may(me, permission))
      const dispatches = may(me, 'cases.dispatch')
      const counts = [
        ...(may(me, 'cases.accept') ? ['accept'] : []),
        ...(dispatches ? ['dispatch'] : []),
        ...(may(me, 'cases.rule') ? ['rule'] : []),
        ...(may(me, 'cases.approveExtension') ? ['extension'] : []),
      ]
      if (works) items.push({ to: '/queue', icon: Inbox, text: dispatches ? 'dispatch' : 'todo', counts })
      items.push({ to: '/list', icon: Table2, text: 'list' })
    }
  }
  if (takesIn && may(me, 'cases.open')) items.push({ to: '/intake', icon: ClipboardPen, text: 'intake' })
  if (may(me, 'cases.read')) items.push({ to: '/duties', icon: ListChecks, text: 'duties' })
  if (may(me, 'registry.read')) items.push({ to: '/persons', icon: IdCard, text: 'persons' })
  if (may(me, 'exchange.export') || may(me, 'exchange.decide')) items.push({ to: '/exports', icon: Download, text: 'exports' })
  if (may(me, 'access.viewCells')) items.push({ to: '/cells', icon: MapIcon, text: 'cells' })
  if (may(me, 'access.view') || may(me, 'access.administer')) {
    items.push({ to: '/people', icon: Users, text: 'people' }, { to: '/roles', icon: ShieldCheck, text: 'roles' })
  }
  if (may(me, 'scene.switch')) items.push({ to: '/scenes', icon: ToggleRight, text: 'scenes' })
  if (may(me, 'audit.read') || may(me, 'audit.readRefused')) items.push({ to: '/audit', icon: ScrollText, text: 'audit' })
  return items
}

export function Rail({ me }: { me: Me }) {
  const { t } = useTranslation()
  const { data: counts } = useQuery({ ...countsQuery, enabled: may(me, 'cases.read') })
  const { data: takesIn } = useQuery({ ...takesInQuery, enabled: may(me, 'cases.open') })
  return (
    <nav className="wb-rail" aria-label={t('rail.label')}>
      {railOf(me, takesIn).map(({ to, icon: Icon, text, counts: keys = [] }) => {
        const waiting = keys.reduce((sum, key) => sum + (counts?.queues[key]?.total ?? 0), 0)
        return (
          <Link key={to} to={to} className="wb-rail-item" activeProps={{ 'aria-current': 'page' }} activeOptions={{ includeSearch: false }}>
            <Icon size={18} aria-hidden="true" />
            <span>{t(`rail.${text}`)}</span>
            {waiting > 0 ? (
              <span className="wb-badge">
                <span aria-hidden="true">{waiting > 999 ? '999+' : waiting}</span>
                <span className="dk-visually-hidden">{t('rail.waiting', { count: waiting })}</span>
              </span>
            ) : null}
          </Link>
        )
      })}
    </nav>
  )
}
