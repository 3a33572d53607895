import { useDefinitionText, useNow } from '@linli/ui/desk'
import { LevelShape } from '@linli/ui/map/alarms'
import { useTimeWords } from '@linli/ui/text'
import { ExternalLink, X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Alarm } from '../api/read-wall.ts'
import { placeOf } from './alarm-line.tsx'

interface AlarmDialogProps {
  /** Undefined once it has ended while somebody read it. */
  alarm: Alarm | undefined
  onClose(): void
}

/** One alarm as far as a wall may say it; who it is about, and what to do, is in the workbench. */
export function AlarmDialog({ alarm, onClose }: AlarmDialogProps) {
  const { t } = useTranslation()
  const word = useDefinitionText()
  const time = useTimeWords()
  const now = useNow()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} className="sc-dialog sc-alarm-dialog" aria-labelledby="alarm-title" onClose={onClose}>
      <header>
        <div>
          <h2 id="alarm-title">
            {alarm ? (
              <>
                <LevelShape level={alarm.level} /> {word(`rule.${alarm.rule}`, alarm.ruleName)}
              </>
            ) : (
              t('alarms.over')
            )}
          </h2>
          {alarm ? <p className="sc-note sc-number">{alarm.number}</p> : null}
        </div>
        <button type="button" className="sc-icon-button" aria-label={t('rows.close')} onClick={() => dialog.current?.close()}>
          <X aria-hidden="true" />
        </button>
      </header>
      {alarm ? (
        <dl className="sc-facts">
          <dt>{t('alarms.level')}</dt>
          <dd>{t(`alarms.levels.${alarm.level}`)}</dd>
          <dt>{t('alarms.where')}</dt>
          <dd>
            <span lang="zh-CN">{placeOf(alarm)}</span>
            <p className="sc-note">{t(`alarms.spots.${alarm.spot?.by ?? 'none'}`)}</p>
          </dd>
          <dt>{t('alarms.since')}</dt>
          <dd>
            {time.moment(alarm.raisedAt, now)} <span className="sc-note">{time.ago(alarm.raisedAt, now)}</span>
          </dd>
          <dt>{t('alarms.stage')}</dt>
          <dd>
            {t(`alarms.stages.${alarm.stage}`)}
            {alarm.rung ? (
              <p className="sc-note">
                {t('alarms.rung', { nth: alarm.rung.nth, of: alarm.rung.of })} {word(`rung.${alarm.rung.name}`, alarm.rung.name)}
              </p>
            ) : null}
          </dd>
        </dl>
      ) : null}
      <footer>
        <p className="sc-note">{t('alarms.masked')}</p>
        {alarm ? (
          <a className="sc-button" href={`/workbench/alarms?alarm=${alarm.episodeId}`} target="_blank" rel="noreferrer">
            <ExternalLink aria-hidden="true" />
            <span>{t('rows.workbench')}</span>
          </a>
        ) : null}
      </footer>
    </dialog>
  )
}
