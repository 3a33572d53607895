import { useDefinitionText, useTimeWords } from '@linli/ui/text'
import { Icon } from '@linli/ui/touch'
import { Check, Circle, CloudUpload, Radio, Smartphone } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { EpisodeView } from '../api/queries.ts'
import type { QueuedMove, QueuedVisit } from '../kept/items.ts'
import { useServerNow } from './alarm-watch.tsx'

type Line = EpisodeView['lines'][number]

interface AlarmLinesProps {
  episode: EpisodeView
  unsent: readonly QueuedMove[]
  visit: QueuedVisit | undefined
}

/** Who was told and who acted, oldest first; then what waits on this phone, and who is told next and when. */
export function AlarmLines({ episode, unsent, visit }: AlarmLinesProps) {
  const { t } = useTranslation()
  const time = useTimeWords()
  const now = useServerNow(1000)
  const left = episode.nextStepAt && unsent.length === 0 ? Math.ceil((Date.parse(episode.nextStepAt) - now) / 1000) : 0
  return (
    <ol className="tl">
      {episode.lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines are only ever added at the end
        <Told key={index} line={line} now={now} />
      ))}
      {unsent.map((item) => (
        <li key={item.requestId}>
          <span className="tl-mark">
            <Icon of={CloudUpload} />
          </span>
          <div>
            <div className="tl-head">
              <span>{t('alarm.unsent', { what: t(`alarm.lines.${item.key}`) })}</span>
              <time dateTime={new Date(item.at).toISOString()}>{time.moment(item.at, now)}</time>
            </div>
            {item.body.text ? <p lang="zh-CN">{item.body.text}</p> : null}
          </div>
        </li>
      ))}
      {visit ? (
        <li>
          <span className="tl-mark">
            <Icon of={CloudUpload} />
          </span>
          <div className="tl-head">
            <span>{t('alarm.unsent', { what: t('alarm.lines.visit', { result: t(`visit.results.${visit.body.result}`) }) })}</span>
            <time dateTime={new Date(visit.at).toISOString()}>{time.moment(visit.at, now)}</time>
          </div>
        </li>
      ) : null}
      {left > 0 ? (
        <li>
          <span className="tl-mark">
            <Icon of={Circle} />
          </span>
          <p className="tl-head">
            {episode.stage === 'raised' ? t('alarm.next') : t('alarm.nextUnlessArrived')}
            <span className="tl-when">{t('alarm.in', { minutes: Math.floor(left / 60), seconds: left % 60 })}</span>
          </p>
        </li>
      ) : null}
    </ol>
  )
}

function Told({ line, now }: { line: Line; now: number }) {
  const { t } = useTranslation()
  const word = useDefinitionText()
  const time = useTimeWords()
  const rung = line.rung ? word(`rung.${line.rung}`, line.rung) : ''
  const level = line.level ? t(`alarm.levels.${line.level}`) : ''
  return (
    <li>
      <span className="tl-mark">
        <Icon of={line.kind === 'told' ? Radio : line.kind === 'phone' ? Smartphone : Check} />
      </span>
      <div>
        <div className="tl-head">
          <span>
            {line.kind === 'phone' && line.phone
              ? t(`alarm.phone.${line.phone.channel}`, { to: line.phone.to })
              : line.kind === 'told'
                ? t('alarm.lines.told', { rung, attempt: line.attempt })
                : line.via
                  ? t('alarm.phone.answered')
                  : t(`alarm.lines.${line.since ? 'absent' : line.kind}`, {
                      device: line.deviceName ?? '',
                      level,
                      result: line.visit ? t(`visit.results.${line.visit.result}`) : '',
                      since: line.since ? time.moment(line.since, now) : '',
                    })}
          </span>
          <time dateTime={line.at}>{time.moment(line.at, now)}</time>
        </div>
        {line.byName ? <p lang="zh-CN">{[line.byName, line.orgName].filter(Boolean).join(' · ')}</p> : null}
        {line.kind === 'told' ? (
          <p>
            {line.told === null || line.told === undefined ? t('alarm.telling') : t('alarm.told', { count: line.told })} ·{' '}
            {t(`alarm.answers.${line.outcome}`)}
            {line.isMerged ? ` · ${t('alarm.merged')}` : ''}
          </p>
        ) : null}
        {line.visit && line.visit.met !== 'nobody' ? (
          <p>
            {t('visit.met')} {t(`visit.mets.${line.visit.met}`)} · {time.moment(line.visit.madeAt, now)}
          </p>
        ) : null}
        {line.reply ? <p>{t(`alarm.replies.${line.reply}`)}</p> : null}
        {line.phone ? <p>{t(`alarm.phone.is.${line.phone.state}`)}</p> : null}
        {line.text ? <p lang="zh-CN">{line.text}</p> : null}
      </div>
    </li>
  )
}
