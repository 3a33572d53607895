import { useNow } from '@linli/ui/phone'
import { useDefinitionText, useLanguage, useTimeWords } from '@linli/ui/text'
import { Icon } from '@linli/ui/touch'
import { BellRing, Check, Phone } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { problemWords } from '../frame/problem-words.ts'
import { type OwnAlarm, useReply } from './use-alarms.ts'

/** One alarm: what happened so far, who is coming, and what one can say with one press. `isBare`: the numbers to call stand beside it already. */
export function AlarmCard({ alarm, isBare = false }: { alarm: OwnAlarm; isBare?: boolean }) {
  const { t } = useTranslation()
  const word = useDefinitionText()
  const reply = useReply(alarm.episodeId)
  const name = word(`rule.${alarm.rule}`, alarm.ruleName)
  return (
    <section
      className="sheet alarm-card"
      data-open={alarm.settledAt === null || undefined}
      aria-label={t('alarm.one', { number: alarm.number })}
    >
      <h2>
        <Icon of={BellRing} /> {alarm.isOwn ? name : t('alarm.of', { name: alarm.personName, rule: name })}
      </h2>
      <p className="strong" role="status">
        {t(`alarm.stage.${alarm.stage}`)}
      </p>
      <Steps alarm={alarm} />
      {alarm.replies.length > 0 ? (
        <div className="btn-row">
          {alarm.replies.map((one) => (
            <button key={one} type="button" className="btn" disabled={reply.isPending} onClick={() => reply.mutate(one)}>
              {t(`alarm.reply.${one}`)}
            </button>
          ))}
        </div>
      ) : null}
      {reply.error ? (
        <p className="field-error" role="alert">
          {problemWords(reply.error, t)}
        </p>
      ) : null}
      {isBare ? null : (
        <>
          <a className="btn wide" href="tel:120">
            <Icon of={Phone} />
            {t('alarm.ambulance')}
          </a>
          <p className="quiet">{t('alarm.noSubstitute')}</p>
        </>
      )}
    </section>
  )
}

function Steps({ alarm }: { alarm: OwnAlarm }) {
  const { t } = useTranslation()
  const time = useTimeWords()
  const now = useNow()
  const isEnglish = useLanguage() === 'en'
  return (
    <ol className="tl">
      {alarm.steps.map((step, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: steps are only ever added at the end
        <li key={index}>
          <span className="tl-mark">
            <Icon of={Check} />
          </span>
          <div className="tl-head">
            <span>
              {t(`alarm.step.${step.kind}`)}
              {step.role ? (isEnglish ? `: ${step.role.en} ${step.who ?? ''}` : `：${step.who ?? ''}${step.role.zh}`) : ''}
              {step.reply ? `${isEnglish ? ': ' : '：'}${[step.who, t(`alarm.reply.${step.reply}`)].filter(Boolean).join(' ')}` : ''}
            </span>
            <time dateTime={step.at}>{time.moment(step.at, now)}</time>
          </div>
        </li>
      ))}
    </ol>
  )
}
