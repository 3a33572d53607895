import '../styles/signals.css'
import './words.ts'
import { useRing } from '@linli/ui/client'
import { useDefinitionText, useNow } from '@linli/ui/desk'
import { useTimeWords } from '@linli/ui/text'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { CardList, rowsOf } from '../lists/card-list.tsx'
import { chipsOf, FilterChips } from '../lists/filter-chips.tsx'
import { ListBar } from '../lists/list-bar.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { Nothing } from '../parts/states.tsx'
import { AlarmDetail } from './alarm-detail.tsx'
import { AlarmMapPanel } from './alarm-map-panel.tsx'
import { type EpisodeQuery, episodesIn } from './episodes-query.ts'
import { LevelMark } from './level-mark.tsx'
import type { AlarmStorm, EpisodeRow } from './queries.ts'

const states = ['open', 'settled'] as const

/** The alarm desk (告警值守): what is open, ringing until somebody answers, and beside it one alarm from its first signal to its end. */
export function AlarmsPage() {
  const { t } = useTranslation()
  const search = useSearch({ from: '/shell/alarms' })
  const navigate = useNavigate()
  const state = states.find((one) => one === search.state)
  const { alarm, view, ...asked } = search
  // Of what has ended there is no map.
  const isMap = view === 'map' && state !== 'settled'
  const kept = isMap ? { ...asked, view } : asked
  const list = useInfiniteQuery(episodesIn(asked as EpisodeQuery))
  const episodes = rowsOf(list)
  const isNarrowed = Object.keys(asked).length > 0
  const ringing = list.data?.pages[0]?.ringing ?? 0
  const { isMute, unmute } = useRing(ringing > 0)
  const chosen = alarm ?? episodes[0]?.episodeId
  // Whoever works on an alarm keeps it on the page, whatever else rings or how the list is ordered now.
  const hold = (episodeId: string) => {
    if (alarm !== episodeId) void navigate({ to: '/alarms', search: { ...kept, alarm: episodeId }, replace: true })
  }
  const ruleName = episodes.find(({ rule }) => rule === asked.rule)?.ruleName
  const chips = useChips({ ...asked, ruleName }, (key) => void navigate({ to: '/alarms', search: { ...kept, [key]: undefined } }))
  return (
    <div className="wb-page wb-alarms">
      <PageHead title={t('alarms.title')} note={t('alarms.noSubstitute')}>
        {state === 'settled' ? null : (
          <Link to="/alarms" search={{ ...asked, alarm, view: isMap ? undefined : 'map' }} className="dk-button dk-button-small">
            {t(isMap ? 'alarms.map.hide' : 'alarms.map.show')}
          </Link>
        )}
        <Link to="/alarm-rules" className="dk-button dk-button-small">
          {t('rules.title')}
        </Link>
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
          <Link key={one ?? 'all'} to="/alarms" search={{ ...kept, state: one }} aria-current={one === state ? 'page' : undefined}>
            {t(`alarms.states.${one ?? 'all'}`)}
          </Link>
        ))}
      </nav>
      <ListBar
        name="signals.episodes"
        columns={useColumns()}
        rows={episodes}
        canSave={isNarrowed}
        asked={{ query: asked, address: asked, onChoose: (address) => void navigate({ to: '/alarms', search: address }) }}
      />
      <FilterChips chips={chips} onClear={() => void navigate({ to: '/alarms', search: { state } })} />
      <Storms storms={list.data?.pages[0]?.storms ?? []} />
      <div className="wb-alarm-split">
        <nav aria-label={t('alarms.list')}>
          <CardList
            list={list}
            empty={<Nothing title={t(isNarrowed ? 'alarms.noneSuch' : 'alarms.none')}>{isNarrowed ? null : t('alarms.noneText')}</Nothing>}
          >
            {(shown) => (
              <ul className="wb-alarm-list">
                {shown.map((episode) => (
                  <AlarmItem key={episode.episodeId} episode={episode} asked={kept} isChosen={episode.episodeId === chosen} />
                ))}
              </ul>
            )}
          </CardList>
        </nav>
        {isMap || chosen ? (
          <div className="wb-alarm-side">
            {isMap ? <AlarmMapPanel chosen={chosen} onChoose={hold} /> : null}
            {chosen ? <AlarmDetail key={chosen} episodeId={chosen} onTouch={() => hold(chosen)} /> : null}
          </div>
        ) : null}
      </div>
    </div>
  )
}

/** So many of a kind that staff are told of them together: whoever wonders why the phone is quiet reads it here. */
function Storms({ storms }: { storms: readonly AlarmStorm[] }) {
  const { t } = useTranslation()
  const word = useDefinitionText()
  const time = useTimeWords()
  const now = useNow()
  return storms.map(({ rule, ruleName, communityName, since, alarms }) => (
    <p key={`${rule} ${communityName}`} className="wb-alarm-storm" role="status">
      <b>
        {t('alarms.storm', { name: word(`rule.${rule}`, ruleName), place: communityName, count: alarms, since: time.moment(since, now) })}
      </b>{' '}
      {t('alarms.stormNote')}{' '}
      <Link to="/alarms" search={{ rule, state: 'open' }} className="dk-link">
        {t('alarms.stormOpen')}
      </Link>
    </p>
  ))
}

type Asked = Partial<Record<'state' | 'rule' | 'outcome' | 'days' | 'view', string>>

/** What the list is narrowed to beside open or settled: one came here from a figure of a rule. */
function useChips(
  { rule, ruleName, outcome, days }: Asked & { ruleName: string | undefined },
  onRemove: (key: 'rule' | 'outcome' | 'days') => void,
) {
  const { t } = useTranslation()
  const word = useDefinitionText()
  return chipsOf(
    [
      ['rule', t('alarms.columns.rule'), rule && word(`rule.${rule}`, ruleName ?? rule)],
      ['outcome', t('alarms.columns.outcome'), outcome && t(`alarms.outcomes.${outcome}`)],
      ['days', t('alarms.columns.raised'), days && t('rules.days', { count: Number(days) })],
    ],
    onRemove,
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
  asked: Asked
  isChosen: boolean
}

function AlarmItem({ episode, asked, isChosen }: AlarmItemProps) {
  const { t } = useTranslation()
  const word = useDefinitionText()
  const time = useTimeWords()
  const now = useNow()
  return (
    <li data-level={episode.level} data-stage={episode.stage}>
      <Link to="/alarms" search={{ ...asked, alarm: episode.episodeId }} aria-current={isChosen ? 'true' : undefined}>
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
