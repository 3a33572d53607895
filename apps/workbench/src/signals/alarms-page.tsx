import '../styles/signals.css'
import './words.ts'
import { useRing } from '@linli/ui/client'
import { useDefinitionText, useNow } from '@linli/ui/desk'
import { useTimeWords } from '@linli/ui/text'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { CardList, rowsOf } from '../lists/card-list.tsx'
import { ListBar } from '../lists/list-bar.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { Nothing } from '../parts/states.tsx'
import { AlarmDetail } from './alarm-detail.tsx'
import { LevelMark } from './level-mark.tsx'
import { type EpisodeRow, episodesIn } from './queries.ts'

const states = ['open', 'settled'] as const

/** The alarm desk (告警值守): what is open, ringing until somebody answers, and beside it one alarm from its first signal to its end. */
export function AlarmsPage() {
  const { t } = useTranslation()
  const search = useSearch({ from: '/shell/alarms' })
  const navigate = useNavigate()
  const state = states.find((one) => one === search.state)
  const list = useInfiniteQuery(episodesIn(state))
  const episodes = rowsOf(list)
  const ringing = list.data?.pages[0]?.ringing ?? 0
  const { isMute, unmute } = useRing(ringing > 0)
  const chosen = search.alarm ?? episodes[0]?.episodeId
  return (
    <div className="wb-page wb-alarms">
      <PageHead title={t('alarms.title')} note={t('alarms.noSubstitute')}>
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
      </PageHead>
      <nav className="wb-tabs wb-kinds" aria-label={t('alarms.which')}>
        {([undefined, ...states] as const).map((one) => (
          <Link key={one ?? 'all'} to="/alarms" search={{ state: one }} aria-current={one === state ? 'page' : undefined}>
            {t(`alarms.states.${one ?? 'all'}`)}
          </Link>
        ))}
      </nav>
      <ListBar
        name="signals.episodes"
        columns={useColumns()}
        rows={episodes}
        canSave={state !== undefined}
        asked={{ query: { state }, address: { state }, onChoose: (address) => void navigate({ to: '/alarms', search: address }) }}
      />
      <div className="wb-alarm-split">
        <nav aria-label={t('alarms.list')}>
          <CardList
            list={list}
            empty={<Nothing title={t(state ? 'alarms.noneSuch' : 'alarms.none')}>{state ? null : t('alarms.noneText')}</Nothing>}
          >
            {(shown) => (
              <ul className="wb-alarm-list">
                {shown.map((episode) => (
                  <AlarmItem key={episode.episodeId} episode={episode} state={state} isChosen={episode.episodeId === chosen} />
                ))}
              </ul>
            )}
          </CardList>
        </nav>
        {chosen ? <AlarmDetail key={chosen} episodeId={chosen} /> : null}
      </div>
    </div>
  )
}

/** What is copied of an alarm: what its card says. */
function useColumns() {
  const { t } = useTranslation()
  const word = useDefinitionText()
  const time = useTimeWords()
  const now = useNow()
  const column = (key: string, text: (episode: EpisodeRow) => string) => ({ head: t(`alarms.columns.${key}`), text })
  return [
    column('rule', (episode) => word(`rule.${episode.rule}`, episode.ruleName)),
    column('level', ({ level }) => t(`alarms.levels.${level}`)),
    column('place', ({ place }) => place),
    column('area', ({ communityName, cellName }) => [communityName, cellName].filter(Boolean).join(' ')),
    column('raised', ({ raisedAt }) => time.moment(raisedAt, now)),
    column('stage', ({ stage }) => t(`alarms.stages.${stage}`)),
    column('outcome', ({ outcome }) => (outcome ? t(`alarms.outcomes.${outcome}`) : '')),
  ]
}

interface AlarmItemProps {
  episode: EpisodeRow
  state: (typeof states)[number] | undefined
  isChosen: boolean
}

function AlarmItem({ episode, state, isChosen }: AlarmItemProps) {
  const { t } = useTranslation()
  const word = useDefinitionText()
  const time = useTimeWords()
  const now = useNow()
  return (
    <li data-level={episode.level} data-stage={episode.stage}>
      <Link to="/alarms" search={{ state, alarm: episode.episodeId }} aria-current={isChosen ? 'true' : undefined}>
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
