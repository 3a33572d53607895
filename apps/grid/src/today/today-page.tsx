import { useDefinitionText, useTimeWords } from '@linli/ui/text'
import { Chips, Empty, Icon } from '@linli/ui/touch'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { BellRing, ClipboardCheck, LocateFixed } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAlarmWatch, useServerNow } from '../alarm/alarm-watch.tsx'
import { buildingsQuery, type EpisodeRow } from '../api/queries.ts'
import { Page } from '../frame/page.tsx'
import { problemWords } from '../frame/problem-words.ts'
import { usePosition } from '../frame/use-position.ts'
import { useOwnMe } from '../session/signed-in.tsx'
import { useWork } from './use-work.ts'
import { byDueAndDistance, countWork, metersTo, type WorkKind, workKinds } from './work.ts'
import { WorkRow } from './work-row.tsx'

/** 今天: what rings on top, then everything that waits for this post, the most pressing first. */
export function TodayPage() {
  const { t } = useTranslation()
  const time = useTimeWords()
  const { ringing, canSound } = useAlarmWatch()
  const { work, isRead, error, keptAt, readAgain } = useWork()
  const [kind, setKind] = useState<WorkKind | 'all'>('all')
  const { whereabouts, ask } = usePosition()
  const cellCode = useOwnMe().actingPost?.areaCode ?? ''
  const isPlaced = whereabouts.state === 'known'
  const { data: buildings = [] } = useQuery({ ...buildingsQuery(cellCode), enabled: isPlaced && cellCode !== '' })
  const counts = countWork(work)
  const choices = [
    { key: 'all' as const, name: t('today.all', { count: work.length }) },
    // What there is none of today needs no chip, but for the two that there are every day.
    ...workKinds
      .filter((key) => counts[key] > 0 || key === 'event' || key === 'alarm' || key === kind)
      .map((key) => ({ key, name: t(`today.kinds.${key}`, { count: counts[key] }) })),
  ]
  const now = useServerNow()
  const meters = new Map(
    whereabouts.state === 'known'
      ? work.flatMap(({ key, place }) => {
          const away = metersTo(place, buildings, whereabouts.position)
          return away === undefined ? [] : [[key, away] as const]
        })
      : [],
  )
  const ordered = isPlaced ? byDueAndDistance(work, meters, now) : work
  const shown = ordered.filter((line) => kind === 'all' || line.kind === kind)
  return (
    <Page title={t('tab.today')} tabs head={<TodayHead count={isRead ? work.length + ringing.length : undefined} />}>
      {ringing.map((alarm) => (
        <RingCard key={alarm.episodeId} alarm={alarm} />
      ))}
      <div className="work-choice">
        <Chips label={t('today.kind')} choices={choices} value={kind} onChange={(key) => setKind(key)} />
        {isPlaced ? (
          <p className="quiet">{t('today.order')}</p>
        ) : (
          <button type="button" className="link" disabled={whereabouts.state === 'asking'} onClick={ask}>
            <Icon of={LocateFixed} />
            {t(`today.place.${whereabouts.state}`)}
          </button>
        )}
        {whereabouts.state === 'unknown' ? (
          <p className="quiet" role="status">
            {t('today.orderByDue')}
          </p>
        ) : null}
      </div>
      {keptAt === undefined ? null : <p className="note">{t('today.asOf', { at: time.moment(keptAt, Date.now()) })}</p>}
      {error ? (
        <div className="sheet sheet-stack" role="alert">
          <p>{problemWords(error, t)}</p>
          <button type="button" className="btn" onClick={readAgain}>
            {t('app.retry')}
          </button>
        </div>
      ) : null}
      {isRead && shown.length === 0 && ringing.length === 0 ? (
        <Empty icon={ClipboardCheck} title={t('today.none')}>
          {t('today.noneText')}
        </Empty>
      ) : null}
      {!isRead && !error ? (
        <p className="quiet" role="status">
          {t('app.loading')}
        </p>
      ) : null}
      {shown.length > 0 ? (
        <ul className="sheet rows">
          {shown.map((line) => (
            <li key={line.key}>
              <WorkRow work={line} meters={meters.get(line.key)} />
            </li>
          ))}
        </ul>
      ) : null}
      {/* Last, for it goes at the first touch, and nothing may move from under a finger. */}
      {canSound ? null : <p className="quiet">{t('alarm.touchFirst')}</p>}
    </Page>
  )
}

/** Answer first: how much there is, of which day, for whom. */
function TodayHead({ count }: { count: number | undefined }) {
  const { t } = useTranslation()
  const { name, actingPost } = useOwnMe()
  const time = useTimeWords()
  const now = useServerNow()
  return (
    <header className="bar today-head">
      <div>
        <h1>{count === undefined ? t('tab.today') : t('today.title', { count })}</h1>
        <p className="second">
          {time.date(now)} · <span lang="zh-CN">{[actingPost?.areaName, name].filter(Boolean).join(' ')}</span>
        </p>
      </div>
    </header>
  )
}

function RingCard({ alarm }: { alarm: EpisodeRow }) {
  const { t } = useTranslation()
  const word = useDefinitionText()
  return (
    <div role="alert">
      <Link to="/alarms/$episodeId" params={{ episodeId: alarm.episodeId }} className="ring-card">
        <span className="ring-mark">
          <Icon of={BellRing} />
        </span>
        <span className="row-text">
          <span className="ring-name">{word(`rule.${alarm.rule}`, alarm.ruleName)}</span>
          <span lang="zh-CN">{alarm.place}</span>
        </span>
        <b className="ring-go">{t('alarm.open')}</b>
      </Link>
    </div>
  )
}
