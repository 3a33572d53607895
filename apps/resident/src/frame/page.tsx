import { Icon, ReadAloud, setDisplay, useElder } from '@linli/ui/touch'
import { Link } from '@tanstack/react-router'
import { ALargeSmall, ChartNoAxesColumn, ChevronLeft, House, ListChecks, Phone, UserRound } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { SosButton } from '../alarm/sos-button.tsx'
import { usePhoneBook } from '../mine/phone-entries.ts'
import { OffBand } from './off-band.tsx'

export interface PageProps {
  /** Heading of the bar and of the browser's tab. */
  title: string
  /** Home pages have tabs, all others a way back. */
  tabs?: boolean
  /** Where "back" leads; the home page when absent. */
  back?: '/' | '/progress' | '/mine'
  /** In place of the heading, for the home page (null: nothing). */
  start?: ReactNode
  /** One more thing at the end of the bar. */
  end?: ReactNode
  /** The fixed action at the bottom; not in elder mode, where calling and help have that place. */
  foot?: ReactNode
  children: ReactNode
}

/** The frame of every page: bar, main part, and the bottom that its kind and the display ask for. */
export function Page({ title, tabs = false, back = '/', start, end, foot, children }: PageProps) {
  const { t } = useTranslation()
  const elder = useElder()
  useEffect(() => {
    document.title = title === t('app.name') ? title : `${title} · ${t('app.name')}`
  }, [title, t])
  return (
    <div className="page">
      <a className="skip" href="#main">
        {t('app.skip')}
      </a>
      {elder ? (
        <ElderBar title={start === undefined ? title : undefined} back={back} end={end} />
      ) : (
        <header className="bar">
          {tabs ? null : <BackLink to={back} />}
          {start ?? <h1 className="bar-title">{title}</h1>}
          <div className="bar-end">
            {end}
            <ElderSwitch />
          </div>
        </header>
      )}
      <main id="main" tabIndex={-1}>
        <OffBand />
        {children}
        {elder ? foot : null}
      </main>
      {elder ? <ElderFoot /> : foot ? <footer className="foot">{foot}</footer> : tabs ? <Tabs /> : null}
    </div>
  )
}

/** Switch and reading at fixed places; the home page (without a title) goes straight on to its greeting. */
function ElderBar({ title, back, end }: { title: string | undefined; back: NonNullable<PageProps['back']>; end: ReactNode }) {
  return (
    <header>
      <div className="bar">
        <ElderSwitch />
        <div className="bar-end">
          <ReadAloud />
        </div>
      </div>
      {title === undefined ? null : (
        <div className="bar">
          <BackLink to={back} />
          <h1 className="bar-title">{title}</h1>
          {end ? <div className="bar-end">{end}</div> : null}
        </div>
      )}
    </header>
  )
}

function BackLink({ to }: { to: NonNullable<PageProps['back']> }) {
  const { t } = useTranslation()
  return (
    <Link to={to} className="back" aria-label={t('app.back')}>
      <Icon of={ChevronLeft} />
    </Link>
  )
}

/** One tap either way, on every page. */
function ElderSwitch() {
  const { t } = useTranslation()
  const elder = useElder()
  return (
    <button type="button" className="elder-switch" onClick={() => setDisplay({ elder: !elder })}>
      <Icon of={ALargeSmall} />
      {t(elder ? 'app.elderOff' : 'app.elderOn')}
    </button>
  )
}

const tabs = [
  { to: '/', key: 'home', icon: House },
  { to: '/progress', key: 'progress', icon: ListChecks },
  { to: '/ratings', key: 'ratings', icon: ChartNoAxesColumn },
  { to: '/mine', key: 'mine', icon: UserRound },
] as const

function Tabs() {
  const { t } = useTranslation()
  return (
    <nav className="tabs" aria-label={t('app.tabs')}>
      <ul>
        {tabs.map(({ to, key, icon }) => (
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

/** Calling and help at the same place on every elder page. */
function ElderFoot() {
  const { t } = useTranslation()
  const { emergency, near } = usePhoneBook()
  return (
    <aside className="elder-bar" aria-label={t('bar.call')}>
      <Link to="/call" className="btn">
        <Icon of={Phone} />
        <span className="two-line">
          <span>{t('bar.call')}</span>
          <span>{t('bar.callHint')}</span>
        </span>
      </Link>
      <SosButton entries={[...emergency, ...near]} />
    </aside>
  )
}
