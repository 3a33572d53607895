import '../styles/signals.css'
import './words.ts'
import { useDefinitionText, useNow } from '@linli/ui/desk'
import { useTimeWords } from '@linli/ui/text'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Nothing, Problem, Waiting } from '../parts/states.tsx'
import { AlarmDetail } from './alarm-detail.tsx'
import { LevelMark } from './level-mark.tsx'
import { type EpisodeRow, episodesQuery } from './queries.ts'
import { useRing } from './use-ring.ts'

/** The alarm desk (告警值守): what is open, ringing until somebody answers, and beside it one alarm from its first signal to its end. */
export function AlarmsPage() {
  const { t } = useTranslation()
  const { alarm } = useSearch({ from: '/shell/alarms' })
  const list = useInfiniteQuery(episodesQuery)
  const episodes = list.data?.pages.flatMap((page) => page.items) ?? []
  const ringing = list.data?.pages[0]?.ringing ?? 0
  const { isMute, unmute } = useRing(ringing > 0)
  const chosen = alarm ?? episodes[0]?.episodeId
  return (
    <div className="wb-page wb-alarms">
      <header className="wb-page-head">
        <div>
          <h1>{t('alarms.title')}</h1>
          <p className="dk-note">{t('alarms.noSubstitute')}</p>
        </div>
        <div className="wb-alarm-ring" data-ringing={ringing > 0 || undefined}>
          <p role="status">{ringing > 0 ? t('alarms.ringing', { count: ringing }) : t('alarms.quiet')}</p>
          {isMute ? (
            <button type="button" className="dk-button dk-button-small" onClick={unmute}>
              {t('alarms.soundOn')}
            </button>
          ) : (
            <p className="dk-note">{t('alarms.soundIsOn')}</p>
          )}
        </div>
      </header>
      {list.isPending ? <Waiting /> : null}
      {list.error && episodes.length === 0 ? <Problem error={list.error} retry={() => void list.refetch()} /> : null}
      {list.isSuccess && episodes.length === 0 ? <Nothing title={t('alarms.none')}>{t('alarms.noneText')}</Nothing> : null}
      {episodes.length > 0 ? (
        <div className="wb-alarm-split">
          <nav aria-label={t('alarms.list')}>
            <ul className="wb-alarm-list">
              {episodes.map((episode) => (
                <AlarmItem key={episode.episodeId} episode={episode} isChosen={episode.episodeId === chosen} />
              ))}
            </ul>
            {list.hasNextPage ? (
              <p className="wb-more">
                <button
                  type="button"
                  className="dk-button dk-button-small"
                  disabled={list.isFetchingNextPage}
                  onClick={() => void list.fetchNextPage()}
                >
                  {t('queue.more')}
                </button>
              </p>
            ) : null}
          </nav>
          {chosen ? <AlarmDetail key={chosen} episodeId={chosen} /> : null}
        </div>
      ) : null}
    </div>
  )
}

function AlarmItem({ episode, isChosen }: { episode: EpisodeRow; isChosen: boolean }) {
  const { t } = useTranslation()
  const word = useDefinitionText()
  const time = useTimeWords()
  const now = useNow()
  return (
    <li data-level={episode.level} data-stage={episode.stage}>
      <Link to="/alarms" search={{ alarm: episode.episodeId }} aria-current={isChosen ? 'true' : undefined}>
        <span className="wb-alarm-name">
          <LevelMark level={episode.level} /> {word(`rule.${episode.rule}`, episode.ruleName)}
        </span>
        <span>{episode.place}</span>
        <span className="dk-meta">
          {[episode.communityName, episode.cellName].filter(Boolean).join(' ')} ·{' '}
          <time dateTime={episode.raisedAt}>{time.moment(episode.raisedAt, now)}</time>
        </span>
        <span className="wb-alarm-stage">
          {t(`alarms.stages.${episode.stage}`)}
          {episode.outcome ? ` · ${t(`alarms.outcomes.${episode.outcome}`)}` : ''}
        </span>
      </Link>
    </li>
  )
}
