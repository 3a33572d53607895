import '../styles/signals.css'
import './words.ts'
import { Basis, useDefinitionText } from '@linli/ui/desk'
import { useQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { PageHead } from '../parts/page-head.tsx'
import { Problem, Waiting } from '../parts/states.tsx'
import { LevelMark } from './level-mark.tsx'
import { type RuleView, rulesQuery } from './queries.ts'
import { useDurationText, useRuleText } from './rule-text.ts'
import { RuleTrial } from './rule-trial.tsx'

const periods = [30, 90, 365] as const

/** The rules of alarms (告警规则): what each waits for and why, whom it tells, what became of its alarms here, and what another time would have raised. */
export function RulesPage() {
  const { t } = useTranslation()
  const search = useSearch({ from: '/shell/alarm-rules' })
  const days = periods.find((one) => String(one) === search.days) ?? 30
  const { data, error, isPending, refetch } = useQuery(rulesQuery(days))
  return (
    <div className="wb-page wb-page-narrow">
      <PageHead title={t('rules.title')} note={t('rules.text')}>
        <nav className="wb-tabs" aria-label={t('rules.period')}>
          {periods.map((one) => (
            <Link
              key={one}
              to="/alarm-rules"
              search={one === 30 ? {} : { days: String(one) }}
              activeOptions={{ exact: true }}
              aria-current={one === days ? 'page' : undefined}
            >
              {t('rules.days', { count: one })}
            </Link>
          ))}
        </nav>
      </PageHead>
      {isPending ? <Waiting rows={8} /> : null}
      {error ? <Problem error={error} retry={() => void refetch()} /> : null}
      {data?.items.map((rule) => (
        <RuleCard key={rule.key} rule={rule} days={days} />
      ))}
    </div>
  )
}

function RuleCard({ rule, days }: { rule: RuleView; days: number }) {
  const { t } = useTranslation()
  const word = useDefinitionText()
  const ruleText = useRuleText()
  const name = word(`rule.${rule.key}`, rule.name)
  return (
    <section className="wb-panel wb-rule" aria-label={name}>
      <h2>
        <LevelMark level={rule.level} /> {name}
        {rule.isOn ? null : <span className="dk-meta">{t('rules.off')}</span>}
      </h2>
      <p>{ruleText.when(rule)}</p>
      <ul className="wb-rule-more dk-note">
        {ruleText.more(rule).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <Figures rule={rule} days={days} />
      <Contacts ladder={rule.ladder} />
      <Basis clause={t('alarms.because')}>{word(`note.${rule.because}`, rule.because)}</Basis>
      {rule.mayTry ? <RuleTrial rule={rule} /> : null}
    </section>
  )
}

/** Each figure opens to the alarms that it counts. */
function Figures({ rule, days }: { rule: RuleView; days: number }) {
  const { t } = useTranslation()
  const to = { rule: rule.key, days: String(days) }
  if (rule.raised === 0) return <p className="dk-note">{t('rules.noAlarms', { count: days })}</p>
  return (
    <div className="wb-rule-figures">
      <p>
        <Link to="/alarms" search={to} className="dk-link">
          {t('rules.raised', { count: rule.raised })}
        </Link>
        {rule.open > 0 ? (
          <Link to="/alarms" search={{ ...to, state: 'open' }} className="dk-link">
            {t('rules.open', { count: rule.open })}
          </Link>
        ) : null}
        {Object.entries(rule.byOutcome).map(([outcome, alarms]) => (
          <Link key={outcome} to="/alarms" search={{ ...to, outcome }} className="dk-link">
            {t(`alarms.outcomes.${outcome}`)} {alarms}
          </Link>
        ))}
      </p>
      <p title={t('rules.falseMeans')}>
        {rule.falseShare === null
          ? t('rules.noneJudged')
          : t('rules.falseShare', { share: Math.round(rule.falseShare * 100), judged: rule.judged })}
      </p>
      {rule.noisy.length > 0 ? (
        <p className="dk-note">
          {t('rules.noisy')}{' '}
          {rule.noisy.map(({ deviceId, code, place, judged, falses }) => (
            <Link key={deviceId} to="/devices" search={{ device: deviceId }} className="dk-link">
              {t('rules.noisyOne', { code, place, judged, falses })}
            </Link>
          ))}
        </p>
      ) : null}
    </div>
  )
}

function Contacts({ ladder }: Pick<RuleView, 'ladder'>) {
  const { t } = useTranslation()
  const word = useDefinitionText()
  const duration = useDurationText()
  return (
    <details>
      <summary>{t('rules.contacts', { name: word(`ladder.${ladder.key}`, ladder.name), arrive: duration(ladder.arriveWithin) })}</summary>
      <ol>
        {ladder.rungs.map((rung) => (
          <li key={rung.name}>
            {t('rules.rung', { name: word(`rung.${rung.name}`, rung.name), count: rung.attempts, waits: duration(rung.waits) })}
          </li>
        ))}
      </ol>
      <p className="dk-note">{word(`note.${ladder.because}`, ladder.because)}</p>
    </details>
  )
}
