import { Basis, useDefinitionText, useNow } from '@linli/ui/desk'
import { useTimeWords } from '@linli/ui/text'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Problem, Waiting } from '../parts/states.tsx'
import { AlarmMoves } from './alarm-moves.tsx'
import { HealthNote } from './health-note.tsx'
import { LevelMark } from './level-mark.tsx'
import { type EpisodeView, episodeQuery } from './queries.ts'

/** One alarm as one timeline: signals, who was told, who answered, set out, arrived, and how it ended. */
export function AlarmDetail({ episodeId, onTouch }: { episodeId: string; onTouch(): void }) {
  const { t } = useTranslation()
  const word = useDefinitionText()
  const { data: episode, error, isPending, refetch } = useQuery(episodeQuery(episodeId))
  if (isPending) return <Waiting rows={8} />
  if (!episode) return <Problem error={error} retry={() => void refetch()} />
  const isAbsence = episode.lines.some(({ since }) => since !== undefined)
  const name = word(`rule.${episode.rule}`, episode.ruleName)
  return (
    <section className="wb-panel wb-alarm" aria-label={t('alarms.one', { number: episode.number })} onFocusCapture={onTouch}>
      <div className="wb-alarm-head">
        <div>
          <h2>
            <LevelMark level={episode.level} /> {name}
          </h2>
          <p className="wb-alarm-place">{episode.place}</p>
          <p className="dk-meta">
            {episode.number} · {[episode.communityName, episode.cellName].filter(Boolean).join(' ')} · {t(`alarms.stages.${episode.stage}`)}
          </p>
        </div>
      </div>
      <dl className="wb-facts">
        <div>
          <dt>{t('alarms.about')}</dt>
          <dd>
            {t(`ledger.subjects.${episode.subjectKind}`)}{' '}
            {episode.subjectKind === 'person' && episode.subjectName !== null ? (
              <Link to="/persons/$personId" params={{ personId: episode.subjectId }} className="dk-link">
                {episode.subjectName}
              </Link>
            ) : (
              episode.subjectName
            )}
          </dd>
        </div>
        <div>
          <dt>{t('alarms.devices')}</dt>
          <dd>
            {episode.devices.map((device) => (
              <p key={device.deviceId}>
                <Link to="/devices" search={{ device: device.deviceId }} className="dk-link">
                  {device.name} {device.code}
                </Link>{' '}
                {isAbsence
                  ? null
                  : `${t('alarms.signals', { count: device.signals })} · ${t(device.isActive ? 'alarms.stillActive' : 'alarms.cleared')}`}
              </p>
            ))}
          </dd>
        </div>
      </dl>
      {episode.subjectKind === 'person' && episode.moves.length > 0 && episode.stage !== 'settled' ? (
        <HealthNote episode={episode} />
      ) : null}
      <AlarmMoves episode={episode} />
      <h3 className="dk-h3">{t('alarms.timeline')}</h3>
      <ol className="wb-alarm-lines">
        {episode.lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines are only ever added at the end
          <Line key={index} line={line} />
        ))}
      </ol>
      {episode.because ? <Basis clause={t('alarms.because')}>{word(`note.${episode.because}`, episode.because)}</Basis> : null}
    </section>
  )
}

function Line({ line }: { line: EpisodeView['lines'][number] }) {
  const { t } = useTranslation()
  const word = useDefinitionText()
  const time = useTimeWords()
  const now = useNow()
  const rung = line.rung ? word(`rung.${line.rung}`, line.rung) : ''
  const isLate = line.signalAt !== undefined && !line.since && Date.parse(line.at) - Date.parse(line.signalAt) > 60_000
  return (
    <li data-kind={line.kind}>
      <time dateTime={line.at}>{time.moment(line.at, now)}</time>
      <div>
        <p>
          <b>
            {line.kind === 'phone' && line.phone
              ? t(`alarms.phone.${line.phone.channel}`, { to: line.phone.to })
              : line.kind === 'told'
                ? t('alarms.lines.told', { rung, attempt: line.attempt })
                : line.via
                  ? t('alarms.phone.answered')
                  : t(`alarms.lines.${line.since ? 'absent' : line.kind}`, {
                      since: line.since ? time.moment(line.since, now) : '',
                      device: line.deviceName ?? '',
                      level: line.level ? t(`alarms.levels.${line.level}`) : '',
                      result: line.visit ? t(`alarms.found.${line.visit.result}`) : '',
                    })}
          </b>{' '}
          {line.byName ? <span>{[line.byName, line.orgName].filter(Boolean).join(' · ')}</span> : null}
        </p>
        {line.kind === 'told' ? (
          <p className="dk-note">
            {line.told === null || line.told === undefined ? t('alarms.telling') : t('alarms.told', { count: line.told })} ·{' '}
            {t(`alarms.answers.${line.outcome}`)}
            {line.isMerged ? ` · ${t('alarms.merged')}` : ''}
          </p>
        ) : null}
        {line.reply ? <p>{t(`alarms.replies.${line.reply}`)}</p> : null}
        {line.phone ? (
          <p className="dk-note">
            {t(`alarms.phone.is.${line.phone.state}`)}
            {line.phone.endedAt ? ` · ${time.moment(line.phone.endedAt, now)}` : ''}
          </p>
        ) : null}
        {isLate ? <p className="dk-note">{t('alarms.late', { at: time.moment(line.signalAt!, now) })}</p> : null}
        {line.text ? <p>{line.text}</p> : null}
      </div>
    </li>
  )
}
