import { useDefinitionText, useNow } from '@linli/ui/desk'
import { useTimeWords } from '@linli/ui/text'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { type Figures, figuresQuery } from './queries.ts'

const days = 90

/** Requests by themselves: how many, what became of them, why they were refused, what came with them. By place, never by person. */
export function AssistanceFigures() {
  const { t } = useTranslation()
  const time = useTimeWords()
  const now = useNow()
  const { data } = useQuery(figuresQuery(days))
  if (!data) return null
  const shown = ['requests', 'admitted', 'accepted', 'confirmed'] as const
  return (
    <details className="wb-figures">
      <summary>
        {t('assistance.figures', { days })}{' '}
        <span className="dk-meta">
          {t('assistance.summary', { requests: data.requests, accepted: data.accepted, refused: sum(data.refusals) })}
        </span>
      </summary>
      <dl>
        {shown.map((key) => (
          <div key={key}>
            <dt>{t(`assistance.counts.${key}`)}</dt>
            <dd>
              <Link to="/statistics" search={{ kind: 'assistance', period: 'quarter' }}>
                {data[key]}
              </Link>
            </dd>
          </div>
        ))}
        <div>
          <dt>{t('assistance.counts.blocked')}</dt>
          <dd>
            <Link to="/duties" search={{ standing: 'withdrawn' }}>
              {data.blocked}
            </Link>
          </dd>
        </div>
      </dl>
      <Broken title={t('assistance.refusals')} field="refusal" rows={data.refusals} />
      <Broken title={t('assistance.support')} field="support" rows={data.support} />
      <Stages stages={data.stages} />
      <p className="dk-note">{t('assistance.asOf', { at: time.moment(data.asOf, now) })}</p>
    </details>
  )
}

const sum = (rows: Figures['refusals']): number => rows.reduce((all, { count }) => all + count, 0)

/** One figure by the answers that it is made of. */
function Broken({ title, field, rows }: { title: string; field: 'refusal' | 'support'; rows: Figures['refusals'] }) {
  const { t } = useTranslation()
  if (rows.length === 0) return null
  return (
    <p>
      <b>{title}</b>{' '}
      {rows.map(({ key, count }) => (
        <span key={key} className="wb-tag">
          {t(`desk.entryValue.${field}.${key}`)} {count}
        </span>
      ))}
    </p>
  )
}

/** Each opens its rows. */
function Stages({ stages }: { stages: Figures['stages'] }) {
  const { t } = useTranslation()
  const text = useDefinitionText()
  if (stages.length === 0) return null
  return (
    <p>
      <b>{t('assistance.stages')}</b>{' '}
      {stages.map(({ stage, name, count }) => (
        <Link key={stage} to="/list" search={{ kind: 'assistance', queue: 'all', stage }} className="wb-tag">
          {text(`stage.${stage}`, name)} {count}
        </Link>
      ))}
    </p>
  )
}
