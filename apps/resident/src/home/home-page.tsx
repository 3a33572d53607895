import { useKept, useNow } from '@linli/ui/phone'
import { useTimeWords } from '@linli/ui/text'
import { Empty, Icon, Plate, useElder } from '@linli/ui/touch'
import { useQueries } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { Camera, ChartNoAxesColumn, ChevronDown, ChevronRight, FileUser, ListChecks, type LucideIcon, Phone, UserRound } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AlarmCard } from '../alarm/alarm-card.tsx'
import { useAlarms } from '../alarm/use-alarms.ts'
import { Page } from '../frame/page.tsx'
import { homeArea } from '../kept/home-area.ts'
import { matters } from '../kept/matters.ts'
import { caseQuery, type PublicCase } from '../progress/use-case.ts'
import { AreaPicker } from './area-picker.tsx'
import { MatterCard, MatterRow } from './matter-card.tsx'
import { useAskedArea } from './use-areas.ts'
import { useTakesIn } from './use-takes-in.ts'

const shown = 4

/** Answer first: how my matters stand, then the one blue thing to press. */
export function HomePage() {
  const { t } = useTranslation()
  const elder = useElder()
  const area = useKept(homeArea)
  const takesIn = useTakesIn(area?.code)
  const [choosing, setChoosing] = useState(false)
  const mine = useKept(matters)
  const now = useNow()
  const words = useTimeWords({ elder })
  const alarms = useAlarms()
  useAskedArea(String((useSearch({ strict: false }) as { area?: unknown }).area ?? ''))
  const answers = useQueries({ queries: mine.slice(0, 12).map((matter) => caseQuery(matter.number, matter.tail, 60_000)) })
  const known = answers.flatMap((answer) => (answer.data ? [{ data: answer.data, readAt: answer.dataUpdatedAt }] : []))
  const first = known.find(({ data }) => data.canRate && !data.rating) ?? known.find(({ data }) => isOpen(data)) ?? known[0]
  const rest = mine.filter((matter) => matter.number !== first?.data.number).slice(0, shown)

  const plate = (
    <button type="button" className="plate-button" onClick={() => setChoosing(true)}>
      <Plate>{area?.name ?? t('area.choose')}</Plate>
      <Icon of={ChevronDown} />
    </button>
  )
  return (
    <Page title={t('app.name')} tabs start={elder ? null : plate}>
      <div className="lead">
        {elder ? plate : null}
        <h1>{t(`home.${partOfDay(now)}`)}</h1>
        {elder ? <p>{words.date(now)}</p> : null}
        <p aria-live="polite">
          {useAnswer(
            known.map(({ data }) => data),
            mine.length,
            answers.some((answer) => answer.isPending),
          )}
        </p>
      </div>
      {alarms?.items.map((alarm) => (
        <AlarmCard key={alarm.episodeId} alarm={alarm} />
      ))}
      {takesIn ? null : <p role="status">{t('home.closed', { area: area?.name })}</p>}
      <div className={elder ? 'home-grid elder' : 'home-grid'}>
        {first ? (
          <div className="home-answer">
            <MatterCard
              found={first.data}
              readAt={first.readAt}
              tail={mine.find((matter) => matter.number === first.data.number)?.tail ?? ''}
            />
          </div>
        ) : null}
        {elder ? (
          <nav className="big-buttons" aria-label={t('app.tabs')}>
            {takesIn ? <BigButton to="/report" icon={Camera} name={t('home.report')} /> : null}
            <BigButton to="/progress" icon={ListChecks} name={t('home.progress')} />
            <BigButton to="/call" icon={Phone} name={t('home.call')} />
            <BigButton to="/file" icon={FileUser} name={t('home.file')} />
            <BigButton to="/ratings" icon={ChartNoAxesColumn} name={t('home.ratingsElder')} />
            <BigButton to="/mine" icon={UserRound} name={t('home.mine')} />
          </nav>
        ) : (
          <>
            {takesIn ? <ReportHero /> : null}
            <div className="pair">
              <Link to="/progress" className="sheet tile">
                <span className="tile-mark">
                  <Icon of={ListChecks} />
                </span>
                <span className="row-text">
                  <span className="row-title">{t('home.progress')}</span>
                  <span className="quiet">{t('home.progressHint')}</span>
                </span>
              </Link>
              <Link to="/ratings" className="sheet tile">
                <span className="tile-mark">
                  <Icon of={ChartNoAxesColumn} />
                </span>
                <span className="row-text">
                  <span className="row-title">{t('home.ratings')}</span>
                  <span className="quiet">{t('home.ratingsHint')}</span>
                </span>
              </Link>
            </div>
          </>
        )}
      </div>
      {rest.length > 0 ? (
        <section className="section" aria-labelledby="home-matters">
          <h2 id="home-matters">{t('home.moreMatters')}</h2>
          <ul className="sheet rows">
            {rest.map((matter) => (
              <li key={matter.number}>
                <MatterRow matter={matter} found={known.find(({ data }) => data.number === matter.number)?.data} />
              </li>
            ))}
          </ul>
          {mine.length > shown + 1 ? (
            <Link to="/progress" className="link">
              {t('home.allMatters', { count: mine.length })}
              <Icon of={ChevronRight} />
            </Link>
          ) : null}
        </section>
      ) : null}
      {mine.length === 0 && !elder ? (
        <Empty icon={ListChecks} title={t('progress.none')}>
          {t('progress.noneText')}
        </Empty>
      ) : null}
      <p className="other-door">
        <Icon of={Phone} />
        <span>{t('home.otherDoor')}</span>
      </p>
      <AreaPicker open={choosing} onClose={() => setChoosing(false)} onChoose={(chosen) => homeArea.change(() => chosen)} chosen={area} />
    </Page>
  )
}

function ReportHero() {
  const { t } = useTranslation()
  return (
    <Link to="/report" className="hero">
      <span className="hero-mark">
        <Icon of={Camera} />
      </span>
      <span className="row-text">
        <span className="hero-title">{t('home.report')}</span>
        <span>{t('home.reportHint')}</span>
      </span>
    </Link>
  )
}

function BigButton({
  to,
  icon,
  name,
}: {
  to: '/report' | '/progress' | '/call' | '/file' | '/ratings' | '/mine'
  icon: LucideIcon
  name: string
}) {
  return (
    <Link to={to} className="big-button">
      <Icon of={icon} />
      {name}
    </Link>
  )
}

const isOpen = (found: PublicCase): boolean => found.status === 'open'

/** The one sentence the person came for. */
function useAnswer(known: readonly PublicCase[], filed: number, pending: boolean): string {
  const { t } = useTranslation()
  if (filed === 0) return t('home.none')
  if (known.length === 0) return pending ? t('app.loading') : t('home.unsure', { count: filed })
  const open = known.filter(isOpen)
  const late = open.filter((found) => found.clock?.state === 'overdue').length
  if (open.length === 0) return t('home.allDone')
  return t(late > 0 ? 'home.openLate' : 'home.open', { count: open.length, late })
}

function partOfDay(now: number): 'morning' | 'noon' | 'afternoon' | 'evening' {
  const hour = new Date(now + 8 * 3_600_000).getUTCHours()
  return hour < 11 && hour >= 4 ? 'morning' : hour < 13 && hour >= 11 ? 'noon' : hour < 18 && hour >= 13 ? 'afternoon' : 'evening'
}
