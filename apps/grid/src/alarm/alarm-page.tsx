import { useDefinitionText, useTimeWords } from '@linli/ui/text'
import { Icon, Plate } from '@linli/ui/touch'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { BellOff, BellRing, Check, ChevronLeft } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type EpisodeView, episodeQuery } from '../api/queries.ts'
import { Opening } from '../frame/blank-pages.tsx'
import { Page } from '../frame/page.tsx'
import { problemWords } from '../frame/problem-words.ts'
import { AlarmLines } from './alarm-lines.tsx'
import { useAlarmWatch, useServerNow } from './alarm-watch.tsx'
import { NoteForm } from './note-form.tsx'
import { PersonCard } from './person-card.tsx'
import { SettleDialog } from './settle-dialog.tsx'
import { type AlarmMoves, useAlarmMoves } from './use-alarm-moves.ts'

export function AlarmPage() {
  const { t } = useTranslation()
  const { episodeId } = useParams({ from: '/own/alarms/$episodeId' })
  const { data, error, isPending, refetch } = useQuery(episodeQuery(episodeId))
  if (isPending) return <Opening />
  if (data) return <Alarm episode={data} />
  return (
    <Page title={t('alarm.title')} isAlarm>
      <p role="alert">{problemWords(error, t)}</p>
      <button type="button" className="btn" onClick={() => void refetch()}>
        {t('app.retry')}
      </button>
    </Page>
  )
}

/** One alarm, always in this order: what and how long, who, where, who is told next, and below the call and 已到场. */
function Alarm({ episode }: { episode: EpisodeView }) {
  const { t } = useTranslation()
  const word = useDefinitionText()
  const moves = useAlarmMoves(episode)
  const [isSettling, setSettling] = useState(false)
  const name = word(`rule.${episode.rule}`, episode.ruleName)
  const isRinging = episode.stage === 'raised' && moves.may('acknowledge')
  return (
    <Page
      title={name}
      isAlarm
      head={<AlarmHead episode={episode} name={name} isRinging={isRinging} moves={moves} />}
      foot={<AlarmFoot episode={episode} moves={moves} onSettle={() => setSettling(true)} />}
    >
      <PersonCard episode={episode} />
      <section className="sheet sheet-stack" aria-label={t('alarm.where')}>
        <p lang="zh-CN">
          <Plate>{episode.place}</Plate>
        </p>
        <p className="second" lang="zh-CN">
          {[episode.communityName, episode.cellName].filter(Boolean).join(' ')}
        </p>
        <ul className="second">
          {episode.devices.map((device) => (
            <li key={device.deviceId}>
              <span lang="zh-CN">{device.name}</span> {device.code} · {t(device.isActive ? 'alarm.active' : 'alarm.quiet')}
            </li>
          ))}
        </ul>
      </section>
      <section className="sheet sheet-stack" aria-label={t('alarm.timeline')}>
        <AlarmLines episode={episode} unsent={moves.unsent} visit={moves.visit} />
        {moves.may('arrive') || asksForVisit(episode, moves) ? (
          <div className="btn-row">
            {moves.may('depart') ? (
              <button type="button" className="btn" disabled={moves.underWay !== undefined} onClick={() => void moves.move('depart')}>
                {t('alarm.moves.depart')}
              </button>
            ) : null}
            {moves.may('settle') ? (
              <button type="button" className="btn" onClick={() => setSettling(true)}>
                {t('alarm.moves.settle')}
              </button>
            ) : null}
          </div>
        ) : null}
        {moves.may('note') ? <NoteForm onSay={(text) => moves.move('note', { text })} isBusy={moves.underWay === 'note'} /> : null}
      </section>
      <SettleDialog
        episode={episode}
        open={isSettling}
        onClose={() => setSettling(false)}
        onSettle={(said) => moves.move('settle', said)}
      />
    </Page>
  )
}

interface HeadProps {
  episode: EpisodeView
  name: string
  isRinging: boolean
  moves: AlarmMoves
}

