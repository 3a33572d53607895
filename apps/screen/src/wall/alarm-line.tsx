import { Sep, useDefinitionText, useNow } from '@linli/ui/desk'
import { LevelShape } from '@linli/ui/map/alarms'
import { useTimeWords } from '@linli/ui/text'
import { useTranslation } from 'react-i18next'
import type { Alarm } from '../api/read-wall.ts'

/** Where it is, from the community down to the building. */
export const placeOf = ({ communityName, cellName, buildingName }: Alarm): string =>
  [communityName, buildingName ?? cellName].filter(Boolean).join(' ')

/** One alarm in two lines: how urgent, what, where, since when, and how far it got. */
export function AlarmLine({ alarm }: { alarm: Alarm }) {
  const { t } = useTranslation()
  const word = useDefinitionText()
  const time = useTimeWords()
  const now = useNow()
  return (
    <div className="sc-alarm" data-level={alarm.level} data-stage={alarm.stage}>
      <LevelShape level={alarm.level} />
      <p className="sc-alarm-name">
        {word(`rule.${alarm.rule}`, alarm.ruleName)} <span className="sc-alarm-level">{t(`alarms.levels.${alarm.level}`)}</span>
      </p>
      <time className="sc-alarm-since" dateTime={alarm.raisedAt}>
        {time.ago(alarm.raisedAt, now)}
      </time>
      <p className="sc-alarm-where">
        <span lang="zh-CN">{placeOf(alarm)}</span>
      </p>
      <p className="sc-alarm-stage">
        <Rungs alarm={alarm} />
        {t(`alarms.stages.${alarm.stage}`)}
        {alarm.rung && alarm.stage === 'raised' ? (
          <>
            <Sep />
            {word(`rung.${alarm.rung.name}`, alarm.rung.name)}
          </>
        ) : null}
      </p>
    </div>
  )
}

/** How far up the ladder it was told; the words beside it say the same. */
function Rungs({ alarm: { rung } }: { alarm: Alarm }) {
  const { t } = useTranslation()
  if (!rung) return null
  return (
    <span className="sc-rungs" role="img" aria-label={t('alarms.rung', { nth: rung.nth, of: rung.of })}>
      {Array.from({ length: rung.of }, (_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a ladder's rungs do not change places
        <i key={at} data-told={at < rung.nth || undefined} />
      ))}
    </span>
  )
}
