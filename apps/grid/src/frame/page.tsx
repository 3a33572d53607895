import { Icon } from '@linli/ui/touch'
import { Link } from '@tanstack/react-router'
import { BellRing, Camera, ChevronLeft, ClipboardList, UserRound, UsersRound } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useAlarmWatch } from '../alarm/alarm-watch.tsx'
import { EndingBand } from '../session/ending-band.tsx'
import { OffBand } from './off-band.tsx'

export interface PageProps {
  /** Heading of the bar and of the browser's tab. */
  title: string
  /** The pages of the tabs; all others have a way back. */
  tabs?: boolean
  /** Where back leads, where that is not today. */
  back?: string
  /** In place of the bar. */
  head?: ReactNode
  /** The fixed action at the bottom. */
  foot?: ReactNode
  /** A page that is itself about the alarm needs no band for it. */
  isAlarm?: boolean
  children: ReactNode
}

/** The frame of every page: bar, what rings, what waits to be sent, main part, and the bottom that its kind asks for. */
export function Page({ title, tabs = false, back = '/', head, foot, isAlarm = false, children }: PageProps) {
  const { t } = useTranslation()
  useEffect(() => {
    document.title = `${title} · ${t('app.name')}`
  }, [title, t])
  return (
    <div className="page">
      <a className="skip" href="#main">
        {t('app.skip')}
      </a>
      {head ?? (
        <header className="bar">
          {tabs ? null : (
            <Link to={back} className="back" aria-label={t('app.back')}>
              <Icon of={ChevronLeft} />
            </Link>
          )}
          <h1 className="bar-title">{title}</h1>
        </header>
      )}
      <main id="main" tabIndex={-1}>
        {isAlarm || tabs ? null : <RingBand />}
        <EndingBand />
        <OffBand />
        {children}
      </main>
      {foot ? <footer className="foot">{foot}</footer> : tabs ? <Tabs /> : null}
    </div>
  )
}

/** An alarm that rings is one tap away from wherever one is. */
function RingBand() {
  const { t } = useTranslation()
  const { ringing } = useAlarmWatch()
  if (!ringing[0]) return null
  return (
    <div role="alert">
      <Link to="/alarms/$episodeId" params={{ episodeId: ringing[0].episodeId }} className="ring-link">
        <Icon of={BellRing} />
        <span>{t('alarm.ringing', { count: ringing.length })}</span>
        <b>{t('alarm.open')}</b>
      </Link>
    </div>
  )
}

const pages = [
  { to: '/', key: 'today', icon: ClipboardList },
  { to: '/report', key: 'report', icon: Camera },
  { to: '/people', key: 'people', icon: UsersRound },
  { to: '/me', key: 'me', icon: UserRound },
] as const

function Tabs() {
  const { t } = useTranslation()
  return (
    <nav className="tabs" aria-label={t('app.tabs')}>
      <ul>
        {pages.map(({ to, key, icon }) => (
          <li key={key}>
            <Link to={to} activeOptions={{ exact: true }}>
              <Icon of={icon} />
              {t(`tab.${key}`)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