/** Loud once: the red band stands only while nobody has answered. */
function AlarmHead({ episode, name, isRinging, moves }: HeadProps) {
  const { t } = useTranslation()
  const time = useTimeWords()
  const now = useServerNow(1000)
  const { canSound, isSilenced, silence } = useAlarmWatch()
  const at = time.moment(episode.raisedAt, now)
  const back = (
    <Link to="/" className="back" aria-label={t('app.back')}>
      <Icon of={ChevronLeft} />
    </Link>
  )
  if (!isRinging)
    return (
      <header className="bar">
        {back}
        <div>
          <h1 className="bar-title">{name}</h1>
          <p className="second">
            {at} · {t(`alarm.stages.${stageHere(episode, moves)}`)}
            {episode.outcome ? ` · ${t(`alarm.outcomes.${episode.outcome}`)}` : ''}
          </p>
        </div>
      </header>
    )
  const seconds = Math.max(0, Math.floor((now - Date.parse(episode.raisedAt)) / 1000))
  return (
    <header className="ring-band">
      <div className="ring-line">
        {back}
        <span className="ring-pulse" aria-hidden="true">
          <Icon of={BellRing} />
        </span>
        <div className="row-text">
          <h1>{name}</h1>
          <p>{t('alarm.rang', { at, minutes: Math.floor(seconds / 60), seconds: seconds % 60 })}</p>
        </div>
        <button type="button" className="ring-mute" disabled={isSilenced} onClick={silence}>
          <Icon of={BellOff} />
          {t(isSilenced ? 'alarm.silent' : 'alarm.silence')}
        </button>
      </div>
      <button type="button" className="btn big wide" disabled={moves.underWay !== undefined} onClick={() => void moves.move('acknowledge')}>
        <Icon of={Check} />
        {t('alarm.moves.acknowledge')}
      </button>
      {/* Below the button, for it goes at the first touch, and nothing may move from under a finger. */}
      {canSound ? null : <p role="status">{t('alarm.touchFirst')}</p>}
    </header>
  )
}

const stageOf = { acknowledge: 'acknowledged', depart: 'departed', arrive: 'arrived', settle: 'settled', note: undefined } as const

/** What was done on this phone counts here before the server has heard of it. */
function stageHere(episode: EpisodeView, { unsent, visit }: AlarmMoves): EpisodeView['stage'] {
  if (visit) return visit.body.result === 'notMet' ? 'arrived' : 'settled'
  return unsent.map(({ key }) => stageOf[key]).findLast((stage) => stage !== undefined) ?? episode.stage
}

/** Somebody has to be seen before it can end, and nobody has. */
const asksForVisit = ({ needsVisit, visit }: EpisodeView, moves: AlarmMoves): boolean => needsVisit && !visit && moves.may('settle')

/** Never scrolls away: the number that this page does not replace, and the step that matters most. */
function AlarmFoot({ episode, moves, onSettle }: { episode: EpisodeView; moves: AlarmMoves; onSettle(): void }) {
  const { t } = useTranslation()
  return (
    <>
      <div className="call-line">
        <p>{t('alarm.noSubstitute')}</p>
        <a className="btn call-120" href="tel:120">
          {t('alarm.call120')}
        </a>
      </div>
      {moves.may('arrive') ? (
        <button
          type="button"
          className="btn primary big wide"
          disabled={moves.underWay !== undefined}
          onClick={() => void moves.move('arrive')}
        >
          <Icon of={Check} />
          {t(moves.underWay === 'arrive' ? 'alarm.locating' : 'alarm.moves.arrive')}
        </button>
      ) : null}
      {asksForVisit(episode, moves) && !moves.may('arrive') ? (
        <Link
          to="/people/$personId/visit"
          params={{ personId: episode.subjectId }}
          search={{ alarm: episode.episodeId }}
          className="btn primary big wide"
        >
          {t('alarm.visitNow')}
        </Link>
      ) : moves.may('settle') && !moves.may('arrive') ? (
        <button type="button" className="btn primary big wide" disabled={moves.underWay !== undefined} onClick={onSettle}>
          {t('alarm.moves.settle')}
        </button>
      ) : null}
    </>
  )
}
